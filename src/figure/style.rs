//! The looks of charts and maps.

use crate::chart::{ChartStyle, TypeStyle};
use crate::drawing::Stroke;
use crate::look::Look;
use crate::map::MapStyle;
use crate::text::Face;

impl Look {
    /// Charts.
    pub fn chart(&self) -> ChartStyle {
        let palette = &self.palette;
        let text = |face, size, colour| TypeStyle {
            face,
            size: self.scale.size(size),
            colour,
        };
        ChartStyle {
            fills: vec![palette.bar],
            hidden: palette.hidden,
            baseline: Stroke {
                colour: palette.hidden,
                width: 0.75,
            },
            name: text(Face::Sans, 9.0, palette.ink),
            number: text(Face::SansBold, 10.5, palette.primary),
            hidden_label: text(Face::SansSemiBold, 9.5, palette.muted),
            scale: self.scale.factor(),
        }
    }

    /// Maps.
    pub fn map(&self) -> MapStyle<'_> {
        /// The usual type size of the map's names and legend, in points.
        const TEXT: f32 = 8.5;
        MapStyle {
            palette: &self.palette.map,
            // In large print, its text is as large as any other.
            scale: self.scale.size(TEXT) / TEXT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::{Palette, TypeScale};

    /// WCAG 2.1, success criteria 1.4.3 (4.5:1 for text) and 1.4.11 (3:1 for graphics).
    #[test]
    fn charts_contrast_with_paper() {
        for palette in [Palette::DESIGN_SYSTEM, Palette::GRAYS] {
            let look = Look {
                scale: TypeScale::Usual,
                palette: palette.clone(),
            };
            {
                let chart = look.chart();
                for text in [chart.name, chart.number, chart.hidden_label] {
                    assert!(text.colour.contrast(palette.paper) >= 4.5, "{text:?}");
                    assert!(text.size >= 7.5, "{text:?}");
                }
                for colour in chart.fills.iter().chain([&chart.hidden]) {
                    assert!(colour.contrast(palette.paper) >= 3.0, "{colour:?}");
                }
            }
        }
    }

    #[test]
    fn large_print_uses_at_least_18_points() {
        let look = Look {
            scale: TypeScale::Large,
            palette: Palette::DESIGN_SYSTEM,
        };
        let chart = look.chart();
        for size in [chart.name.size, chart.hidden_label.size] {
            assert!(size >= 18.0);
        }
        assert!(8.5 * look.map().scale >= 18.0);
    }
}
