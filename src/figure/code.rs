//! A QR code for an address, as vectors (ISO/IEC 18004).

use qrcodegen::{QrCode, QrCodeEcc};

use crate::drawing::{Colour, Drawing, Mark, Subpath};
use crate::failure::{Failure, Outcome};

/// White space around the code, in modules, as the standard requires.
const QUIET: i32 = 4;
/// Dark on light on any background: readers need the contrast, even at night.
const DARK: Colour = Colour::hex(0x000000);
const LIGHT: Colour = Colour::hex(0xffffff);

/// Draws the code for an address; its side, with the white space, is this many points.
///
/// # Errors
/// An address that is too long for any code.
pub(super) fn draw(address: &str, side: f32) -> Outcome<Drawing> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).map_err(|_| {
        Failure::data(format!("the address “{address}” is too long for a QR code"))
            .remedy("give a shorter one")
    })?;
    let modules = code.size() + 2 * QUIET;
    let module = side / modules as f32;
    let mut dark = Vec::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                dark.push(rectangle(
                    (start + QUIET, y + QUIET),
                    (x + QUIET, y + QUIET + 1),
                    module,
                ));
            }
            x += 1;
        }
    }
    let plate = rectangle((0, 0), (modules, modules), module);
    let filled = |subpaths, colour| Mark::Path {
        subpaths,
        fill: Some(colour),
        stroke: None,
    };
    Ok(Drawing {
        width: side,
        height: side,
        marks: vec![filled(vec![plate], LIGHT), filled(dark, DARK)],
    })
}

/// A rectangle from corner to corner, in modules.
fn rectangle(from: (i32, i32), to: (i32, i32), module: f32) -> Subpath {
    let at = |x: i32, y: i32| (x as f32 * module, y as f32 * module);
    Subpath {
        points: vec![
            at(from.0, from.1),
            at(to.0, from.1),
            at(to.0, to.1),
            at(from.0, to.1),
        ],
        closed: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_covers_its_dark_modules_and_keeps_its_quiet_zone() {
        let address = "https://humantraffickinghotline.org";
        let code = QrCode::encode_text(address, QrCodeEcc::Medium).unwrap();
        let modules = (code.size() + 2 * QUIET) as f32;
        let drawing = draw(address, modules).unwrap();
        let [_, Mark::Path { subpaths, .. }] = &drawing.marks[..] else {
            panic!("a plate and a code");
        };
        let area: f32 = subpaths
            .iter()
            .map(|path| {
                let (from, to) = (path.points[0], path.points[2]);
                assert!(from.0 >= QUIET as f32 && to.0 <= modules - QUIET as f32);
                (to.0 - from.0) * (to.1 - from.1)
            })
            .sum();
        let dark = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|&(x, y)| code.get_module(x, y))
            .count();
        assert!((area - dark as f32).abs() < 0.01, "{area} {dark}");
    }
}
