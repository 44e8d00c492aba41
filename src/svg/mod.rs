//! SVG: drawings as elements, for separate pictures and within web pages.

mod marks;
mod pages;
mod path;
mod raster;

pub(crate) use marks::{Marks, Paint, Rendering, hexadecimal};
pub use pages::{Size, pages};
pub(crate) use path::Precision;
