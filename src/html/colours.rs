//! Colors as custom properties of CSS, so that one page has two palettes: for day and night.

use std::fmt::Write;

use crate::drawing::Colour;
use crate::look::Palette;
use crate::svg::hexadecimal;

/// The names of the colors in a palette.
pub(super) struct Tokens {
    by_day: Vec<(String, Colour)>,
}

impl Tokens {
    pub(super) fn of(palette: &Palette) -> Self {
        Tokens {
            by_day: named(palette),
        }
    }

    /// The name of a chart's or a map's color.
    pub(super) fn name(&self, colour: Colour) -> Option<&str> {
        // Bands and paper aren't part of figures, so they come last.
        let mut named = self.by_day.iter();
        named
            .find(|(_, named)| *named == colour)
            .map(|(name, _)| name.as_str())
    }

    /// The properties, and a class for each color that fills or strokes.
    pub(super) fn style(&self, at_night: Option<&Palette>) -> String {
        let mut style = String::new();
        // Writing to a string can't fail.
        let _ = write!(style, ":root{{{}}}", properties(&self.by_day));
        if let Some(palette) = at_night {
            let _ = write!(
                style,
                "@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}",
                properties(&named(palette))
            );
        }
        for (name, _) in &self.by_day {
            let _ = write!(
                style,
                ".f-{name}{{fill:var(--{name})}}.s-{name}{{stroke:var(--{name})}}"
            );
        }
        style
    }
}

fn properties(named: &[(String, Colour)]) -> String {
    let property =
        |(name, colour): &(String, Colour)| format!("--{name}:{};", hexadecimal(*colour));
    named.iter().map(property).collect()
}

fn named(palette: &Palette) -> Vec<(String, Colour)> {
    let map = &palette.map;
    let ramp = (1..)
        .zip(map.ramp)
        .map(|(level, colour)| (format!("map-{level}"), colour));
    let (band, tint) = (palette.band, palette.tint);
    let others = [
        ("bar", palette.bar),
        ("hidden", palette.hidden),
        ("primary", palette.primary),
        ("ink", palette.ink),
        ("muted", palette.muted),
        ("map-land", map.land),
        ("map-water", map.water),
        ("map-neighbor", map.neighbor),
        ("map-county", map.county_line),
        ("map-outline", map.outline),
        ("map-ink", map.ink),
        ("map-halo", map.halo),
        ("link", palette.link),
        ("hairline", palette.hairline),
        ("paper", palette.paper),
        ("band", band.ground),
        ("band-text", band.text),
        ("band-second", band.second),
        ("band-rule", band.rule.unwrap_or(band.ground)),
        ("tint", tint.ground),
        ("tint-text", tint.text),
        ("tint-second", tint.second),
        ("tint-rule", tint.rule.unwrap_or(tint.ground)),
    ];
    let others = others.map(|(name, colour)| (name.to_owned(), colour));
    ramp.chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A figure's color is found by its color during the day: colors that are equal then must be equal at night.
    #[test]
    fn figure_colors_that_match_in_light_mode_match_in_dark_mode() {
        let palette = Palette::DESIGN_SYSTEM;
        let (day, night) = (named(&palette), named(&palette.at_night()));
        let figures = day
            .iter()
            .zip(&night)
            .take_while(|((name, _), _)| name != "link");
        let figures: Vec<_> = figures
            .map(|((name, day), (_, night))| (name, day, night))
            .collect();
        for (name, day, night) in &figures {
            for (other, same_day, other_night) in &figures {
                if day == same_day {
                    let contrast = night.contrast(**other_night);
                    assert!(contrast < 1.6, "{name} and {other}: {contrast}");
                }
            }
        }
    }
}
