//! Shows on the terminal how much of a large file has been read.

use std::io::{self, Read};

use indicatif::{ProgressBar, ProgressStyle};

/// Bytes of a file that are read before anything is shown: at most what a second takes.
const SOON_READ: u64 = 64 << 20;

/// A file that shows how much of it has been read; shows nothing if standard error isn't a terminal, or if the file
/// is read quickly.
pub(super) struct Reading<R> {
    file: R,
    /// The size of the file in bytes, if it is known in advance.
    size: Option<u64>,
    read: u64,
    bar: Option<ProgressBar>,
}

impl<R> Reading<R> {
    pub(super) fn of(file: R, size: Option<u64>) -> Self {
        Reading {
            file,
            size,
            read: 0,
            bar: None,
        }
    }
}

impl<R: Read> Read for Reading<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.read += count as u64;
        if self.read >= SOON_READ {
            let bar = self.bar.get_or_insert_with(|| bar(self.size));
            bar.set_position(self.read);
        }
        Ok(count)
    }
}

impl<R> Drop for Reading<R> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Hides itself if standard error isn't a terminal.
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
