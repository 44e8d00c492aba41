//! Type: the sheet's faces, and text turned into positioned glyphs.

mod faces;
mod kept;
mod license;
mod outline;
mod shaping;

pub use faces::{Face, Faces};
pub use shaping::{Glyph, ShapedText};
