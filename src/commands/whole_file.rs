//! Files that appear whole or not at all: written beside their place under another name, then renamed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::{Failure, Outcome};

/// The folder of what is not for release, in that of the sheets.
pub(super) const INTERNAL_FOLDER: &str = "internal";

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Readers {
    All,
    Owner,
}

/// Lets nobody but the user into a folder.
#[cfg(unix)]
fn close(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

/// Elsewhere a folder has the rights of that which it is in.
#[cfg(not(unix))]
fn close(_: &Path) -> io::Result<()> {
    Ok(())
}

/// A file that is being written.
pub(super) struct WholeFile {
    file: NamedTempFile,
    path: PathBuf,
}

impl WholeFile {
    /// Begins a file; its folder is made if it is not there.
    pub(super) fn begin(path: &Path) -> Outcome<Self> {
        WholeFile::begin_for(path, Readers::All)
    }

    /// Begins a file that only the user may read, in a folder that, if it is made, only the user may enter.
    pub(super) fn begin_internal(path: &Path) -> Outcome<Self> {
        WholeFile::begin_for(path, Readers::Owner)
    }

    fn begin_for(path: &Path, readers: Readers) -> Outcome<Self> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let is_new = !folder.is_dir();
        fs::create_dir_all(folder)
            .map_err(|error| Failure::io("make the folder", folder, &error))?;
        if readers == Readers::Owner && (is_new || folder.ends_with(INTERNAL_FOLDER)) {
            close(folder).map_err(|error| Failure::io("close the folder", folder, &error))?;
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".hotline-profile-");
        // Readable by whom the user's umask lets read; else, as temporary files are, by the user alone.
        #[cfg(unix)]
        if readers == Readers::All {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let file = builder
            .tempfile_in(folder)
            .map_err(|error| Failure::io("write into the folder", folder, &error))?;
        Ok(WholeFile {
            file,
            path: path.to_owned(),
        })
    }

    /// Puts the file in its place.
    pub(super) fn finish(self) -> Outcome<()> {
        self.file
            .persist(&self.path)
            .map(|_| ())
            .map_err(|error| Failure::io("write", &self.path, &error.error))
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Writes a file in one go.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Outcome<()> {
    write_numbers(path, bytes, false)
}

/// Writes a file of numbers in one go; if they are internal, only the user may read it.
pub(super) fn write_numbers(path: &Path, bytes: &[u8], are_internal: bool) -> Outcome<()> {
    let mut file = match are_internal {
        true => WholeFile::begin_internal(path)?,
        false => WholeFile::begin(path)?,
    };
    file.write_all(bytes)
        .map_err(|error| Failure::io("write", path, &error))?;
    file.finish()
}
