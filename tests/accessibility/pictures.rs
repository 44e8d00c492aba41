//! Whether two programs show a sheet in the same way.

use std::path::Path;

use image::GrayImage;
use image::imageops::{FilterType, resize};

use super::tools::{Viewer, render};

/// Enough for legible letters.
const DPI: u32 = 72;
/// Each program smooths edges in its own way, so pictures are compared as if seen from a distance: each of these
/// squares, in dots, by its mean gray.
const SQUARE: u32 = 6;

/// The pages as a program shows them, from a distance.
pub fn pages(viewer: Viewer, pdf: &Path) -> Vec<GrayImage> {
    let folder = tempfile::tempdir().unwrap();
    render(viewer, pdf, &folder.path().join("page"), DPI);
    (1..)
        .map(|number| folder.path().join(format!("page-{number}.png")))
        .take_while(|path| path.exists())
        .map(|path| {
            let picture = image::open(path).unwrap().into_luma8();
            let (width, height) = (picture.width() / SQUARE, picture.height() / SQUARE);
            resize(&picture, width, height, FilterType::Triangle)
        })
        .collect()
}

/// The greatest difference of a square, from 0 to 255, on any page.
pub fn difference(some: &[GrayImage], others: &[GrayImage]) -> u8 {
    assert_eq!(some.len(), others.len(), "numbers of pages");
    let pairs = some.iter().zip(others).flat_map(|(one, other)| {
        assert_eq!(one.dimensions(), other.dimensions(), "sizes of pages");
        one.iter().zip(other.iter())
    });
    pairs
        .map(|(one, other)| one.abs_diff(*other))
        .max()
        .unwrap_or(0)
}
