//! Pictures in pixels, for slides and posts: an SVG picture rendered as PNG.

use resvg::tiny_skia::{FilterQuality, Pixmap, PixmapPaint, Transform};
use resvg::usvg::{Group, ImageKind, Node, Options, Tree};

use crate::failure::{Failure, Outcome};

/// Renders an SVG picture without text or references to other files at a width in pixels; the height follows. The
/// file contains the title and the alternative text (PNG, 11.3.3.2: `Title`, `Description`). The same picture gives
/// the same bytes.
///
/// # Errors
/// A width that is 0 or too large for memory; a picture that isn't SVG, which only a bug in the program can cause.
pub fn png(svg: &str, width: u32, title: &str, words: &str) -> Outcome<Vec<u8>> {
    let tree = Tree::from_str(svg, &Options::default()).map_err(Failure::bug)?;
    let size = tree.size();
    let height = (width as f32 * size.height() / size.width())
        .round()
        .max(1.0);
    let mut pixels = Pixmap::new(width, height as u32).ok_or_else(|| {
        Failure::usage(format!("a picture can't be {width} pixels wide"))
            .remedy("choose a smaller width")
    })?;
    let scale = Transform::from_scale(width as f32 / size.width(), height / size.height());
    resvg::render(&tree, scale, &mut pixels.as_mut());
    draw_pictures(tree.root(), scale, &mut pixels);
    // The paper is opaque, so every pixel is.
    let opaque: Vec<u8> = pixels
        .data()
        .chunks_exact(4)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    for (key, text) in [("Title", title), ("Description", words)] {
        encoder
            .add_itxt_chunk(key.to_owned(), text.to_owned())
            .map_err(Failure::bug)?;
    }
    let mut writer = encoder.write_header().map_err(Failure::bug)?;
    writer.write_image_data(&opaque).map_err(Failure::bug)?;
    writer.finish().map_err(Failure::bug)?;
    Ok(bytes)
}

/// Draws the pictures within a picture, which are PNG files on top of everything else: for these, resvg would need
/// decoders for other kinds of files.
fn draw_pictures(group: &Group, scale: Transform, pixels: &mut Pixmap) {
    for node in group.children() {
        match node {
            Node::Group(inner) => draw_pictures(inner, scale, pixels),
            Node::Image(image) => {
                if let ImageKind::PNG(file) = image.kind()
                    && let Ok(picture) = Pixmap::decode_png(file)
                {
                    let place = scale.pre_concat(image.abs_transform());
                    let paint = PixmapPaint {
                        quality: FilterQuality::Bicubic,
                        ..PixmapPaint::default()
                    };
                    pixels.draw_pixmap(0, 0, picture.as_ref(), &paint, place, None);
                }
            }
            Node::Path(_) | Node::Text(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\">\
                           <rect width=\"20\" height=\"10\" fill=\"#ffffff\"/>\
                           <rect width=\"10\" height=\"10\" fill=\"#162e51\"/></svg>";

    #[test]
    fn a_picture_has_the_requested_width_and_its_metadata() {
        for width in [1, 40, 333] {
            let bytes = png(PICTURE, width, "Title – año", "What it shows").unwrap();
            let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes))
                .read_info()
                .unwrap();
            let info = reader.info();
            assert_eq!(info.width, width);
            assert_eq!(info.height, (width as f32 / 2.0).round().max(1.0) as u32);
            let texts: Vec<(String, String)> = info
                .utf8_text
                .iter()
                .map(|chunk| (chunk.keyword.clone(), chunk.get_text().unwrap()))
                .collect();
            assert_eq!(texts[0], ("Title".to_owned(), "Title – año".to_owned()));
            assert_eq!(texts[1].1, "What it shows");
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut pixels).unwrap();
            if width == 40 {
                assert_eq!(pixels[..3], [0x16, 0x2e, 0x51]);
                assert_eq!(pixels[39 * 3..40 * 3], [255, 255, 255]);
            }
        }
    }

    #[test]
    fn a_width_that_exceeds_memory_is_an_error() {
        for width in [0, u32::MAX] {
            assert!(png(PICTURE, width, "", "").is_err());
        }
    }
}
