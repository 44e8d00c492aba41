//! The look of the sheet: type scale and colours, after the U.S. Web Design System.

use crate::drawing::Colour;
use crate::sheet::Role;
use crate::text::Face;

/// A text's look; sizes in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    pub face: Face,
    /// The face of spans that stand out.
    pub strong: Face,
    pub size: f32,
    /// Distance from one baseline to the next.
    pub leading: f32,
    pub colour: Colour,
    pub link: Colour,
}

/// Colours of the U.S. Web Design System, by their names there.
pub mod colour {
    use crate::drawing::Colour;

    /// Text: gray-90.
    pub const INK: Colour = Colour::hex(0x1b1b1b);
    /// Text of second rank: gray-cool-70, 8:1 on white.
    pub const MUTED: Colour = Colour::hex(0x3d4551);
    /// The title band and headings: primary-darker.
    pub const NAVY: Colour = Colour::hex(0x162e51);
    /// Links: primary-vivid-60, 7:1 on white.
    pub const LINK: Colour = Colour::hex(0x005ea2);
    /// Hairlines: gray-cool-20.
    pub const HAIRLINE: Colour = Colour::hex(0xc6cace);
    pub const WHITE: Colour = Colour::hex(0xffffff);
    /// Text of second rank on navy: primary-lighter.
    pub const PALE: Colour = Colour::hex(0xd9e8f6);
}

/// What lies behind a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    Paper,
    Navy,
}

/// The title.
pub const TITLE: TextStyle = TextStyle {
    face: Face::SerifBold,
    strong: Face::SerifBold,
    size: 22.0,
    leading: 28.0,
    colour: colour::WHITE,
    link: colour::WHITE,
};

/// The department's line above the title.
pub const DEPARTMENT: TextStyle = TextStyle {
    face: Face::SansSemiBold,
    strong: Face::SansBold,
    size: 10.0,
    leading: 13.0,
    colour: colour::PALE,
    link: colour::PALE,
};

/// Header and footer.
pub const FURNITURE: TextStyle = TextStyle {
    face: Face::Sans,
    strong: Face::SansBold,
    size: 7.5,
    leading: 10.0,
    colour: colour::MUTED,
    link: colour::MUTED,
};

/// A table's header cells.
pub const TABLE_HEADER: TextStyle = TextStyle {
    face: Face::SansSemiBold,
    strong: Face::SansBold,
    size: 8.0,
    leading: 11.0,
    colour: colour::MUTED,
    link: colour::LINK,
};

/// Lists, table cells and body text.
pub const BODY: TextStyle = TextStyle {
    face: Face::Sans,
    strong: Face::SansBold,
    size: 9.75,
    leading: 13.5,
    colour: colour::INK,
    link: colour::LINK,
};

/// The numbers of an ordered list.
pub const RANK: TextStyle = TextStyle {
    face: Face::SansBold,
    strong: Face::SansBold,
    colour: colour::NAVY,
    ..BODY
};

/// A value at the right end of a line.
pub const VALUE: TextStyle = TextStyle {
    colour: colour::MUTED,
    ..BODY
};

/// Headings of level 2 and 3.
pub fn heading(level: u8, ground: Ground) -> TextStyle {
    let colour = match ground {
        Ground::Paper => colour::NAVY,
        Ground::Navy => colour::WHITE,
    };
    let (size, leading) = if level <= 2 {
        (12.5, 16.0)
    } else {
        (10.0, 13.0)
    };
    TextStyle {
        face: Face::SansBold,
        strong: Face::SansBold,
        size,
        leading,
        colour,
        link: colour,
    }
}

/// A paragraph's look by its role and by what lies behind it.
pub fn paragraph(role: Role, ground: Ground) -> TextStyle {
    let style = match role {
        Role::Lead => TextStyle {
            face: Face::Serif,
            strong: Face::SerifBold,
            size: 10.0,
            leading: 15.5,
            ..BODY
        },
        Role::Body => BODY,
        Role::Caption => TextStyle {
            size: 9.0,
            leading: 12.5,
            ..BODY
        },
        Role::Gloss => TextStyle {
            size: 8.75,
            leading: 11.5,
            colour: colour::MUTED,
            ..BODY
        },
        Role::Note | Role::Aside => TextStyle {
            size: 8.25,
            leading: 11.25,
            colour: colour::MUTED,
            ..BODY
        },
        Role::Number => TextStyle {
            face: Face::SansBold,
            size: 39.0,
            leading: 46.0,
            colour: colour::NAVY,
            link: colour::NAVY,
            ..BODY
        },
        Role::SmallNumber => TextStyle {
            face: Face::SansBold,
            size: 27.0,
            leading: 32.0,
            colour: colour::NAVY,
            link: colour::NAVY,
            ..BODY
        },
        Role::NumberLabel => TextStyle {
            face: Face::SansSemiBold,
            size: 11.0,
            leading: 14.0,
            ..BODY
        },
    };
    match ground {
        Ground::Paper => style,
        Ground::Navy => TextStyle {
            colour: match role {
                Role::Gloss | Role::Note | Role::Aside | Role::Body => colour::PALE,
                _ => colour::WHITE,
            },
            link: colour::WHITE,
            ..style
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.1, success criterion 1.4.3: 4.5:1 for text.
    #[test]
    fn text_stands_out_from_what_lies_behind_it() {
        let roles = [
            Role::Lead,
            Role::Body,
            Role::Caption,
            Role::Gloss,
            Role::Note,
            Role::Aside,
            Role::Number,
            Role::SmallNumber,
            Role::NumberLabel,
        ];
        for (ground, behind) in [(Ground::Paper, colour::WHITE), (Ground::Navy, colour::NAVY)] {
            for role in roles {
                let style = paragraph(role, ground);
                for colour in [style.colour, style.link] {
                    assert!(colour.contrast(behind) >= 4.5, "{role:?} on {ground:?}");
                }
            }
            for level in [2, 3] {
                assert!(heading(level, ground).colour.contrast(behind) >= 4.5);
            }
        }
        for style in [FURNITURE, TABLE_HEADER, BODY, RANK, VALUE] {
            assert!(style.colour.contrast(colour::WHITE) >= 4.5);
            assert!(style.size >= 7.5);
        }
        for style in [TITLE, DEPARTMENT] {
            assert!(style.colour.contrast(colour::NAVY) >= 4.5);
        }
    }
}
