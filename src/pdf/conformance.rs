//! The standards that a file conforms to, which decide how colors, links and structure are written.

use crate::press::Condition;

/// What a file conforms to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Conformance<'a> {
    /// PDF/UA-1 and PDF/A-2a (ISO 14289-1, ISO 19005-2), of PDF 1.7.
    Ua1,
    /// PDF/UA-2 and PDF/A-4 (ISO 14289-2, ISO 19005-4), of PDF 2.0.
    Ua2,
    /// PDF/X-4 (ISO 15930-7) for a printing condition, based on PDF 1.6. It is tagged, too, and has no links:
    /// annotations aren't allowed on the printed page. It doesn't conform to PDF/A, which would require colors for a
    /// screen.
    PrintShop(&'a Condition),
}

impl Conformance<'_> {
    pub(super) fn is_for_print_shop(self) -> bool {
        matches!(self, Conformance::PrintShop(_))
    }

    pub(super) fn pdf_version(self) -> &'static str {
        match self {
            Conformance::Ua1 => "1.7",
            Conformance::Ua2 => "2.0",
            Conformance::PrintShop(_) => "1.6",
        }
    }
}
