//! Colors of the map.

use crate::drawing::Colour;
use crate::heat::BANDS;

/// The colors of a map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// From the weakest band to the strongest, each darker than the previous one, so that the order is visible in a
    /// black-and-white copy.
    pub ramp: [Colour; BANDS as usize],
    /// Land without shading.
    pub land: Colour,
    /// Seas and large lakes.
    pub water: Colour,
    /// Land of other states and countries.
    pub neighbor: Colour,
    /// Lines between counties: visible on land, and a light hairline on dark bands.
    pub county_line: Colour,
    /// The state's outline.
    pub outline: Colour,
    /// Text, dots and the scale bar.
    pub ink: Colour,
    /// The halo of a city's dot and name, which separates them from the darkest band.
    pub halo: Colour,
}

impl Palette {
    /// A sequence of reds after ColorBrewer's "Reds" (<https://colorbrewer2.org>). Land is a warm white, so that the
    /// state stands out from its neighbors. Ink is the design system's, with a contrast of 17 with its halo.
    pub const REDS: Palette = Palette {
        ramp: [
            Colour::hex(0xfbd3c4),
            Colour::hex(0xf4a48c),
            Colour::hex(0xe36c55),
            Colour::hex(0xbf2f27),
            Colour::hex(0x860a05),
        ],
        land: Colour::hex(0xfdfcf9),
        water: Colour::hex(0xdde9f1),
        neighbor: Colour::hex(0xe7e6e1),
        county_line: Colour::hex(0xbdb5ac),
        outline: Colour::hex(0x565c65),
        ink: Colour::hex(0x1b1b1b),
        halo: Colour::hex(0xffffff),
    };

    /// Grays for a printer without color, far enough apart for a coarse screen.
    pub const GRAYS: Palette = Palette {
        ramp: [
            Colour::hex(0xd9d9d9),
            Colour::hex(0xb0b0b0),
            Colour::hex(0x858585),
            Colour::hex(0x555555),
            Colour::hex(0x1f1f1f),
        ],
        land: Colour::hex(0xfcfcfc),
        water: Colour::hex(0xffffff),
        neighbor: Colour::hex(0xebebeb),
        county_line: Colour::hex(0xbababa),
        outline: Colour::hex(0x404040),
        ink: Colour::hex(0x111111),
        halo: Colour::hex(0xffffff),
    };

    /// Reds for a dark background: the more cases, the brighter and the redder.
    pub const EMBERS: Palette = Palette {
        ramp: [
            Colour::hex(0x61302b),
            Colour::hex(0x8a382e),
            Colour::hex(0xb54334),
            Colour::hex(0xe05843),
            Colour::hex(0xff8c72),
        ],
        land: Colour::hex(0x272c35),
        water: Colour::hex(0x131e28),
        neighbor: Colour::hex(0x1c2027),
        county_line: Colour::hex(0x4d5561),
        outline: Colour::hex(0xa9aeb1),
        ink: Colour::hex(0xf0f0f0),
        halo: Colour::hex(0x14181f),
    };

    /// The color of a band, by its level from 1.
    pub(super) fn of_level(&self, level: u8) -> Colour {
        self.ramp[usize::from(level.clamp(1, BANDS) - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_ramp_survives_a_black_and_white_copy() {
        for palette in [Palette::REDS, Palette::GRAYS] {
            let paper = [palette.halo, palette.land];
            let all: Vec<Colour> = paper.into_iter().chain(palette.ramp).collect();
            for pair in all.windows(2) {
                assert!(pair[0].luminance() > pair[1].luminance(), "{pair:?}");
            }
            for pair in all[1..].windows(2) {
                assert!(pair[0].contrast(pair[1]) > 1.25, "{pair:?}");
            }
        }
    }

    #[test]
    fn on_a_dark_background_more_is_brighter() {
        let Palette { land, ramp, .. } = Palette::EMBERS;
        let all: Vec<Colour> = [land].into_iter().chain(ramp).collect();
        for pair in all.windows(2) {
            assert!(pair[0].luminance() < pair[1].luminance(), "{pair:?}");
            assert!(pair[0].contrast(pair[1]) > 1.25, "{pair:?}");
        }
    }

    #[test]
    fn text_is_legible_on_its_halo_and_the_outline_visible_on_paper() {
        for palette in [Palette::REDS, Palette::GRAYS, Palette::EMBERS] {
            assert!(palette.ink.contrast(palette.halo) > 7.0);
            assert!(palette.outline.contrast(palette.halo) > 4.5);
            assert!(palette.outline.contrast(palette.land) > 4.5);
        }
    }
}
