//! The style of the sheet's text, after the U.S. Web Design System.

use crate::drawing::Colour;
use crate::look::{Band, Look, TypeScale};
use crate::sheet::Role;
use crate::text::Face;

/// A text style; sizes in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    pub face: Face,
    /// The face of emphasized spans.
    pub strong: Face,
    pub size: f32,
    /// Distance from one baseline to the next.
    pub leading: f32,
    pub colour: Colour,
    pub link: Colour,
    /// Whether links are underlined: all except telephone numbers so large that nothing else is next to them.
    pub underlines_links: bool,
}

/// The background of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    Paper,
    /// The title band or a panel.
    Band,
    /// The pale strip behind the key numbers.
    Tint,
}

/// The minimum vertical distance between links, in points: 24 pixels at 96 per inch (WCAG 2.2, 2.5.8).
pub const LEAST_TARGET: f32 = 18.0;

/// The minimum size of notes, headers and footers, in points.
const NOTE: f32 = 8.5;

impl Look {
    /// Text in ink; the usual size and leading, in points.
    fn text(&self, face: Face, size: f32, leading: f32) -> TextStyle {
        let scaled = self.scale.size(size);
        TextStyle {
            face,
            strong: Face::SansBold,
            size: scaled,
            leading: leading * (scaled / size),
            colour: self.palette.ink,
            link: self.palette.link,
            underlines_links: true,
        }
    }

    /// The title.
    pub fn title(&self) -> TextStyle {
        TextStyle {
            strong: Face::SerifBold,
            colour: self.palette.band.text,
            link: self.palette.band.text,
            ..self.text(Face::SerifBold, 16.0, 22.0)
        }
    }

    /// The department's line under the title.
    pub fn department(&self) -> TextStyle {
        TextStyle {
            colour: self.palette.band.second,
            link: self.palette.band.second,
            ..self.text(Face::SansSemiBold, 10.0, 13.0)
        }
    }

    /// Headers and footers.
    pub fn furniture(&self, face: Face, size: f32, colour: Colour) -> TextStyle {
        let size = match self.scale {
            TypeScale::Usual | TypeScale::Roomy => size,
            TypeScale::Narrowed(_) | TypeScale::Large => self.scale.size(size),
        };
        TextStyle {
            size,
            leading: size * 4.0 / 3.0,
            colour,
            link: colour,
            ..self.text(face, size, size)
        }
    }

    /// A table's header cells.
    pub fn table_header(&self) -> TextStyle {
        TextStyle {
            colour: self.palette.muted,
            ..self.text(Face::SansSemiBold, NOTE, 11.0)
        }
    }

    /// Lists, table cells and body text.
    pub fn body(&self) -> TextStyle {
        self.text(Face::Sans, TypeScale::BODY, 13.5)
    }

    /// The numbers of an ordered list.
    pub fn rank(&self) -> TextStyle {
        TextStyle {
            face: Face::SansBold,
            colour: self.palette.primary,
            ..self.body()
        }
    }

    /// A value at the right end of a line.
    pub fn value(&self) -> TextStyle {
        TextStyle {
            colour: self.palette.muted,
            ..self.body()
        }
    }

    /// A key number, and what it counts.
    pub fn key_number(&self) -> (TextStyle, TextStyle) {
        let tint = self.palette.tint;
        let number = TextStyle {
            colour: tint.text,
            ..self.text(Face::SansBold, 22.0, 25.0)
        };
        let label = TextStyle {
            colour: tint.second,
            ..self.text(Face::Sans, 9.0, 11.5)
        };
        (number, label)
    }

    /// Headings of levels 2 to 4. Those of level 3 are capitals, which look larger than they are.
    pub fn heading(&self, level: u8, ground: Ground) -> TextStyle {
        let colour = match ground {
            Ground::Paper => self.palette.primary,
            Ground::Band => self.palette.band.text,
            Ground::Tint => self.palette.tint.text,
        };
        let (size, leading) = match level {
            ..=2 => (13.0, 16.5),
            3 => (10.0, 13.5),
            4.. => (10.0, 13.5),
        };
        let face = match level {
            ..=3 => Face::SansBold,
            4.. => Face::SansSemiBold,
        };
        TextStyle {
            colour,
            link: colour,
            ..self.text(face, size, leading)
        }
    }

