//! Files that appear whole or not at all: written beside their place under another name, then renamed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::{Failure, Outcome};

/// A file that is being written.
pub(super) struct WholeFile {
    file: NamedTempFile,
    path: PathBuf,
}

impl WholeFile {
    /// Begins a file; its folder is made if it is not there.
    pub(super) fn begin(path: &Path) -> Outcome<Self> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder)
            .map_err(|error| Failure::io("make the folder", folder, &error))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".hotline-profile-");
        // Readable by whom the user's umask lets read, not only by the user.
        #[cfg(unix)]
        {
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
    let mut file = WholeFile::begin(path)?;
    file.write_all(bytes)
        .map_err(|error| Failure::io("write", path, &error))?;
    file.finish()
}
