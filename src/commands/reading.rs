//! Shows on the terminal how far the reading of a large file has come.

use std::io::{self, Read};

use indicatif::{ProgressBar, ProgressStyle};

use crate::read::Source;

/// Bytes of a file that are read before anything is shown: those of a second at most.
const SOON_READ: u64 = 64 << 20;

/// A source that shows how far it has been read; nothing where standard error is no terminal, and for
/// what is soon read.
pub(super) struct Reading<'s> {
    source: &'s mut Source,
    bar: Option<ProgressBar>,
}

impl<'s> Reading<'s> {
    pub(super) fn of(source: &'s mut Source) -> Self {
        Reading { source, bar: None }
    }
}

impl Read for Reading<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        let read = self.source.bytes_read();
        if read >= SOON_READ {
            let bar = self.bar.get_or_insert_with(|| bar(self.source.size()));
            bar.set_position(read);
        }
        Ok(count)
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Hidden by itself where standard error is no terminal.
fn bar(size: Option<u64>) -> ProgressBar {
    let (bar, template) = match size {
        Some(size) => (
            ProgressBar::new(size),
            "{bar:30} {bytes} of {total_bytes} read, {eta} left",
        ),
        None => (ProgressBar::no_length(), "{spinner} {bytes} read"),
    };
    let style = ProgressStyle::with_template(template);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
