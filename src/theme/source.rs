//! A theme's file, and the files that it names.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use toml::Spanned;

use crate::failure::{Failure, Outcome, Position};

/// Bytes that a logo or a font may have; the largest fonts, those of Chinese, have 20 million.
pub(super) const LARGEST_FILE: u64 = 32 << 20;

/// The theme file, for the positions of errors and for the files that it names.
pub(super) struct Source<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl Source<'_> {
    pub(super) fn at<T>(&self, value: &Spanned<T>, failure: Failure) -> Failure {
        let name = self.path.display().to_string();
        failure.at(Position::in_text(name, self.text, value.span().start))
    }

    /// A file that the theme names; its path begins at the theme's folder.
    pub(super) fn read(&self, named: &Spanned<String>) -> Outcome<Vec<u8>> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let path = folder.join(named.get_ref());
        let fault = |what: String| self.at(named, Failure::data(what));
        let can_not_read = |error: io::Error| {
            let reason = Failure::reason(&error);
            fault(format!("can't read {}: {reason}", path.display()))
                .remedy("write the path as it is from the theme's folder")
        };
        // A device or a pipe may have no end, or never begin.
        if !fs::metadata(&path).map_err(can_not_read)?.is_file() {
            return Err(fault(format!("{} is no file", path.display()))
                .remedy("name a logo or a font in a file of its own"));
        }
        let mut bytes = Vec::new();
        let file = fs::File::open(&path).map_err(can_not_read)?;
        file.take(LARGEST_FILE + 1)
            .read_to_end(&mut bytes)
            .map_err(can_not_read)?;
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(fault(format!(
                "{} has more than {LARGEST_FILE} bytes",
                path.display()
            ))
            .remedy("take a smaller one: it becomes part of every sheet"));
        }
        Ok(bytes)
    }
}
