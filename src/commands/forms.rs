//! The form that was asked for: the layout's format, and the words for it in a file's name.

use crate::cli::{Form, LayoutKind, Paper, Print};
use crate::failure::{Failure, Outcome};
use crate::layout::{Format, Grid};
use crate::sheet::Extent;
use crate::theme::Theme;

/// The format that the layout is to keep to, in an agency's fonts and colours where it has any.
///
/// # Errors
/// When the form asks for things that exclude each other.
pub(super) fn format(form: &Form, theme: &Theme) -> Outcome<Format> {
    let two_up = form.n_up.is_some_and(|pages| pages > 1);
    let paper = form.paper.unwrap_or(Paper::Letter);
    let bleeds = form.print.contains(&Print::Bleed);
    for (one, is_one, other, is_other) in [
        ("--n-up", two_up, "--print bleed", bleeds),
        ("--n-up", two_up, "--large-print", form.large_print),
        (
            "--layout one-page",
            extent(form) == Extent::OnePage,
            "--large-print",
            form.large_print,
        ),
        ("--attach", form.attach.is_some(), "--n-up", two_up),
        ("--attach", form.attach.is_some(), "--print bleed", bleeds),
        (
            "--attach",
            form.attach.is_some(),
            "other paper than letter",
            paper != Paper::Letter,
        ),
    ] {
        if is_one && is_other {
            return Err(Failure::usage(format!("{one} does not go with {other}"))
                .remedy("build two sheets, one with each"));
        }
    }
    let mut format = Format::on(match paper {
        Paper::Letter => Grid::LETTER,
        Paper::A4 => Grid::A4,
        Paper::Legal => Grid::LEGAL,
    });
    if two_up {
        format = format.in_pairs();
    }
    format = format
        .narrowed(theme.faces.narrowing())
        .in_colours(&theme.palette);
    if form.large_print {
        format = format.in_large_print();
    }
    for print in &form.print {
        format = match print {
            Print::Bw => format.in_gray(),
            Print::Bleed => format.with_bleed(),
        };
    }
    Ok(format)
}

/// How much the sheet is to say.
pub(super) fn extent(form: &Form) -> Extent {
    match form.layout {
        Some(LayoutKind::OnePage) => Extent::OnePage,
        _ => Extent::Full,
    }
}

/// What a file's name says of its form, so that one form doesn't take the place of another:
/// `-large-bw`; nothing for the usual form, and nothing of paper.
pub(super) fn suffix(form: &Form) -> String {
    [
        (extent(form) == Extent::OnePage, "-1page"),
        (form.n_up.is_some_and(|pages| pages > 1), "-2up"),
        (form.large_print, "-large"),
        (form.print.contains(&Print::Bw), "-bw"),
        (form.print.contains(&Print::Bleed), "-bleed"),
    ]
    .into_iter()
    .filter_map(|(is_so, words)| is_so.then_some(words))
    .collect()
}
