//! A theme: publisher, logo, colors, fonts and footer line of a sheet, from a TOML file.

mod colours;
mod fonts;
mod logo;
mod print;
mod source;

use std::fs;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::failure::{Failure, Outcome};
use crate::look::Palette;
use crate::press::Condition;
use crate::sheet::{Brand, Logo};
use crate::text::{Face, Faces, no_glyph};
use crate::toml_file;

use colours::RawColours;
use fonts::RawFonts;
use source::Source;

/// A theme that describes the usual one, as a starting point.
pub const STANDARD: &str = include_str!("../../input/themes/standard.toml");

/// The look of an agency's sheets.
pub struct Theme {
    /// The name of its file, without folder and extension; `None` for the usual one.
    pub name: Option<String>,
    /// Whose sheet it is.
    pub brand: Brand,
    /// The colors.
    pub palette: Palette,
    /// The fonts.
    pub faces: Faces,
    /// The printing condition for a print shop.
    pub press: Condition,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTheme {
    publisher: Option<Spanned<String>>,
    source: Option<Spanned<String>>,
    footer: Option<Spanned<String>>,
    #[serde(default = "yes")]
    panels: bool,
    logo: Option<RawLogo>,
    #[serde(default)]
    colors: RawColours,
    #[serde(default)]
    fonts: RawFonts,
    print: Option<print::RawPrint>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLogo {
    file: Spanned<String>,
    alt: Spanned<String>,
    language: Option<Spanned<String>>,
}

impl Theme {
    /// The usual look of the sheet, if no theme is named: the U.S. Web Design System.
    ///
    /// # Errors
    /// If an embedded font can't be read, which only a broken build can cause.
    pub fn usual() -> Outcome<Self> {
        Ok(Theme {
            name: None,
            brand: Brand::default(),
            palette: Palette::DESIGN_SYSTEM,
            faces: Faces::embedded()?,
            press: Condition::usual(),
        })
    }

    /// Reads a theme and the files that it names.
    ///
    /// # Errors
    /// As [`Self::from_toml`]; files that can't be read.
    pub fn read(path: &Path) -> Outcome<Self> {
        let text = fs::read_to_string(path)
            .map_err(|error| Failure::io("read the theme", path, &error))?;
        let file = path.display().to_string();
        Theme::from_toml(&file, &text, &|named| source::beside(path, named))
    }

    /// Reads a theme; `named` finds the files that it names.
    ///
    /// # Errors
    /// Names file, line and column of an unknown key; of a color that isn't valid or has too little contrast with its
    /// background (with the ratio); of a font that may not be embedded or doesn't have all letters; of a logo that
    /// can't be drawn or has no alternative text; and of a profile that isn't for printing.
    pub fn from_toml(
        file: &str,
        text: &str,
        named: &dyn Fn(&str) -> Outcome<Vec<u8>>,
    ) -> Outcome<Self> {
        let raw: RawTheme = toml_file::load(file, text)?;
        let source = Source { file, text, named };
        let mut faces = Faces::embedded()?;
        fonts::replace(&mut faces, raw.fonts, &source)?;
        Ok(Theme {
            name: Path::new(file)
                .file_stem()
                .map(|name| name.to_string_lossy().into_owned()),
            brand: Brand {
                publisher: name(raw.publisher, &faces, &source)?,
                source: name(raw.source, &faces, &source)?,
                footer: raw
                    .footer
                    .map(|footer| printable(&footer, &faces, &source).map(|()| footer.into_inner()))
                    .transpose()?,
                without_panels: !raw.panels,
                logo: raw
                    .logo
                    .map(|raw| read_logo(&raw, &faces, &source))
                    .transpose()?,
            },
            palette: colours::palette(raw.colors, &source)?,
            press: print::condition(raw.print, &source)?,
            faces,
        })
    }
}

/// The default unless a theme says otherwise.
fn yes() -> bool {
    true
}

/// A name that may be left out, but not empty.
fn name(
    raw: Option<Spanned<String>>,
    faces: &Faces,
    source: &Source<'_>,
) -> Outcome<Option<String>> {
    let Some(raw) = raw else { return Ok(None) };
    let name = raw.get_ref().trim();
    if name.is_empty() {
        let failure =
            Failure::data("this name is empty").remedy("write the name, or remove the line");
        return Err(source.at(&raw, failure));
    }
    printable(&raw, faces, source)?;
    Ok(Some(name.to_owned()))
}

/// Whether the theme's fonts have all letters of a text.
///
/// # Errors
/// The first letter that they don't have.
fn printable(raw: &Spanned<String>, faces: &Faces, source: &Source<'_>) -> Outcome<()> {
    let missing = |face| faces.missing_letter(face, raw.get_ref());
    match Face::ALL.into_iter().find_map(missing) {
        None => Ok(()),
        Some(letter) => Err(source.at(raw, no_glyph(letter))),
    }
}

fn read_logo(raw: &RawLogo, faces: &Faces, source: &Source<'_>) -> Outcome<Logo> {
    if raw.alt.get_ref().trim().is_empty() {
        let failure = Failure::data("the logo has no text alternative for people who can't see it")
            .remedy("say whose logo it is, as in alt = \"Logo of the … Coalition\"");
        return Err(source.at(&raw.alt, failure));
    }
    let file = source.read(&raw.file)?;
    let drawing = logo::drawing(&file, faces).map_err(|failure| {
        let message = format!("{}: {}", raw.file.get_ref(), failure.message);
        source.at(&raw.file, Failure { message, ..failure })
    })?;
    Ok(Logo {
        drawing,
        alt: raw.alt.get_ref().trim().to_owned(),
        language: name(raw.language.clone(), faces, source)?,
    })
}

#[cfg(test)]
mod tests {
    use super::source::LARGEST_FILE;
    use super::*;

    fn theme(text: &str) -> Outcome<Theme> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("theme.toml");
        fs::write(&path, text).unwrap();
        fs::write(
            folder.path().join("image.svg"),
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image/></svg>",
        )
        .unwrap();
        fs::write(folder.path().join("no-font.ttf"), "no font").unwrap();
        let large = fs::File::create(folder.path().join("large.svg")).unwrap();
        large.set_len(LARGEST_FILE + 1).unwrap();
        Theme::read(&path)
    }

    fn message(text: &str) -> String {
        theme(text).err().expect("an error").to_string()
    }

    #[test]
    fn an_empty_theme_is_the_standard_one() {
        for text in ["", STANDARD] {
            assert_eq!(theme(text).unwrap().palette, Palette::DESIGN_SYSTEM);
        }
    }

    #[test]
    fn a_letter_missing_from_the_fonts_is_reported_with_its_position() {
        for key in ["publisher", "source", "footer"] {
            let message = message(&format!("{key} = \"Agency \u{6c49}\"\n"));
            assert!(message.contains("theme.toml:1:"), "{message}");
            assert!(
                message.contains("the fonts have no “\u{6c49}”"),
                "{message}"
            );
            assert!(theme(&format!("{key} = \"Agencia de Niños\"\n")).is_ok());
        }
    }

    #[test]
    fn the_example_theme_can_be_used() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("input/themes/coalition.toml");
        let theme = Theme::read(&path).unwrap();
        assert!(theme.brand.logo.is_some());
        assert_ne!(theme.palette, Palette::DESIGN_SYSTEM);
    }

