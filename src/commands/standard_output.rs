//! Standard output. If its reader is gone, as in `hotline-profile sample | head`, that isn't an error.

use std::io::{self, StdoutLock, Write};

use serde_json::Value;

use crate::cli::{ReportFormat, ReportOptions};
use crate::failure::{Failure, Outcome};

/// Prints a result.
pub(super) fn print(text: &str) -> Outcome<()> {
    let mut out = StandardOutput::lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        Err(error) if !out.reader_is_gone => Err(Failure::data(format!(
            "can't write to standard output: {}",
            Failure::reason(&error)
        ))
        .remedy("check whether the disk is full, or write somewhere else")),
        _ => Ok(()),
    }
}

/// Prints a report in the requested format: as JSON or as text.
pub(super) fn print_report(
    options: ReportOptions,
    json: impl FnOnce() -> Value,
    text: impl FnOnce() -> String,
) -> Outcome<()> {
    print(&match options.format {
        ReportFormat::Json => format!("{:#}\n", json()),
        ReportFormat::Table => text(),
    })
}

/// Remembers whether writing failed only because nobody reads any more.
pub(super) struct StandardOutput {
    out: StdoutLock<'static>,
    pub(super) reader_is_gone: bool,
}

impl StandardOutput {
    pub(super) fn lock() -> Self {
        StandardOutput {
            out: io::stdout().lock(),
            reader_is_gone: false,
        }
    }

    fn note<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result {
            self.reader_is_gone |= error.kind() == io::ErrorKind::BrokenPipe;
        }
        result
    }
}

impl Write for StandardOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.out.write(bytes);
        self.note(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.out.flush();
        self.note(result)
    }
}
