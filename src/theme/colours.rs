//! A theme's colors, each checked for its contrast with its background.

use serde::Deserialize;
use toml::Spanned;

use super::source::Source;
use crate::drawing::Colour;
use crate::failure::{Failure, Outcome};
use crate::look::Palette;

/// Minimum contrast of text, and of bars, according to WCAG 2.1 (success criteria 1.4.3 and 1.4.11).
const TEXT: f64 = 4.5;
const GRAPHICS: f64 = 3.0;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawColours {
    main: Option<Spanned<String>>,
    text: Option<Spanned<String>>,
    second_text: Option<Spanned<String>>,
    headings: Option<Spanned<String>>,
    links: Option<Spanned<String>>,
    band: Option<Spanned<String>>,
    band_text: Option<Spanned<String>>,
    band_second_text: Option<Spanned<String>>,
    bar: Option<Spanned<String>>,
}

/// The palette with the theme's colors in it.
pub(super) fn palette(raw: RawColours, source: &Source<'_>) -> Outcome<Palette> {
    let mut palette = match &raw.main {
        Some(main) => Palette::of_color(colour(main, source)?),
        None => Palette::DESIGN_SYSTEM,
    };
    let paper = palette.paper;
    if let Some(value) = &raw.band {
        palette.band.ground = colour(value, source)?;
    }
    let band = palette.band.ground;
    for (value, place, behind) in [
        (&raw.text, &mut palette.ink, paper),
        (&raw.second_text, &mut palette.muted, paper),
        (&raw.headings, &mut palette.primary, paper),
        (&raw.links, &mut palette.link, paper),
        (&raw.band_text, &mut palette.band.text, band),
        (&raw.band_second_text, &mut palette.band.second, band),
    ] {
        if let Some(value) = value {
            *place = colour(value, source)?;
            require(*place, behind, TEXT, value, source)?;
        }
    }
    // A band in another color may not suit the text, if the theme doesn't change that.
    if let Some(value) = &raw.band {
        for text in [palette.band.text, palette.band.second] {
            require(text, band, TEXT, value, source)?;
        }
    }
    if let Some(value) = &raw.bar {
        palette.bar = colour(value, source)?;
        require(palette.bar, paper, GRAPHICS, value, source)?;
    }
    let is_changed = [&raw.band, &raw.headings, &raw.second_text]
        .into_iter()
        .any(Option::is_some);
    Ok(match is_changed {
        true => palette.with_tint_of_band(),
        false => palette,
    })
}

/// A color as the web writes it: `#162e51`.
fn colour(value: &Spanned<String>, source: &Source<'_>) -> Outcome<Colour> {
    let digits = value.get_ref().strip_prefix('#');
    digits
        .filter(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .map(Colour::hex)
        .ok_or_else(|| {
            let failure = Failure::data(format!("“{}” isn't a color", value.get_ref()))
                .remedy("write it with six hexadecimal digits, as in \"#162e51\"");
            source.at(value, failure)
        })
}

fn require(
    colour: Colour,
    behind: Colour,
    least: f64,
    value: &Spanned<String>,
    source: &Source<'_>,
) -> Outcome<()> {
    let contrast = colour.contrast(behind);
    if contrast >= least {
        return Ok(());
    }
    // Truncated, not rounded: 4.499 must not be printed as 4.50.
    let contrast = (contrast * 100.0).floor() / 100.0;
    let failure = Failure::data(format!(
        "{} on {} has a contrast of {contrast}:1; {least}:1 is needed",
        name(colour),
        name(behind)
    ))
    .remedy("choose a darker color on a light background, or a lighter one on a dark background");
    Err(source.at(value, failure))
}

fn name(colour: Colour) -> String {
    let Colour { red, green, blue } = colour;
    format!("#{red:02x}{green:02x}{blue:02x}")
}