    /// Yellow on white: (1.05) / (0.9278 + 0.05) = 1.07.
    #[test]
    fn a_color_that_is_too_pale_is_rejected_with_its_contrast() {
        let message = message("[colors]\nheadings = \"#ffff00\"\n");
        assert!(message.contains("theme.toml:2:12: "), "{message}");
        assert!(
            message.contains("1.07:1") && message.contains("4.5:1"),
            "{message}"
        );
        // The band's own background determines how its text looks.
        assert!(theme("[colors]\nband = \"#000000\"\nband_text = \"#ffff00\"\n").is_ok());
        let message = self::message("[colors]\nband = \"#eeeeee\"\n");
        assert!(message.contains("#ffffff on #eeeeee"), "{message}");
        let bar = self::message("[colors]\nbar = \"#dddddd\"\n");
        assert!(bar.contains("3:1"), "{bar}");
    }

    #[test]
    fn one_color_makes_a_palette_and_others_change_it() {
        let palette = |text| theme(text).unwrap().palette;
        let wine = palette("[colors]\nmain = \"#5b2333\"\n");
        let usual = Palette::DESIGN_SYSTEM;
        assert_ne!(
            (
                wine.primary,
                wine.link,
                wine.bar,
                wine.band.ground,
                wine.tint.ground
            ),
            (
                usual.primary,
                usual.link,
                usual.bar,
                usual.band.ground,
                usual.tint.ground
            )
        );
        let other = palette("[colors]\nmain = \"#5b2333\"\nlinks = \"#005ea2\"\n");
        assert_eq!((other.link, other.bar), (usual.link, wine.bar));
    }

    #[test]
    fn text_that_is_not_a_color_is_rejected() {
        for colour in ["red", "#12345", "#gggggg", "", "#é1234"] {
            let message = message(&format!("[colors]\nlinks = \"{colour}\"\n"));
            assert!(message.contains("#162e51"), "{message}");
        }
    }

    #[test]
    fn files_that_a_theme_names_are_checked_too() {
        let logo = |file: &str| message(&format!("[logo]\nfile = \"{file}\"\nalt = \"Logo\"\n"));
        assert!(
            logo("nowhere.svg").contains("theme.toml:2:8"),
            "{}",
            logo("nowhere.svg")
        );
        assert!(
            logo("image.svg").contains("<image>"),
            "{}",
            logo("image.svg")
        );
        #[cfg(unix)]
        assert!(
            logo("/dev/zero").contains("isn't a file"),
            "{}",
            logo("/dev/zero")
        );
        assert!(logo(".").contains("isn't a file"), "{}", logo("."));
        assert!(logo("large.svg").contains("more than 33554432 bytes"));
        let font = message("[fonts]\nsans = \"no-font.ttf\"\n");
        assert!(font.contains("TrueType"), "{font}");
        assert!(
            message("[logo]\nfile = \"image.svg\"\nalt = \" \"\n").contains("text alternative")
        );
    }
}
