//! A theme's file, and the files that it names.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use toml::Spanned;

use crate::failure::{Failure, Outcome, Position};

/// Maximum size of a logo or font in bytes; the largest fonts, which are Chinese, have 20 million.
pub(super) const LARGEST_FILE: u64 = 32 << 20;

/// The bytes of a file that a theme names.
pub(super) type Named<'a> = &'a dyn Fn(&str) -> Outcome<Vec<u8>>;

/// The theme file, for the positions of errors and for the files that it names.
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
    pub(super) named: Named<'a>,
}

impl Source<'_> {
    pub(super) fn at<T>(&self, value: &Spanned<T>, failure: Failure) -> Failure {
        failure.at(Position::in_text(self.file, self.text, value.span().start))
    }

    /// A file that the theme names.
    pub(super) fn read(&self, named: &Spanned<String>) -> Outcome<Vec<u8>> {
        (self.named)(named.get_ref()).map_err(|failure| self.at(named, failure))
    }
}

/// A file with a path relative to a theme's folder.
pub(super) fn beside(theme: &Path, named: &str) -> Outcome<Vec<u8>> {
    let folder = theme.parent().unwrap_or(Path::new(""));
    let path = folder.join(named);
    let can_not_read = |error: io::Error| {
        let reason = Failure::reason(&error);
        Failure::data(format!("can't read {}: {reason}", path.display()))
            .remedy("write the path as it is from the theme's folder")
    };
    // A device or a pipe may have no end, or never start.
    if !fs::metadata(&path).map_err(can_not_read)?.is_file() {
        return Err(Failure::data(format!("{} isn't a file", path.display()))
            .remedy("name a file that holds the logo or the font"));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(&path).map_err(can_not_read)?;
    file.take(LARGEST_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(can_not_read)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(Failure::data(format!(
            "{} has more than {LARGEST_FILE} bytes",
            path.display()
        ))
        .remedy("use a smaller one: it becomes part of every sheet"));
    }
    Ok(bytes)
}
