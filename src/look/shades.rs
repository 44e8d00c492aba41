//! Lighter and darker colors of the same hue.

use crate::drawing::Colour;

/// The color in its hue, no lighter than a contrast with a light background allows.
pub(super) fn darkened(colour: Colour, contrast: f64, ground: Colour) -> Colour {
    if colour.contrast(ground) >= contrast {
        return colour;
    }
    let (mut dark, mut light) = (0.0, 1.0);
    for _ in 0..16 {
        let middle = (dark + light) / 2.0;
        match with_lightness(colour, middle).contrast(ground) >= contrast {
            true => dark = middle,
            false => light = middle,
        }
    }
    with_lightness(colour, dark)
}

/// A fraction of a color, 0 to 1, mixed into a background.
pub(super) fn mixed(colour: Colour, part: f64, ground: Colour) -> Colour {
    let mix = |one: u8, other: u8| {
        (f64::from(one) * part + f64::from(other) * (1.0 - part)).round() as u8
    };
    Colour {
        red: mix(colour.red, ground.red),
        green: mix(colour.green, ground.green),
        blue: mix(colour.blue, ground.blue),
    }
}

/// The color in its hue, as light as a contrast with a dark background requires.
pub(super) fn lightened(colour: Colour, contrast: f64, ground: Colour) -> Colour {
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

/// The hue and saturation of a color with another lightness, 0 to 1 (HSL, CSS Color 4, section 7).
fn with_lightness(colour: Colour, lightness: f64) -> Colour {
    let channels = [colour.red, colour.green, colour.blue].map(f64::from);
    let most = channels.iter().copied().fold(0.0, f64::max);
    let least = channels.iter().copied().fold(255.0, f64::min);
    let chroma = (most - least) / 255.0;
    let range = 1.0 - ((most + least) / 255.0 - 1.0).abs();
    let saturation = if range > 0.0 { chroma / range } else { 0.0 };
    let reach = saturation * (1.0 - (2.0 * lightness - 1.0).abs()) / 2.0;
    let [red, green, blue] = channels.map(|channel| {
        // From -1, the smallest of the three channels, to 1, the largest.
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

    const PAPER: Colour = Colour::hex(0x14181f);

    #[test]
    fn a_color_keeps_its_hue() {
        let Colour { red, green, blue } = lightened(Colour::hex(0x162e51), 8.0, PAPER);
        assert!(red < green && green < blue, "{red} {green} {blue}");
        let gray = with_lightness(Colour::hex(0x777777), 0.5);
        assert_eq!(gray, Colour::hex(0x808080));
    }
}
