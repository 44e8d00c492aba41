//! What is known about ids, by page: in memory and, above a limit, in files.

use std::io;
use std::sync::OnceLock;

use ahash::AHashMap;

use super::paged_id::Page;
use super::stored_pages::{Known, StoredPages};
use crate::failure::{Failure, Outcome};
use crate::read::Limits;

/// What is known about the ids on each page.
///
/// If there is room elsewhere, memory only keeps as many pages as a limit says. For the others, whose files don't
/// change any more, it keeps two or three bytes each. A page may be in memory and in several files, each of which
/// knows some of its ids.
#[derive(Default)]
pub(super) struct Pages<T> {
    here: AHashMap<Page, T>,
    stored: Vec<StoredPages<T>>,
    limits: Limits,
    /// Why pages couldn't be stored or found.
    failed: OnceLock<io::Error>,
}

impl<T: Known> Pages<T> {
    pub(super) fn with(limits: Limits) -> Self {
        Pages {
            limits,
            ..Pages::default()
        }
    }

    /// The page in memory, with what only memory knows about it.
    pub(super) fn here(&mut self) -> &mut AHashMap<Page, T> {
        &mut self.here
    }

    /// What memory and the files know about a page.
    pub(super) fn all(&self, page: Page) -> T {
        let here = self.here.get(&page).copied().unwrap_or_default();
        here.with(self.elsewhere(page))
    }

    /// What files know about a page.
    pub(super) fn elsewhere(&self, page: Page) -> T {
        let mut all = T::default();
        for stored in &self.stored {
            match stored.get(page) {
                Ok(known) => all = all.with(known),
                Err(error) => self.fail(error),
            }
        }
        all
    }

    /// Whether files know about any page.
    pub(super) fn are_elsewhere(&self) -> bool {
        !self.stored.is_empty()
    }

    /// Moves the pages in memory to a file once there are as many as the limit allows.
    pub(super) fn make_room(&mut self) {
        if self.here.len() >= self.limits.most_ids
            && let Some(scratch) = self.limits.scratch
            && self.failed.get().is_none()
        {
            let pages = self.here.iter().map(|(page, known)| (*page, *known));
            let stored =
                scratch().and_then(|file| StoredPages::write(file, pages, self.here.len()));
            match stored {
                Ok(stored) => {
                    self.stored.push(stored);
                    self.here.clear();
                }
                Err(error) => self.fail(error),
            }
        }
    }

    fn fail(&self, error: io::Error) {
        // The first error is reported.
        let _ = self.failed.set(error);
    }

    /// Whether all went well.
    ///
    /// # Errors
    /// If pages couldn't be stored or found: what was returned about them since may be wrong.
    pub(super) fn check(&self) -> Outcome<()> {
        match self.failed.get() {
            None => Ok(()),
            Some(error) => Err(Failure::data(format!(
                "can't keep the ids of signals and cases in a temporary file: {error}"
            ))
            .remedy(
                "free up space on the disk, choose another folder for temporary files with the environment variable TMPDIR, or raise \
                 `most-ids` under [limits] in the settings file",
            )),
        }
    }

    /// The number of pages in memory, and the number of files.
    #[cfg(test)]
    pub(super) fn sizes(&self) -> (usize, usize) {
        (self.here.len(), self.stored.len())
    }
}
