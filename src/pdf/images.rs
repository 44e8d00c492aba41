//! Pictures in pixels: image dictionaries that the pages refer to (ISO 32000-1, 8.9.5).

use lopdf::{Document, Object, Stream, dictionary};
use printpdf::{CurTransMat, DictItem, Op};

use super::resources;
use crate::drawing::{Colour, Raster};
use crate::press::Inks;

/// A picture that the pages show.
struct Image {
    raster: Raster,
    channels: Channels,
}

/// How the color of a pixel is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channels {
    Rgb,
    Gray,
    /// Inks, of colors that are gray if requested.
    Inks {
        gray: bool,
    },
}

/// All pictures in a file, each once.
#[derive(Default)]
pub(super) struct Images(Vec<Image>);

impl Images {
    /// Shows a picture in a rectangle, given by its lower left corner, width and height in points.
    pub(super) fn show(
        &mut self,
        raster: &Raster,
        channels: Channels,
        [x, y, width, height]: [f32; 4],
        operators: &mut Vec<Op>,
    ) {
        let is_it = |image: &Image| image.raster == *raster && image.channels == channels;
        let number = self.0.iter().position(is_it).unwrap_or_else(|| {
            self.0.push(Image {
                raster: raster.clone(),
                channels,
            });
            self.0.len() - 1
        });
        operators.extend([
            Op::SaveGraphicsState,
            Op::SetTransformationMatrix {
                matrix: CurTransMat::Raw([width, 0.0, 0.0, height, x, y]),
            },
            Op::Unknown {
                key: "Do".to_owned(),
                value: vec![DictItem::Name(name(number).into_bytes())],
            },
            Op::RestoreGraphicsState,
        ]);
    }

    /// Adds the pictures to the resources of every page.
    pub(super) fn add(&self, document: &mut Document) {
        if self.0.is_empty() {
            return;
        }
        let mut images = lopdf::Dictionary::new();
        for (number, image) in self.0.iter().enumerate() {
            images.set(name(number), document.add_object(stream(image)));
        }
        resources::set_on_each_page(document, "XObject", &images);
    }
}

/// A picture's name in a page's resources.
fn name(number: usize) -> String {
    format!("Image{number}")
}

fn stream(image: &Image) -> Stream {
    let Raster {
        width,
        height,
        pixels,
    } = &image.raster;
    let (space, content): (&str, Vec<u8>) = match image.channels {
        Channels::Rgb => {
            let parts = pixels.iter().flat_map(|it| [it.red, it.green, it.blue]);
            ("DeviceRGB", parts.collect())
        }
        Channels::Gray => (
            "DeviceGray",
            pixels.iter().map(|it| it.gray().red).collect(),
        ),
        Channels::Inks { gray } => ("DeviceCMYK", inks(pixels, gray)),
    };
    let dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(*width),
        "Height" => i64::from(*height),
        "BitsPerComponent" => 8,
        "ColorSpace" => Object::Name(space.into()),
    };
    Stream::new(dictionary, content)
}

/// The pixels as inks; neighbors often have the same color.
fn inks(pixels: &[Colour], gray: bool) -> Vec<u8> {
    let mut last: Option<(Colour, [u8; 4])> = None;
    let mut bytes = Vec::with_capacity(4 * pixels.len());
    for &pixel in pixels {
        let of_pixel = match last {
            Some((colour, inks)) if colour == pixel => inks,
            _ => {
                let inks = Inks::of_area(if gray { pixel.gray() } else { pixel });
                let parts = [inks.cyan, inks.magenta, inks.yellow, inks.black];
                parts.map(|percent| (percent * 2.55).round() as u8)
            }
        };
        last = Some((pixel, of_pixel));
        bytes.extend(of_pixel);
    }
    bytes
}
