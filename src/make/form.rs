//! The form of a sheet: paper, print, how much it says, and the words for it in a file name.

use super::numbers::Additions;
use crate::failure::{Failure, Outcome};
use crate::layout::{Format, Grid};
use crate::pdf::Conformance;
use crate::sheet::Extent;
use crate::theme::Theme;

/// Paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 8.5 × 11 inches
    #[default]
    Letter,
    /// 210 × 297 millimeters
    A4,
    /// 8.5 × 14 inches
    Legal,
}

/// The standards for accessible files that a PDF conforms to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standard {
    /// PDF/UA-1 and PDF/A-2a, which today's programs read
    #[default]
    Ua1,
    /// PDF/UA-2 and PDF/A-4, of PDF 2.0
    Ua2,
}

/// A portal for grant applications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portal {
    /// Grants.gov
    GrantsGov,
}

/// The form of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The size of its pages.
    pub paper: Paper,
    /// How much it says.
    pub extent: Extent,
    /// Body text of 18 points, in one column, on as many pages as it takes.
    pub large_print: bool,
    /// Two pages side by side on one sheet of paper.
    pub two_up: bool,
    /// Without color, for an office printer.
    pub gray: bool,
    /// An eighth of an inch beyond the edge on every side, with crop marks, for a print shop.
    pub bleeds: bool,
    /// The standard of its PDF; one for a print shop conforms to PDF/X-4 instead of PDF/A.
    pub standard: Standard,
    /// The optional parts that are requested.
    pub additions: Additions,
    /// Whether a page of tables follows, with the numbers behind the charts and the map.
    pub data_page: bool,
    /// If it is to be attached to an application, the portal whose rules it must meet.
    pub attach: Option<Portal>,
}

impl Form {
    /// # Errors
    /// If the form asks for things that exclude each other.
    pub(super) fn check(&self) -> Outcome<()> {
        let one_page = self.extent == Extent::OnePage;
        let attach = self.attach.is_some();
        let ua2 = self.standard == Standard::Ua2;
        let other_paper = self.paper != Paper::Letter;
        for (one, is_one, other, is_other) in [
            ("two pages side by side", self.two_up, "bleed", self.bleeds),
            (
                "two pages side by side",
                self.two_up,
                "large print",
                self.large_print,
            ),
            ("one page", one_page, "large print", self.large_print),
            (
                "an attachment",
                attach,
                "two pages side by side",
                self.two_up,
            ),
            ("an attachment", attach, "bleed", self.bleeds),
            ("PDF/UA-2", ua2, "bleed", self.bleeds),
            (
                "an attachment",
                attach,
                "other paper than letter",
                other_paper,
            ),
        ] {
            if is_one && is_other {
                return Err(
                    Failure::usage(format!("{one} can't be combined with {other}"))
                        .remedy("build two sheets, one with each"),
                );
            }
        }
        Ok(())
    }

    /// The purpose of its PDF.
    pub(super) fn conformance<'a>(&self, theme: &'a Theme) -> Conformance<'a> {
        match (self.bleeds, self.standard) {
            (true, _) => Conformance::PrintShop(&theme.press),
            (false, Standard::Ua1) => Conformance::Ua1,
            (false, Standard::Ua2) => Conformance::Ua2,
        }
    }

    /// The format that the layout must follow, in an agency's fonts and colors if it has any.
    pub(super) fn format(&self, theme: &Theme) -> Format {
        let mut format = Format::on(match self.paper {
            Paper::Letter => Grid::LETTER,
            Paper::A4 => Grid::A4,
            Paper::Legal => Grid::LEGAL,
        });
        if self.two_up {
            format = format.in_pairs();
        }
        format = format
            .narrowed(theme.faces.narrowing())
            .in_colours(&theme.palette);
        if self.large_print {
            format = format.in_large_print();
        }
        if self.gray {
            format = format.in_gray();
        }
        if self.bleeds {
            format = format.with_bleed();
        }
        format
    }
}
