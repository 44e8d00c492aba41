//! Colors of the sheet: those of the U.S. Web Design System, or grays for a printer without color.

use crate::drawing::Colour;
use crate::map;

/// The colors of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// Text.
    pub ink: Colour,
    /// Secondary text.
    pub muted: Colour,
    /// Headings, rules and numbers.
    pub primary: Colour,
    /// Links.
    pub link: Colour,
    /// Thin rules.
    pub hairline: Colour,
    /// The paper.
    pub paper: Colour,
    /// The title band and the panels.
    pub band: Band,
    /// The background of the key numbers: pale, so that page 1 has one dark band at the top and one at the bottom.
    pub tint: Band,
    /// The bars: in one color, because their names say what they are.
    pub bar: Colour,
    /// Baselines of bars, and stubs for hidden numbers.
    pub hidden: Colour,
    /// The colors of the map.
    pub map: map::Palette,
}

/// The colors of the title band and the panels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The background of the texts.
    pub ground: Colour,
    /// Primary text.
    pub text: Colour,
    /// Secondary text.
    pub second: Colour,
    /// A rule at its edges, if the background alone doesn't stand out.
    pub rule: Option<Colour>,
}

impl Palette {
    /// The colors of the U.S. Web Design System, with their names there in comments.
    pub const DESIGN_SYSTEM: Palette = Palette {
        // gray-90
        ink: Colour::hex(0x1b1b1b),
        // gray-cool-70, 8:1 on white
        muted: Colour::hex(0x3d4551),
        // primary-darker
        primary: Colour::hex(0x162e51),
        // primary-vivid-60, 7:1 on white
        link: Colour::hex(0x005ea2),
        // gray-cool-20
        hairline: Colour::hex(0xc6cace),
        paper: Colour::hex(0xffffff),
        band: Band {
            ground: Colour::hex(0x162e51),
            text: Colour::hex(0xffffff),
            // primary-lighter
            second: Colour::hex(0xd9e8f6),
            rule: None,
        },
        tint: Band {
            // primary-lighter, halfway to white
            ground: Colour::hex(0xeaf2fa),
            text: Colour::hex(0x162e51),
            second: Colour::hex(0x3d4551),
            rule: None,
        },
        bar: Colour::hex(0x1a4480),
        hidden: Colour::hex(0x565c65),
        map: map::Palette::REDS,
    };

    /// For a black-and-white printer: rules instead of large dark backgrounds, which use a lot of toner and look
    /// streaky; and grays with enough contrast for a coarse screen.
    pub const GRAYS: Palette = Palette {
        ink: Colour::hex(0x111111),
        muted: Colour::hex(0x404040),
        primary: Colour::hex(0x111111),
        link: Colour::hex(0x111111),
        hairline: Colour::hex(0xb5b5b5),
        paper: Colour::hex(0xffffff),
        band: Band {
            ground: Colour::hex(0xffffff),
            text: Colour::hex(0x111111),
            second: Colour::hex(0x404040),
            rule: Some(Colour::hex(0x111111)),
        },
        tint: Band {
            ground: Colour::hex(0xffffff),
            text: Colour::hex(0x111111),
            second: Colour::hex(0x404040),
            rule: Some(Colour::hex(0xb5b5b5)),
        },
        bar: Colour::hex(0x404040),
        hidden: Colour::hex(0x4d4d4d),
        map: map::Palette::GRAYS,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_contrast_with_paper() {
        for palette in [Palette::DESIGN_SYSTEM, Palette::GRAYS] {
            assert!(palette.bar.contrast(palette.paper) >= 3.0);
            assert!(palette.hidden.contrast(palette.paper) >= 3.0);
        }
    }
}
