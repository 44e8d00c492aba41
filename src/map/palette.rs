//! Colours of the map.

use crate::drawing::Colour;
use crate::heat::BANDS;

/// From the weakest band to the strongest: a sequence of reds after ColorBrewer's "Reds"
/// (<https://colorbrewer2.org>), each darker than the one before, so that the order survives a
/// black-and-white copy.
pub(super) const RAMP: [Colour; BANDS as usize] = [
    Colour::hex(0xfbd3c4),
    Colour::hex(0xf4a48c),
    Colour::hex(0xe36c55),
    Colour::hex(0xbf2f27),
    Colour::hex(0x860a05),
];

/// Land without shading: a warm white, so that the state stands out from the paper.
pub(super) const LAND: Colour = Colour::hex(0xf8f6f2);

/// Lines between counties: visible on land, and a light hairline on the reds.
pub(super) const COUNTY_LINE: Colour = Colour::hex(0xbdb5ac);

/// The state's outline.
pub(super) const OUTLINE: Colour = Colour::hex(0x565c65);

/// Text, dots and the scale bar: the design system's "ink". On its halo it has a contrast of 17, and
/// the halo parts it from the darkest red, on which it alone would have 2.
pub(super) const INK: Colour = Colour::hex(0x1b1b1b);

/// What lies round a city's dot and name.
pub(super) const HALO: Colour = Colour::hex(0xffffff);

/// The colour of a band, by its level from 1.
pub(super) fn of_level(level: u8) -> Colour {
    RAMP[usize::from(level.clamp(1, BANDS) - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_ramp_survives_a_black_and_white_copy() {
        let paper = [HALO, LAND];
        let all: Vec<Colour> = paper.into_iter().chain(RAMP).collect();
        for pair in all.windows(2) {
            assert!(pair[0].luminance() > pair[1].luminance(), "{pair:?}");
        }
        for pair in all[1..].windows(2) {
            assert!(pair[0].contrast(pair[1]) > 1.25, "{pair:?}");
        }
    }

    #[test]
    fn text_can_be_read_on_its_halo_and_the_outline_seen_on_paper() {
        assert!(INK.contrast(HALO) > 7.0);
        assert!(OUTLINE.contrast(HALO) > 4.5);
        assert!(OUTLINE.contrast(LAND) > 4.5);
    }
}
