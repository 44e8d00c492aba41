//! The form that was asked for, as the sheet takes it.

use crate::cli;
use crate::make::{self, FileKind, Paper, Portal};
use crate::settings::Settings;
use crate::sheet::Extent;

/// The form that the settings ask for.
pub(super) fn form(settings: &Settings) -> make::Form {
    let asked = &settings.form;
    make::Form {
        paper: match asked.paper {
            None | Some(cli::Paper::Letter) => Paper::Letter,
            Some(cli::Paper::A4) => Paper::A4,
            Some(cli::Paper::Legal) => Paper::Legal,
        },
        extent: extent(asked),
        large_print: asked.large_print,
        two_up: asked.n_up.is_some_and(|pages| pages > 1),
        gray: asked.print.contains(&cli::Print::Bw),
        bleeds: asked.print.contains(&cli::Print::Bleed),
        trend: settings.trend,
        data_page: settings.data_page,
        attach: asked.attach.map(|cli::Portal::GrantsGov| Portal::GrantsGov),
    }
}

/// The kinds of files that the sheet is to become, each once.
pub(super) fn kinds(form: &cli::Form) -> Vec<FileKind> {
    let mut kinds = Vec::new();
    for kind in &form.format {
        let kind = match kind {
            cli::FileFormat::Pdf => FileKind::Pdf,
            cli::FileFormat::Html => FileKind::Html,
        };
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    if kinds.is_empty() {
        kinds.push(FileKind::default());
    }
    kinds
}

/// How much the sheet is to say.
pub(super) fn extent(form: &cli::Form) -> Extent {
    match form.layout {
        Some(cli::LayoutKind::OnePage) => Extent::OnePage,
        _ => Extent::Full,
    }
}
