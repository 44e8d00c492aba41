//! The program's name in the files that it makes.

/// The program that made a file, with its version.
pub(crate) const NAME: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
