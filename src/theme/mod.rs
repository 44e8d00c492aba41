//! A theme: an agency's name, logo, colours, fonts and footer line, from a TOML file.

mod colours;
mod fonts;
mod logo;

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::failure::{Failure, Outcome, Position};
use crate::layout::Palette;
use crate::sheet::{Brand, Logo};
use crate::text::Faces;
use crate::toml_file;

use colours::RawColours;
use fonts::RawFonts;

/// Bytes that a logo or a font may have; the largest fonts, those of Chinese, have 20 million.
const LARGEST_FILE: u64 = 32 << 20;

/// How an agency's sheets look.
pub struct Theme {
    pub brand: Brand,
    pub palette: Palette,
    pub faces: Faces,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTheme {
    agency: Option<String>,
    footer: Option<String>,
    logo: Option<RawLogo>,
    #[serde(default)]
    colors: RawColours,
    #[serde(default)]
    fonts: RawFonts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLogo {
    file: Spanned<String>,
    alt: Spanned<String>,
}

/// The theme file, for the positions of errors and for the files that it names.
struct Source<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Source<'_> {
    fn at<T>(&self, value: &Spanned<T>, failure: Failure) -> Failure {
        let name = self.path.display().to_string();
        failure.at(Position::in_text(name, self.text, value.span().start))
    }

    /// A file that the theme names; its path begins at the theme's folder.
    fn read(&self, named: &Spanned<String>) -> Outcome<Vec<u8>> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let path = folder.join(named.get_ref());
        let fault = |what: String| self.at(named, Failure::data(what));
        let can_not_read = |error: io::Error| {
            let reason = Failure::reason(&error);
            fault(format!("can't read {}: {reason}", path.display()))
                .remedy("write the path as it is from the theme's folder")
        };
        // A device or a pipe may have no end, or never begin.
        if !fs::metadata(&path).map_err(can_not_read)?.is_file() {
            return Err(fault(format!("{} is no file", path.display()))
                .remedy("name a logo or a font in a file of its own"));
        }
        let mut bytes = Vec::new();
        let file = fs::File::open(&path).map_err(can_not_read)?;
        file.take(LARGEST_FILE + 1)
            .read_to_end(&mut bytes)
            .map_err(can_not_read)?;
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(fault(format!(
                "{} has more than {LARGEST_FILE} bytes",
                path.display()
            ))
            .remedy("take a smaller one: it becomes part of every sheet"));
        }
        Ok(bytes)
    }
}

impl Theme {
    /// The look of the sheet where no theme is named: the U.S. Web Design System.
    ///
    /// # Errors
    /// As [`Faces::embedded`].
    pub fn usual() -> Outcome<Self> {
        Ok(Theme {
            brand: Brand::default(),
            palette: Palette::DESIGN_SYSTEM,
            faces: Faces::embedded()?,
        })
    }

    /// Reads a theme and the files that it names.
    ///
    /// # Errors
    /// Names file, line and column of an unknown key, of a colour that is none or stands out too little
    /// from what lies behind it (with the ratio), of a font that may not be embedded or lacks letters,
    /// and of a logo that is not made of plain shapes or has no words for those who can't see it.
    pub fn read(path: &Path) -> Outcome<Self> {
        let text = fs::read_to_string(path)
            .map_err(|error| Failure::io("read the theme", path, &error))?;
        let raw: RawTheme = toml_file::load(&path.display().to_string(), &text)?;
        let source = Source { path, text: &text };
        let mut faces = Faces::embedded()?;
        fonts::replace(&mut faces, raw.fonts, &source)?;
        Ok(Theme {
            brand: Brand {
                agency: raw.agency,
                footer: raw.footer,
                logo: raw.logo.map(|raw| read_logo(&raw, &source)).transpose()?,
            },
            palette: colours::palette(raw.colors, &source)?,
            faces,
        })
    }
}

fn read_logo(raw: &RawLogo, source: &Source<'_>) -> Outcome<Logo> {
    if raw.alt.get_ref().trim().is_empty() {
        let failure = Failure::data("the logo has no words for those who can't see it")
            .remedy("say whose logo it is, as in alt = \"Logo of the … Coalition\"");
        return Err(source.at(&raw.alt, failure));
    }
    let svg = source.read(&raw.file)?;
    let drawing = logo::drawing(&svg).map_err(|failure| {
        let message = format!("{}: {}", raw.file.get_ref(), failure.message);
        source.at(&raw.file, Failure { message, ..failure })
    })?;
    Ok(Logo {
        drawing,
        alt: raw.alt.get_ref().trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(text: &str) -> Outcome<Theme> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("theme.toml");
        fs::write(&path, text).unwrap();
        fs::write(
            folder.path().join("text.svg"),
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>a</text></svg>",
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
    fn a_theme_that_says_nothing_is_the_usual_one() {
        assert_eq!(theme("").unwrap().palette, Palette::DESIGN_SYSTEM);
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
    fn a_colour_that_is_too_pale_is_refused_with_its_contrast() {
        let message = message("[colors]\nheadings = \"#ffff00\"\n");
        assert!(message.contains("theme.toml:2:12: "), "{message}");
        assert!(
            message.contains("1.07:1") && message.contains("4.5:1"),
            "{message}"
        );
        // The band's own ground decides for what stands on it.
        assert!(theme("[colors]\nband = \"#000000\"\nband_text = \"#ffff00\"\n").is_ok());
        let message = self::message("[colors]\nband = \"#eeeeee\"\n");
        assert!(message.contains("#ffffff on #eeeeee"), "{message}");
        let bars = self::message("[colors]\nbars = [\"#000000\", \"#333333\", \"#dddddd\"]\n");
        assert!(bars.contains("3:1"), "{bars}");
    }

    #[test]
    fn what_is_no_colour_is_refused() {
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
        assert!(logo("text.svg").contains("text"), "{}", logo("text.svg"));
        #[cfg(unix)]
        assert!(
            logo("/dev/zero").contains("is no file"),
            "{}",
            logo("/dev/zero")
        );
        assert!(logo(".").contains("is no file"), "{}", logo("."));
        assert!(logo("large.svg").contains("more than 33554432 bytes"));
        let font = message("[fonts]\nsans = \"no-font.ttf\"\n");
        assert!(font.contains("TrueType"), "{font}");
        assert!(message("[logo]\nfile = \"text.svg\"\nalt = \" \"\n").contains("words"));
    }
}
