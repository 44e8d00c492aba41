//! A logo in pixels: a PNG or JPEG file.

use std::io::Cursor;

use png::Transformations;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::drawing::{Colour, Drawing, Mark, Raster};
use crate::failure::{Failure, Outcome};

/// Maximum number of pixels in a row or column of a file: no logo has more, and they have to be unpacked.
const MOST: usize = 8_000;
/// Maximum number of pixels in a row and column on a sheet: 300 per inch at its largest size on usual paper.
const WIDE: u32 = 550;
const HIGH: u32 = 184;

/// Whether a file begins as PNG or JPEG does.
pub(super) fn is_picture(file: &[u8]) -> bool {
    is_png(file) || is_jpeg(file)
}

fn is_png(file: &[u8]) -> bool {
    file.starts_with(b"\x89PNG\r\n\x1a\n")
}

fn is_jpeg(file: &[u8]) -> bool {
    file.starts_with(b"\xff\xd8\xff")
}

/// The picture, reduced if it has more pixels than print shows; a pixel is a unit.
///
/// # Errors
/// A damaged file, and one with very many pixels.
pub(super) fn drawing(file: &[u8]) -> Outcome<Drawing> {
    let raster = match is_png(file) {
        true => png(file),
        false => jpeg(file),
    }?;
    let raster = smaller(raster);
    let size = (raster.width as f32, raster.height as f32);
    Ok(Drawing {
        width: size.0,
        height: size.1,
        marks: vec![Mark::Pixels {
            raster,
            at: (0.0, 0.0),
            size,
        }],
    })
}

fn damaged(kind: &str, error: impl std::fmt::Display) -> Failure {
    Failure::data(format!("it is a {kind} file that can't be read ({error})"))
        .remedy("open it in a drawing program and save it again as PNG")
}

fn too_large(width: usize, height: usize) -> Failure {
    Failure::data(format!(
        "the picture has {width} by {height} pixels; the limit is {MOST} in a row or a column"
    ))
    .remedy("save it smaller: a sheet shows no more than 550 pixels in a row")
}

