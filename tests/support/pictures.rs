//! Compares rendered pages with approved ones.

use std::fs;
use std::path::{Path, PathBuf};

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{Rgb, RgbImage};

/// Dots per inch of approved pages: words are blurred, but their positions and the colors are visible.
pub const DOTS_PER_INCH: u32 = 60;
/// Side of the squares in which a page is compared.
const SQUARE: u32 = 20;
/// Maximum mean difference in a page's channels, out of 255. Renderings by other versions of Poppler and FreeType
/// differ slightly everywhere, at the edges of letters.
const PAGE_LIMIT: f64 = 1.8;
/// The same for each square: a word or a bar that has moved shows in only one square.
const SQUARE_LIMIT: f64 = 12.0;

/// How much two pages differ.
#[derive(Clone, Copy, Debug, Default)]
pub struct Difference {
    pub page: f64,
    pub worst_square: f64,
}

impl Difference {
    pub fn is_tolerable(&self) -> bool {
        self.page <= PAGE_LIMIT && self.worst_square <= SQUARE_LIMIT
    }
}

/// Compares two pages; `None` if they differ in size.
pub fn compare(approved: &RgbImage, actual: &RgbImage) -> Option<Difference> {
    if approved.dimensions() != actual.dimensions() {
        return None;
    }
    let difference = difference_image(approved, actual);
    let (width, height) = difference.dimensions();
    let mut found = Difference {
        page: mean(&difference, 0, 0, width, height),
        ..Difference::default()
    };
    for top in (0..height).step_by(SQUARE as usize) {
        for left in (0..width).step_by(SQUARE as usize) {
            let square = mean(
                &difference,
                left,
                top,
                SQUARE.min(width - left),
                SQUARE.min(height - top),
            );
            found.worst_square = found.worst_square.max(square);
        }
    }
    Some(found)
}

fn mean(image: &RgbImage, left: u32, top: u32, width: u32, height: u32) -> f64 {
    let mut sum = 0;
    for y in top..top + height {
        for x in left..left + width {
            sum += image
                .get_pixel(x, y)
                .0
                .iter()
                .map(|&channel| u64::from(channel))
                .sum::<u64>();
        }
    }
    sum as f64 / f64::from(3 * width * height)
}

/// The difference in each channel, after blurring both pictures slightly.
fn difference_image(one: &RgbImage, other: &RgbImage) -> RgbImage {
    let (one, other) = (blurred(one), blurred(other));
    RgbImage::from_fn(one.width(), one.height(), |x, y| {
        let (Rgb(one), Rgb(other)) = (one.get_pixel(x, y), other.get_pixel(x, y));
        Rgb([0, 1, 2].map(|channel| one[channel].abs_diff(other[channel])))
    })
}

/// The mean of each pixel and its eight neighbors.
fn blurred(image: &RgbImage) -> RgbImage {
    let (width, height) = image.dimensions();
    RgbImage::from_fn(width, height, |x, y| {
        let mut sum = [0_u32; 3];
        let mut count = 0;
        for y in y.saturating_sub(1)..=(y + 1).min(height - 1) {
            for x in x.saturating_sub(1)..=(x + 1).min(width - 1) {
                let Rgb(pixel) = image.get_pixel(x, y);
                for (sum, channel) in sum.iter_mut().zip(pixel) {
                    *sum += u32::from(*channel);
                }
                count += 1;
            }
        }
        Rgb(sum.map(|sum| (sum / count) as u8))
    })
}

/// The folder with the approved pages.
pub fn approved_folder() -> PathBuf {
    super::repository().join("tests/approved")
}

/// Asserts that pages look as approved; with `APPROVE=1` in the environment, approves them instead.
pub fn assert_looks_as_approved(name: &str, pages: &[RgbImage]) {
    let folder = approved_folder();
    let path = |page: usize| folder.join(format!("{name}-{page}.png"));
    if std::env::var_os("APPROVE").is_some_and(|value| value == "1") {
        fs::create_dir_all(&folder).unwrap();
        for (index, page) in pages.iter().enumerate() {
            save_small(page, &path(index + 1));
        }
        // Pages that the sheet no longer has.
        let mut beyond = pages.len() + 1;
        while fs::remove_file(path(beyond)).is_ok() {
            beyond += 1;
        }
        return;
    }
    let mut faults = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let approved = path(index + 1);
        let fault = match image::open(&approved) {
            Err(error) => Some(format!("{}: {error}", approved.display())),
            Ok(picture) => {
                let picture = picture.to_rgb8();
                match compare(&picture, page) {
                    Some(difference) if difference.is_tolerable() => None,
                    found => Some(format!(
                        "{name}, page {}: {found:?}; see {}",
                        index + 1,
                        keep(name, index + 1, &picture, page).display()
                    )),
                }
            }
        };
        faults.extend(fault);
    }
    if path(pages.len() + 1).exists() {
        faults.push(format!("{name} has only {} pages", pages.len()));
    }
    assert!(
        faults.is_empty(),
        "{}\n\nIf the new look is right, approve it:\n  APPROVE=1 cargo test --release --test appearance\n",
        faults.join("\n")
    );
}

/// Approved pages are committed, so they are compressed as much as possible.
fn save_small(page: &RgbImage, path: &Path) {
    let file = fs::File::create(path).unwrap();
    let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive);
    page.write_with_encoder(encoder).unwrap();
}

/// Writes the page and the difference to a folder under target/, which is returned.
fn keep(name: &str, page: usize, approved: &RgbImage, actual: &RgbImage) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("appearance");
    fs::create_dir_all(&folder).unwrap();
    actual
        .save(folder.join(format!("{name}-{page}-actual.png")))
        .unwrap();
    if approved.dimensions() == actual.dimensions() {
        let mut difference = difference_image(approved, actual);
        // To make small differences visible.
        for Rgb(pixel) in difference.pixels_mut() {
            *pixel = pixel.map(|channel| 255 - channel.saturating_mul(4));
        }
        difference
            .save(folder.join(format!("{name}-{page}-difference.png")))
            .unwrap();
    }
    folder
}
