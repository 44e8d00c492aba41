//! The look of a sheet: its colors and how large its type is. From it follow the looks of all texts and
//! figures, whatever they are printed on.

mod night;
mod one_color;
mod palette;
mod shades;
mod type_scale;

pub use palette::{Band, Palette};
pub use type_scale::TypeScale;

/// From what the looks of all texts and figures follow.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// How large type is.
    pub scale: TypeScale,
    /// The colors.
    pub palette: Palette,
}
