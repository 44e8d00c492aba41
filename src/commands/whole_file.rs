//! Files that appear complete or not at all: written next to their final place under another name, then renamed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::{Failure, Outcome};

/// The folder for what isn't for release, in the folder of the sheets.
pub(super) const INTERNAL_FOLDER: &str = "internal";

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Readers {
    All,
    Owner,
}

/// Creates a folder that nobody but the user may enter, from its first moment on, in ordinary folders. Closes an
/// existing one.
#[cfg(unix)]
fn make_closed(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    const OWNER_ALONE: u32 = 0o700;
    if let Some(outer) = folder.parent() {
        fs::create_dir_all(outer)?;
    }
    match fs::DirBuilder::new().mode(OWNER_ALONE).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::set_permissions(folder, fs::Permissions::from_mode(OWNER_ALONE))
        }
        made => made,
    }
}

/// On other systems, a folder has the permissions of its parent.
#[cfg(not(unix))]
fn make_closed(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// A file that is being written.
pub(super) struct WholeFile {
    file: NamedTempFile,
    path: PathBuf,
}

impl WholeFile {
    /// Creates a file, and its folder if it doesn't exist.
    pub(super) fn begin(path: &Path) -> Outcome<Self> {
        WholeFile::begin_for(path, Readers::All)
    }

    /// Creates a file that only the user may read; if its folder is created, only the user may enter it.
    pub(super) fn begin_internal(path: &Path) -> Outcome<Self> {
        WholeFile::begin_for(path, Readers::Owner)
    }

    fn begin_for(path: &Path, readers: Readers) -> Outcome<Self> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let is_closed =
            readers == Readers::Owner && (!folder.is_dir() || folder.ends_with(INTERNAL_FOLDER));
        let made = match is_closed {
            true => make_closed(folder),
            false => fs::create_dir_all(folder),
        };
        made.map_err(|error| Failure::io("make the folder", folder, &error))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".hotline-profile-");
        // Readable for everyone whom the user's umask allows; otherwise, like temporary files, only for the user.
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

/// Writes a complete file.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Outcome<()> {
    write_numbers(path, bytes, false)
}

/// Writes a complete file of numbers; if they are internal, only the user may read it.
pub(super) fn write_numbers(path: &Path, bytes: &[u8], are_internal: bool) -> Outcome<()> {
    let mut file = match are_internal {
        true => WholeFile::begin_internal(path)?,
        false => WholeFile::begin(path)?,
    };
    file.write_all(bytes)
        .map_err(|error| Failure::io("write", path, &error))?;
    file.finish()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    /// The permissions of a file or a folder.
    fn mode(path: &Path) -> Option<u32> {
        let about = fs::symlink_metadata(path).ok()?;
        Some(about.permissions().mode() & 0o777)
    }

    /// Somebody who keeps looking never sees it open.
    #[test]
    fn the_internal_folder_is_private_from_the_start() {
        let place = tempfile::tempdir().unwrap();
        let folder = |number: usize| place.path().join(number.to_string()).join(INTERNAL_FOLDER);
        let folders: Vec<PathBuf> = (0..400).map(folder).collect();
        let is_done = AtomicBool::new(false);
        let open = std::thread::scope(|scope| {
            let watch = || {
                let mut open = Vec::new();
                let mut next = 0;
                while next < folders.len() && !is_done.load(Ordering::Relaxed) {
                    match mode(&folders[next]) {
                        Some(0o700) => next += 1,
                        Some(mode) => open.push(mode),
                        None => {}
                    }
                }
                open
            };
            let watcher = scope.spawn(watch);
            for folder in &folders {
                WholeFile::begin_internal(&folder.join("rejects.csv")).unwrap();
            }
            is_done.store(true, Ordering::Relaxed);
            watcher.join().unwrap()
        });
        assert!(open.is_empty(), "{open:?}");
        assert!(folders.iter().all(|folder| mode(folder) == Some(0o700)));
        // What it is in is as usual, and an open one is closed.
        let usual = place.path().join("usual");
        fs::create_dir(&usual).unwrap();
        assert_eq!(mode(folders[0].parent().unwrap()), mode(&usual));
        fs::set_permissions(&folders[0], fs::Permissions::from_mode(0o755)).unwrap();
        let file = WholeFile::begin_internal(&folders[0].join("rejects.csv")).unwrap();
        assert_eq!(mode(file.file.path()), Some(0o600));
        assert_eq!(mode(&folders[0]), Some(0o700));
    }
}
