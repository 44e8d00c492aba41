//! The registration color: on the plate of every ink, so that a print shop can align them (ISO 32000-1, 8.6.6.4).

use lopdf::{Document, Object, dictionary};
use printpdf::{DictItem, Op};

use super::resources;

/// The color space's name in a page's resources.
const SPACE: &str = "All";

/// Sets the stroke color to 100 % of the registration color.
pub(super) fn set_stroke(operators: &mut Vec<Op>) {
    operators.push(Op::SetColorSpaceStroke {
        id: SPACE.to_owned(),
    });
    operators.push(Op::Unknown {
        key: "SCN".to_owned(),
        value: vec![DictItem::Int(1)],
    });
}

/// Adds the color space to the resources of every page.
pub(super) fn add_space(document: &mut Document) {
    let inks = |amount: i64| vec![Object::Integer(amount); 4];
    // How a screen shows it: as all four inks.
    let shown = document.add_object(dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => inks(0),
        "C1" => inks(1),
        "N" => 1,
    });
    let space = document.add_object(vec![
        "Separation".into(),
        "All".into(),
        "DeviceCMYK".into(),
        shown.into(),
    ]);
    resources::set_on_each_page(document, "ColorSpace", &dictionary! { SPACE => space });
}
