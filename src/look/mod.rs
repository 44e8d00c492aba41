//! The look of a sheet: its colors and its type size. The styles of all texts and figures follow from it, on any
//! background.

mod night;
mod one_color;
mod palette;
mod shades;
mod type_scale;

pub use palette::{Band, Palette};
pub use type_scale::TypeScale;

/// What the styles of all texts and figures follow from.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The type size.
    pub scale: TypeScale,
    /// The colors.
    pub palette: Palette,
}
