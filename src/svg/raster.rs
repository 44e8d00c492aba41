//! Pixels as an address that contains them: a PNG file in base64.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::drawing::{Colour, Raster};

/// The address of a picture, with its colors as shown.
pub(super) fn address(raster: &Raster, shown: impl Fn(Colour) -> Colour) -> String {
    let colours = raster.pixels.iter().map(|&colour| shown(colour));
    let bytes: Vec<u8> = colours
        .flat_map(|Colour { red, green, blue }| [red, green, blue])
        .collect();
    let file = png(raster, &bytes).unwrap_or_default();
    format!("data:image/png;base64,{}", BASE64_STANDARD.encode(file))
}

/// # Errors
/// None: writing to memory doesn't fail, and a raster has as many pixels as it says.
fn png(raster: &Raster, bytes: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, raster.width, raster.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(bytes)?;
    writer.finish()?;
    Ok(file)
}
