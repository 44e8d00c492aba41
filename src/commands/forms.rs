//! The form that was asked for: the layout's format, and the words for it in a file's name.

use crate::cli::{Form, Paper, Print};
use crate::layout::{Format, Grid, Palette};

/// The format that the layout is to keep to, in an agency's colours where the form has any.
pub(super) fn format(form: &Form, palette: &Palette) -> Format {
    let mut format = Format::on(match form.paper.unwrap_or(Paper::Letter) {
        Paper::Letter => Grid::LETTER,
        Paper::A4 => Grid::A4,
        Paper::Legal => Grid::LEGAL,
    })
    .in_colours(palette);
    if form.large_print {
        format = format.in_large_print();
    }
    for print in &form.print {
        format = match print {
            Print::Bw => format.in_gray(),
            Print::Bleed => format.with_bleed(),
        };
    }
    format
}

/// What a file's name says of its form, so that one form doesn't take the place of another:
/// `-large-bw`; nothing for the usual form, and nothing of paper.
pub(super) fn suffix(form: &Form) -> String {
    let mut words = Vec::new();
    if form.large_print {
        words.push("-large");
    }
    if form.print.contains(&Print::Bw) {
        words.push("-bw");
    }
    if form.print.contains(&Print::Bleed) {
        words.push("-bleed");
    }
    words.concat()
}
