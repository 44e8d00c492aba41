//! Type: the sheet's faces, and text turned into positioned glyphs.

mod cache;
mod face;
mod faces;
mod license;
mod lines;
mod outline;
mod printed;
mod scripts;
mod shaped;
mod shaping;

pub use face::{Face, Fallback, Font};
pub use faces::Faces;
pub use lines::{Fit, Line, Piece, Run, break_lines};
pub use printed::{Printed, no_glyph};
pub use shaped::{Glyph, ShapedText};
