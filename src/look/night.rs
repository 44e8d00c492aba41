//! Colors for a screen at night: the same hues on a dark background.

use super::palette::{Band, Palette};
use super::shades::lightened;
use crate::drawing::Colour;
use crate::map;

/// The background: black with a little blue.
const PAPER: Colour = Colour::hex(0x14181f);
/// The minimum contrast of the band with the background.
const BAND: f64 = 1.25;

impl Palette {
    /// The same on a dark background: each color has the contrast that it needs to be read or seen.
    pub fn at_night(&self) -> Palette {
        let seen = |colour, contrast| lightened(colour, contrast, PAPER);
        let hidden = seen(self.hidden, 6.5);
        // A dark band may stay as it is; a light one would be too bright.
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
            tint: Band {
                ground: lightened(self.band.ground, 1.12, PAPER),
                text: seen(self.primary, 12.0),
                second: seen(self.muted, 10.0),
                rule: None,
            },
            bar: seen(self.bar, 7.0),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, success criteria 1.4.3 (4.5:1 for text) and 1.4.11 (3:1 for graphics).
    #[test]
    fn text_and_bars_have_contrast_in_dark_mode() {
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
            for band in [night.band, night.tint] {
                for text in [band.text, band.second] {
                    assert!(text.contrast(band.ground) >= 4.5, "{text:?}");
                }
            }
            for bar in [night.bar, night.hidden] {
                assert!(bar.contrast(night.paper) >= 4.5, "{bar:?}");
            }
            assert!(night.map.ink.contrast(night.map.halo) >= 7.0);
        }
    }
}