    /// The style of a paragraph by its role and background.
    pub fn paragraph(&self, role: Role, ground: Ground) -> TextStyle {
        let palette = &self.palette;
        let muted = |style| TextStyle {
            colour: palette.muted,
            ..style
        };
        let number = |style| TextStyle {
            colour: palette.primary,
            link: palette.primary,
            underlines_links: false,
            ..style
        };
        let style = match role {
            Role::Lead => TextStyle {
                strong: Face::SerifBold,
                ..self.text(Face::Serif, 10.0, 15.0)
            },
            Role::Body => self.body(),
            Role::Links => TextStyle {
                leading: self.scale.factor().max(1.0) * LEAST_TARGET,
                ..self.body()
            },
            Role::Caption => self.text(Face::Sans, 9.0, 12.0),
            Role::Gloss => muted(self.text(Face::Sans, 9.0, 11.75)),
            Role::Finding => self.text(Face::SansSemiBold, 9.0, 11.75),
            Role::Note | Role::Aside => muted(self.text(Face::Sans, NOTE, 11.25)),
            Role::Number => number(self.text(Face::SansBold, 39.0, 46.0)),
            Role::SmallNumber => number(self.text(Face::SansBold, 27.0, 32.0)),
            Role::NumberLabel => self.text(Face::SansSemiBold, 11.0, 14.0),
        };
        let on = |band: Band| TextStyle {
            colour: match role {
                Role::Gloss | Role::Note | Role::Aside | Role::Body | Role::Links => band.second,
                _ => band.text,
            },
            link: band.text,
            ..style
        };
        match ground {
            Ground::Paper => style,
            Ground::Band => on(palette.band),
            Ground::Tint => on(palette.tint),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::Palette;

    const ROLES: [Role; 11] = [
        Role::Finding,
        Role::Lead,
        Role::Body,
        Role::Links,
        Role::Caption,
        Role::Gloss,
        Role::Note,
        Role::Aside,
        Role::Number,
        Role::SmallNumber,
        Role::NumberLabel,
    ];

    /// WCAG 2.1, success criterion 1.4.3: 4.5:1 for text.
    #[test]
    fn text_contrasts_with_its_background() {
        for palette in [Palette::DESIGN_SYSTEM, Palette::GRAYS] {
            let look = Look {
                scale: TypeScale::Usual,
                palette: palette.clone(),
            };
            let band = palette.band.ground;
            for (ground, behind) in [
                (Ground::Paper, palette.paper),
                (Ground::Band, band),
                (Ground::Tint, palette.tint.ground),
            ] {
                for role in ROLES {
                    let style = look.paragraph(role, ground);
                    for colour in [style.colour, style.link] {
                        assert!(colour.contrast(behind) >= 4.5, "{role:?} on {ground:?}");
                    }
                }
                for level in [2, 3, 4] {
                    assert!(look.heading(level, ground).colour.contrast(behind) >= 4.5);
                }
            }
            for style in [look.table_header(), look.body(), look.rank(), look.value()] {
                assert!(style.colour.contrast(palette.paper) >= 4.5);
                assert!(style.size >= NOTE);
            }
            for style in [look.title(), look.department()] {
                assert!(style.colour.contrast(band) >= 4.5);
            }
        }
    }

    #[test]
    fn text_in_large_print_has_at_least_18_points() {
        let look = Look {
            scale: TypeScale::Large,
            palette: Palette::DESIGN_SYSTEM,
        };
        assert_eq!(look.body().size, 18.0);
        for role in ROLES {
            assert!(look.paragraph(role, Ground::Paper).size >= 18.0, "{role:?}");
        }
        assert!(look.table_header().size >= 18.0);
        // Ranks are distinct: body, heading of level 3, of level 2, title.
        let sizes = [
            look.body().size,
            look.heading(4, Ground::Paper).size,
            look.heading(3, Ground::Paper).size,
            look.heading(2, Ground::Paper).size,
            look.title().size,
        ];
        assert!(sizes.is_sorted(), "{sizes:?}");
    }
}
