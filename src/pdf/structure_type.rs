//! Names of structure types, for the structure tree and for marked content.

use super::conformance::Conformance;
use crate::layout::ElementKind;

/// The name of a structure type (ISO 32000-1, 14.8.4).
pub(super) fn type_name(kind: ElementKind, conformance: Conformance<'_>) -> &'static str {
    match kind {
        ElementKind::Document => "Document",
        ElementKind::Section => "Sect",
        ElementKind::Heading(1) => "H1",
        ElementKind::Heading(2) => "H2",
        ElementKind::Heading(3) => "H3",
        ElementKind::Heading(_) => "H4",
        ElementKind::Paragraph => "P",
        ElementKind::List { .. } => "L",
        ElementKind::ListItem => "LI",
        ElementKind::Label => "Lbl",
        ElementKind::ListBody => "LBody",
        ElementKind::Table => "Table",
        ElementKind::TableRow => "TR",
        ElementKind::HeaderCell(_) => "TH",
        ElementKind::DataCell => "TD",
        ElementKind::Figure => "Figure",
        ElementKind::Caption => "Caption",
        // A link without an annotation isn't one.
        ElementKind::Link if conformance.is_for_print_shop() => "Span",
        ElementKind::Link => "Link",
        ElementKind::Span => "Span",
    }
}
