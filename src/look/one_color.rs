//! A whole palette from one color.

use super::palette::{Band, Palette};
use super::shades::{darkened, mixed};
use crate::drawing::Colour;

/// Minimum contrasts (WCAG 2.2, success criteria 1.4.3, 1.4.6 and 1.4.11), with a margin.
const TEXT: f64 = 7.0;
const SECOND_TEXT: f64 = 4.6;
const GRAPHICS: f64 = 3.2;
/// How much of the band's color is in the pale background.
const TINT: f64 = 0.09;

impl Palette {
    /// The usual palette in another color: headings, links, bands and bars use it, or a darker version if the
    /// contrast would be too low.
    pub fn of_color(color: Colour) -> Palette {
        let usual = Palette::DESIGN_SYSTEM;
        let paper = usual.paper;
        let text = darkened(color, TEXT, paper);
        Palette {
            primary: text,
            link: text,
            bar: darkened(color, GRAPHICS, paper),
            band: Band {
                ground: text,
                text: paper,
                second: mixed(paper, 0.88, text),
                rule: None,
            },
            ..usual
        }
        .with_tint_of_band()
    }

    /// The background of the key numbers, as pale as the band's color allows.
    pub fn with_tint_of_band(self) -> Palette {
        let ground = mixed(self.band.ground, TINT, self.paper);
        Palette {
            tint: Band {
                ground,
                text: darkened(self.primary, SECOND_TEXT, ground),
                second: darkened(self.muted, SECOND_TEXT, ground),
                rule: None,
            },
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_color_makes_a_legible_palette() {
        for color in [
            0x000000, 0xffffff, 0xffff00, 0x00ff00, 0x5b2333, 0x8d9297, 0x0000ff,
        ] {
            let palette = Palette::of_color(Colour::hex(color));
            for text in [palette.ink, palette.muted, palette.primary, palette.link] {
                assert!(text.contrast(palette.paper) >= 4.5, "{color:06x}: {text:?}");
            }
            for band in [palette.band, palette.tint] {
                for text in [band.text, band.second] {
                    assert!(text.contrast(band.ground) >= 4.5, "{color:06x}: {text:?}");
                }
            }
            assert!(palette.bar.contrast(palette.paper) >= 3.0, "{color:06x}");
        }
    }

    #[test]
    fn a_color_with_enough_contrast_is_kept() {
        let wine = Colour::hex(0x5b2333);
        let palette = Palette::of_color(wine);
        assert_eq!(
            (palette.primary, palette.bar, palette.band.ground),
            (wine, wine, wine)
        );
    }
}
