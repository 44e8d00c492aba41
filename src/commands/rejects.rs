//! The file of rejected rows. It appears, complete, when the command that wrote it is done. Until then, a file from
//! an earlier run stays as it was.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::whole_file::WholeFile;
use crate::failure::{Failure, Outcome, Position};
use crate::make::Input;
use crate::report::INTERNAL_MARK;

/// Where rejected rows go.
pub(super) struct Rejects {
    /// `None`: they are only counted.
    path: Option<PathBuf>,
    /// Created with the first row.
    file: Option<BufWriter<WholeFile>>,
    /// Why they couldn't be written, with the file's name.
    failure: Option<Failure>,
}

impl Rejects {
    /// To a file, which must not be one of the data files: rejected rows replace the file from an earlier run.
    ///
    /// # Errors
    /// If it is one of the data files.
    pub(super) fn to(path: Option<&Path>, data: &[Input]) -> Outcome<Self> {
        let there = path.and_then(|path| path.canonicalize().ok());
        let is_there = |input: &&Input| {
            let path = Path::new(input.name()).canonicalize();
            there.is_some() && path.ok() == there
        };
        if let Some(input) = data.iter().find(is_there) {
            return Err(
                Failure::data("the rejected rows would overwrite this data file")
                    .at(Position::file(input.name()))
                    .remedy("choose another file for them with --rejects FILE"),
            );
        }
        Ok(Rejects {
            path: path.map(Path::to_owned),
            file: None,
            failure: None,
        })
    }

    /// Says where the rejected rows are.
    pub(super) fn place(&self) -> String {
        match &self.path {
            Some(path) => format!("they are in {} (internal data)", path.display()),
            None => "write them out with --rejects FILE".to_owned(),
        }
    }

    /// The result of writing the rows, with the reason if they couldn't be written.
    pub(super) fn explain<T>(&mut self, outcome: Outcome<T>) -> Outcome<T> {
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => outcome,
        }
    }

    /// Puts the file in its place. If there were no rows, it removes the file from an earlier run, which would be
    /// taken for this one's.
    ///
    /// # Errors
    /// If it can't be written or removed.
    pub(super) fn finish(self) -> Outcome<()> {
        let Some(path) = self.path else {
            return Ok(());
        };
        match self.file {
            Some(file) => file
                .into_inner()
                .map_err(|error| Failure::io("write", &path, error.error()))?
                .finish(),
            None if path.is_file() => {
                fs::remove_file(&path).map_err(|error| Failure::io("remove", &path, &error))
            }
            None => Ok(()),
        }
    }

    /// Creates the file, if there is to be one.
    fn begun(&mut self) -> Outcome<Option<&mut BufWriter<WholeFile>>> {
        if self.file.is_none()
            && let Some(path) = &self.path
        {
            let mut file = BufWriter::new(WholeFile::begin_internal(path)?);
            writeln!(file, "{INTERNAL_MARK}")
                .map_err(|error| Failure::io("write", path, &error))?;
            self.file = Some(file);
        }
        Ok(self.file.as_mut())
    }
}

impl Write for Rejects {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.begun() {
            Ok(Some(file)) => file.write(bytes),
            Ok(None) => Ok(bytes.len()),
            Err(failure) => {
                self.failure = Some(failure);
                Err(io::Error::other("can't start the file"))
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.file {
            Some(file) => file.flush(),
            None => Ok(()),
        }
    }
}
