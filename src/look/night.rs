//! Colours for a screen at night: the same hues on a dark ground.

use super::palette::{Band, Palette};
use crate::drawing::Colour;
use crate::map;

/// The ground: a black that is a little blue.
const PAPER: Colour = Colour::hex(0x14181f);
/// The band stands out from the ground at least so far.
const BAND: f64 = 1.25;

impl Palette {
    /// The same on a dark ground: each colour as far from it as it must be to be read or seen.
    pub fn at_night(&self) -> Palette {
        let seen = |colour, contrast| lightened(colour, contrast, PAPER);
        let [first, second, third] = self.bars;
        let hidden = seen(self.hidden, 6.5);
        // A dark band may stay as it is; a light one would dazzle.
        let band = match self.band {
            band if band.ground.luminance() < 0.2 => Band {
                ground: if band.ground.contrast(PAPER) < BAND {
                    lightened(band.ground, BAND, PAPER)
                } else {
                    band.ground
                },
                ..band
            },
            band => Band {
                ground: lightened(band.ground, BAND, PAPER),
                text: seen(self.ink, 15.0),
                second: seen(self.ink, 10.0),
                rule: None,
            },
        };
        Palette {
            ink: seen(self.ink, 14.5),
            muted: seen(self.muted, 9.0),
            primary: seen(self.primary, 10.5),
            link: seen(self.link, 8.0),
            hairline: seen(self.hairline, 1.9),
            paper: PAPER,
            band,
            bar: seen(self.bar, 7.0),
            bars: [seen(first, 10.5), seen(second, 6.8), seen(third, 4.6)],
            hidden,
            map: map::Palette {
                ink: seen(self.map.ink, 14.5),
                halo: PAPER,
                outline: seen(self.map.outline, 6.5),
                ..map::Palette::EMBERS
            },
        }
    }
}

/// The colour in its hue, as light as a contrast with a dark ground asks for.
fn lightened(colour: Colour, contrast: f64, ground: Colour) -> Colour {
    let (mut dark, mut light) = (0.0, 1.0);
    for _ in 0..16 {
        let middle = (dark + light) / 2.0;
        if with_lightness(colour, middle).contrast(ground) < contrast
            || with_lightness(colour, middle).luminance() < ground.luminance()
        {
            dark = middle;
        } else {
            light = middle;
        }
    }
    with_lightness(colour, light)
}

/// The hue and saturation of a colour in another lightness, 0 to 1 (HSL, CSS Color 4, section 7).
fn with_lightness(colour: Colour, lightness: f64) -> Colour {
    let channels = [colour.red, colour.green, colour.blue].map(f64::from);
    let most = channels.iter().copied().fold(0.0, f64::max);
    let least = channels.iter().copied().fold(255.0, f64::min);
    let chroma = (most - least) / 255.0;
    let range = 1.0 - ((most + least) / 255.0 - 1.0).abs();
    let saturation = if range > 0.0 { chroma / range } else { 0.0 };
    let reach = saturation * (1.0 - (2.0 * lightness - 1.0).abs()) / 2.0;
    let [red, green, blue] = channels.map(|channel| {
        // From -1, the least of the three channels, to 1, the most.
        let place = if most > least {
            2.0 * (channel - least) / (most - least) - 1.0
        } else {
            0.0
        };
        ((lightness + reach * place) * 255.0)
            .round()
            .clamp(0.0, 255.0) as u8
    });
    Colour { red, green, blue }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, success criteria 1.4.3 (4.5:1 for text) and 1.4.11 (3:1 for graphics).
    #[test]
    fn text_and_bars_stand_out_at_night() {
        let mut themed = Palette::DESIGN_SYSTEM;
        themed.ink = Colour::hex(0x000000);
        themed.link = Colour::hex(0x7a0000);
        themed.band.ground = Colour::hex(0xf0e0c0);
        themed.band.text = Colour::hex(0x111111);
        themed.band.second = Colour::hex(0x333333);
        for palette in [Palette::DESIGN_SYSTEM, themed] {
            let night = palette.at_night();
            for text in [night.ink, night.muted, night.primary, night.link] {
                assert!(text.contrast(night.paper) >= 7.0, "{text:?}");
            }
            for text in [night.band.text, night.band.second] {
                assert!(text.contrast(night.band.ground) >= 4.5, "{text:?}");
            }
            for bar in night.bars.iter().chain([&night.bar, &night.hidden]) {
                assert!(bar.contrast(night.paper) >= 4.5, "{bar:?}");
            }
            assert!(night.map.ink.contrast(night.map.halo) >= 7.0);
        }
    }

    #[test]
    fn a_colour_keeps_its_hue() {
        let Colour { red, green, blue } = lightened(Colour::hex(0x162e51), 8.0, PAPER);
        assert!(red < green && green < blue, "{red} {green} {blue}");
        let gray = with_lightness(Colour::hex(0x777777), 0.5);
        assert_eq!(gray, Colour::hex(0x808080));
    }
}