/// On white, like a logo on paper.
fn png(file: &[u8]) -> Outcome<Raster> {
    let wrong = |error: png::DecodingError| damaged("PNG", error);
    let mut decoder = png::Decoder::new(Cursor::new(file));
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(wrong)?;
    let (width, height) = (reader.info().width, reader.info().height);
    check_size(width as usize, height as usize)?;
    let length = reader.output_buffer_size();
    let mut bytes = vec![0; length.ok_or_else(|| too_large(width as usize, height as usize))?];
    let frame = reader.next_frame(&mut bytes).map_err(wrong)?;
    let on_white = |part: u8, alpha: u8| {
        let (part, alpha) = (u32::from(part), u32::from(alpha));
        ((part * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    let colour = |pixel: &[u8]| -> Colour {
        let (parts, alpha) = match *pixel {
            [gray] => ([gray; 3], 255),
            [gray, alpha] => ([gray; 3], alpha),
            [red, green, blue] => ([red, green, blue], 255),
            [red, green, blue, alpha] => ([red, green, blue], alpha),
            _ => ([255; 3], 255),
        };
        let [red, green, blue] = parts.map(|part| on_white(part, alpha));
        Colour { red, green, blue }
    };
    let pixels = bytes[..frame.buffer_size()].chunks_exact(frame.color_type.samples());
    Ok(Raster {
        width,
        height,
        pixels: pixels.map(colour).collect(),
    })
}

fn jpeg(file: &[u8]) -> Outcome<Raster> {
    let options = DecoderOptions::default()
        .set_max_width(MOST)
        .set_max_height(MOST)
        .set_strict_mode(true)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(file), options);
    let bytes = decoder.decode().map_err(|error| damaged("JPEG", error))?;
    let (width, height) = decoder.dimensions().unwrap_or_default();
    check_size(width, height)?;
    let pixels = bytes.chunks_exact(3).map(|pixel| Colour {
        red: pixel[0],
        green: pixel[1],
        blue: pixel[2],
    });
    let pixels: std::sync::Arc<[Colour]> = pixels.collect();
    if pixels.len() != width * height {
        return Err(damaged("JPEG", "its colors are of an unsupported kind"));
    }
    Ok(Raster {
        width: width as u32,
        height: height as u32,
        pixels,
    })
}

fn check_size(width: usize, height: usize) -> Outcome<()> {
    match width.max(height) <= MOST {
        true => Ok(()),
        false => Err(too_large(width, height)),
    }
}

/// As many pixels as print shows, each the mean of those that it replaces.
fn smaller(raster: Raster) -> Raster {
    let (wide, high) = (u64::from(raster.width), u64::from(raster.height));
    if raster.width <= WIDE && raster.height <= HIGH || wide * high == 0 {
        return raster;
    }
    // By the side that exceeds the limit by more.
    let by_width = wide * u64::from(HIGH) >= high * u64::from(WIDE);
    let (width, height) = match by_width {
        true => (u64::from(WIDE), (high * u64::from(WIDE) / wide).max(1)),
        false => ((wide * u64::from(HIGH) / high).max(1), u64::from(HIGH)),
    };
    let span = |at: u64, of: u64, from: u64| {
        let start = at * from / of;
        start..((at + 1) * from).div_ceil(of).max(start + 1)
    };
    let mean = |x: u64, y: u64| {
        let mut sums = [0_u64; 3];
        let mut count = 0;
        for row in span(y, height, high) {
            for column in span(x, width, wide) {
                let pixel = raster.pixels[(row * wide + column) as usize];
                for (sum, part) in sums.iter_mut().zip([pixel.red, pixel.green, pixel.blue]) {
                    *sum += u64::from(part);
                }
                count += 1;
            }
        }
        let [red, green, blue] = sums.map(|sum| ((sum + count / 2) / count) as u8);
        Colour { red, green, blue }
    };
    let rows = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    Raster {
        width: width as u32,
        height: height as u32,
        pixels: rows.map(|(x, y)| mean(x, y)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raster(drawing: &Drawing) -> &Raster {
        match &drawing.marks[..] {
            [Mark::Pixels { raster, .. }] => raster,
            other => panic!("{other:?}"),
        }
    }

    fn png_of(width: u32, height: u32, color: png::ColorType, bytes: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(color);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(bytes).unwrap();
        writer.finish().unwrap();
        file
    }

    #[test]
    fn a_png_keeps_its_colors_on_a_white_background() {
        let rgba = [0, 0, 0, 255, 200, 0, 0, 0, 0, 0, 255, 128];
        let file = png_of(3, 1, png::ColorType::Rgba, &rgba);
        let drawing = drawing(&file).unwrap();
        assert_eq!((drawing.width, drawing.height), (3.0, 1.0));
        let expected = [0x000000, 0xffffff, 0x7f7fff].map(Colour::hex);
        assert_eq!(raster(&drawing).pixels[..], expected);
        let gray = png_of(2, 1, png::ColorType::Grayscale, &[7, 250]);
        let drawing = super::drawing(&gray).unwrap();
        assert_eq!(
            raster(&drawing).pixels[..],
            [0x070707, 0xfafafa].map(Colour::hex)
        );
    }

    #[test]
    fn a_large_picture_is_reduced_to_print_resolution() {
        let (width, height) = (2200, 400);
        let half = |x: u32| if x < width / 2 { 0 } else { 240 };
        let bytes: Vec<u8> = (0..height).flat_map(|_| (0..width).map(half)).collect();
        let file = png_of(width, height, png::ColorType::Grayscale, &bytes);
        let drawing = drawing(&file).unwrap();
        let raster = raster(&drawing);
        assert_eq!((raster.width, raster.height), (550, 100));
        assert_eq!(raster.pixels[0], Colour::hex(0));
        assert_eq!(raster.pixels[549], Colour::hex(0xf0f0f0));
        let tall = png_of(10, 2000, png::ColorType::Grayscale, &[9; 20_000]);
        let drawing = super::drawing(&tall).unwrap();
        assert_eq!((drawing.width, drawing.height), (1.0, 184.0));
    }

    #[test]
    fn damaged_and_huge_files_are_reported() {
        let file = png_of(4, 4, png::ColorType::Grayscale, &[9; 16]);
        assert!(drawing(&file[..file.len() - 20]).is_err());
        assert!(drawing(b"\xff\xd8\xff\xe0 no JPEG").is_err());
        let wide = png_of(9000, 1, png::ColorType::Grayscale, &[9; 9000]);
        let message = drawing(&wide).unwrap_err().to_string();
        assert!(message.contains("9000 by 1 pixels"), "{message}");
    }
}
