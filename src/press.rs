//! What a print shop needs: colors as inks, and the printing condition for the inks.

use crate::drawing::Colour;
use crate::failure::{Failure, Outcome};

/// A printing condition: the paper and the process that a file is made for (ISO 15930-7, 6.2.5).
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Its name; for registered conditions, the one in the ICC's registry of characterizations.
    pub name: String,
    /// An ICC profile that says what colors its inks make.
    pub profile: Vec<u8>,
    /// Whether the name is in the ICC's registry.
    pub is_registered: bool,
}

/// The maximum size of a profile in bytes: it is part of every file for a print shop.
pub const LARGEST_PROFILE: usize = 4_000_000;

impl Condition {
    /// The usual one in the United States: GRACoL, sheetfed offset on coated paper (input/press/README.md).
    pub fn usual() -> Self {
        Condition {
            name: "CGATS TR 006".to_owned(),
            profile: include_bytes!("../input/press/cgats-tr006.icc").to_vec(),
            is_registered: true,
        }
    }

    /// A condition that a print shop has named, with its profile.
    ///
    /// # Errors
    /// A profile that isn't for a printing process with the four usual inks (ISO 15076-1, 7.2).
    pub fn of(name: &str, profile: Vec<u8>) -> Outcome<Self> {
        if profile.len() > LARGEST_PROFILE {
            return Err(Failure::data(format!(
                "the profile has more than {LARGEST_PROFILE} bytes"
            ))
            .remedy("ask the print shop for a smaller one: it becomes part of every sheet"));
        }
        let field = |from: usize| profile.get(from..from + 4);
        let length = u32::try_from(profile.len()).map(u32::to_be_bytes);
        let wrong =
            if field(36) != Some(b"acsp") || field(0) != length.as_ref().ok().map(|it| &it[..]) {
                "it isn't an ICC profile, or only a part of one"
            } else if field(12) != Some(b"prtr") {
                "it isn't the profile of a printing process"
            } else if field(16) != Some(b"CMYK") {
                "its inks aren't cyan, magenta, yellow and black"
            } else {
                return Ok(Condition {
                    name: name.to_owned(),
                    profile,
                    is_registered: false,
                });
            };
        Err(Failure::data(wrong).remedy(
            "ask the print shop for the CMYK output profile (.icc) of its printing condition",
        ))
    }
}

/// The maximum ink in one place, all four together, in percent of an area: more dries slowly and shows through.
pub const MOST_INK: f32 = 240.0;

/// How much of each ink covers an area, in percent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inks {
    /// Cyan.
    pub cyan: f32,
    /// Magenta.
    pub magenta: f32,
    /// Yellow.
    pub yellow: f32,
    /// Black.
    pub black: f32,
}

/// The difference between a color's components up to which text counts as gray: letters in four inks blur if one of
/// the plates is slightly misaligned.
const GRAY_TEXT: u8 = 24;
/// The same for areas, where even pale tints are intended.
const GRAY_AREA: u8 = 4;
/// Up to this value, gray becomes black: letters in a screen of 89 % have ragged edges.
const BLACK: u8 = 0x22;

impl Inks {
    /// For text: black and all grays in black ink only.
    pub fn of_text(colour: Colour) -> Self {
        Inks::of(colour, GRAY_TEXT)
    }

    /// For everything except text.
    pub fn of_area(colour: Colour) -> Self {
        Inks::of(colour, GRAY_AREA)
    }

    /// Uses as much black ink as possible, so that grays stay gray, and at most [`MOST_INK`].
    fn of(colour: Colour, gray: u8) -> Self {
        let parts = [colour.red, colour.green, colour.blue];
        let (least, most) = parts.iter().fold((u8::MAX, 0), |(least, most), &part| {
            (least.min(part), most.max(part))
        });
        let value = |part: u8| f32::from(part) / 255.0;
        if most - least <= gray {
            let gray = colour.gray().red;
            let black = if gray <= BLACK {
                1.0
            } else {
                1.0 - value(gray)
            };
            return Inks::percent([0.0, 0.0, 0.0, black]);
        }
        let black = 1.0 - value(most);
        let colored = parts.map(|part| 1.0 - value(part) / value(most));
        let sum: f32 = colored.iter().sum();
        let share = ((MOST_INK / 100.0 - black) / sum).min(1.0);
        let [cyan, magenta, yellow] = colored.map(|ink| ink * share);
        Inks::percent([cyan, magenta, yellow, black])
    }

    /// Rounded down to tenths: rounded up, four of them could exceed the limit.
    fn percent(inks: [f32; 4]) -> Self {
        let [cyan, magenta, yellow, black] = inks.map(|ink| (ink * 1000.0 + 0.01).floor() / 10.0);
        Inks {
            cyan,
            magenta,
            yellow,
            black,
        }
    }

    /// All inks together.
    pub fn sum(&self) -> f32 {
        self.cyan + self.magenta + self.yellow + self.black
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_color_uses_more_ink_than_can_dry() {
        for rgb in (0..0x100_0000).step_by(37) {
            let inks = Inks::of_area(Colour::hex(rgb));
            assert!(inks.sum() <= MOST_INK + 0.01, "{rgb:06x}: {inks:?}");
            let all = [inks.cyan, inks.magenta, inks.yellow, inks.black];
            assert!(
                all.iter().all(|ink| (0.0..=100.0).contains(ink)),
                "{inks:?}"
            );
        }
    }

    #[test]
    fn black_and_gray_use_only_black_ink() {
        for gray in 0..=255_u32 {
            let colour = Colour::hex(gray << 16 | gray << 8 | gray);
            for inks in [Inks::of_area(colour), Inks::of_text(colour)] {
                assert_eq!((inks.cyan, inks.magenta, inks.yellow), (0.0, 0.0, 0.0));
            }
        }
        assert_eq!(Inks::of_text(Colour::hex(0x1b1b1b)).black, 100.0);
        assert_eq!(Inks::of_area(Colour::hex(0xffffff)).sum(), 0.0);
        // Secondary text is a gray with some blue, which a pale background keeps.
        assert_eq!(Inks::of_text(Colour::hex(0x3d4551)).cyan, 0.0);
        assert!(Inks::of_area(Colour::hex(0xeaf2fa)).cyan > 0.0);
    }

    #[test]
    fn pure_colors_use_pure_inks() {
        let inks = Inks::of_area(Colour::hex(0x00ffff));
        assert_eq!((inks.cyan, inks.sum()), (100.0, 100.0));
        let red = Inks::of_area(Colour::hex(0xff0000));
        assert_eq!((red.magenta, red.yellow, red.sum()), (100.0, 100.0, 200.0));
    }

    #[test]
    fn the_standard_condition_has_a_valid_profile() {
        let usual = Condition::usual();
        let again = Condition::of(&usual.name, usual.profile.clone()).unwrap();
        assert_eq!(again.profile, usual.profile);
        let mut half = usual.profile.clone();
        half.truncate(5000);
        let mut screen = usual.profile.clone();
        screen[12..16].copy_from_slice(b"mntr");
        let mut rgb = usual.profile;
        rgb[16..20].copy_from_slice(b"RGB ");
        for (profile, words) in [
            (half, "only a part"),
            (screen, "printing process"),
            (rgb, "cyan"),
            (Vec::new(), "isn't an ICC profile"),
            (vec![0; LARGEST_PROFILE + 1], "more than 4000000 bytes"),
        ] {
            let message = Condition::of("Press", profile).unwrap_err().to_string();
            assert!(message.contains(words), "{message}");
        }
    }
}
