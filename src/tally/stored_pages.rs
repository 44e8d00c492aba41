//! Any number of pages of ids: memory keeps two or three bytes for each.

use std::io::{self, Read, SeekFrom};
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

use super::paged_id::Page;
use crate::read::Scratch;

/// What is known about the ids on a page; by default, nothing about any.
pub(super) trait Known: Copy + Default {
    /// Its size in a file, in bytes.
    const BYTES: usize;

    /// Appends it to a buffer.
    fn write(self, out: &mut Vec<u8>);

    /// Reads it from as many bytes.
    fn read(bytes: &[u8]) -> Self;

    /// What either one knows: about an id that both know, they know the same.
    fn with(self, other: Self) -> Self;
}

/// Pages with what is known about them, in a file that doesn't change any more.
///
/// For nearly all other pages, a filter in memory says that they aren't there. For the rest, a block of the file is
/// read: it decides, so that no id is taken for another.
pub(super) struct StoredPages<T> {
    file: Mutex<Box<dyn Scratch>>,
    filter: Filter,
    /// The position of the first page in each block.
    blocks: Vec<u64>,
    known: PhantomData<T>,
}

/// Bytes of a page's two numbers in the file, before what is known about it.
const NUMBERS: usize = 16;
/// Pages in a block.
const BLOCK: usize = 64;
/// Parts that are sorted one after the other, to save memory.
const PARTS: u64 = 32;

impl<T: Known> StoredPages<T> {
    /// Writes pages, each of which occurs once, to an empty file.
    ///
    /// # Errors
    /// If the file can't be written.
    pub(super) fn write(
        mut file: Box<dyn Scratch>,
        pages: impl Iterator<Item = (Page, T)> + Clone,
        count: usize,
    ) -> io::Result<Self> {
        let mut filter = Filter::of(count);
        let mut blocks = Vec::with_capacity(count / BLOCK + 1);
        let mut written = 0;
        let mut out = Vec::new();
        for part in 0..PARTS {
            let in_part = |page: &Page| page.mixed() / (u64::MAX / PARTS + 1) == part;
            let mut sorted: Vec<(u64, Page, T)> = pages
                .clone()
                .filter(|(page, _)| in_part(page))
                .map(|(page, known)| (page.mixed(), page, known))
                .collect();
            sorted.sort_unstable_by_key(|(place, ..)| *place);
            out.clear();
            for (place, page, known) in sorted {
                filter.add(place);
                if written % BLOCK == 0 {
                    blocks.push(place);
                }
                written += 1;
                out.extend_from_slice(&page.bytes());
                known.write(&mut out);
            }
            file.write_all(&out)?;
        }
        file.flush()?;
        Ok(StoredPages {
            file: Mutex::new(file),
            filter,
            blocks,
            known: PhantomData,
        })
    }

    /// What is known about a page; nothing if it isn't there.
    ///
    /// # Errors
    /// If the file can't be read.
    pub(super) fn get(&self, page: Page) -> io::Result<T> {
        let place = page.mixed();
        if !self.filter.may_have(place) {
            return Ok(T::default());
        }
        // If blocks begin at the position itself, the previous one may also have pages for it.
        let first = self.blocks.partition_point(|begin| *begin < place);
        let last = self.blocks.partition_point(|begin| *begin <= place);
        let numbers = page.bytes();
        for block in first.saturating_sub(1)..last {
            let entries = self.read_block(block)?;
            let mut entries = entries.chunks_exact(NUMBERS + T::BYTES);
            if let Some(entry) = entries.find(|entry| entry.starts_with(&numbers)) {
                return Ok(T::read(&entry[NUMBERS..]));
            }
        }
        Ok(T::default())
    }

    fn read_block(&self, block: usize) -> io::Result<Vec<u8>> {
        let size = BLOCK * (NUMBERS + T::BYTES);
        let mut bytes = Vec::with_capacity(size);
        // Nothing panics between a seek and the following read.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start((block * size) as u64))?;
        Read::take(&mut *file, size as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Says that a position isn't there, or may be: out of a hundred that aren't, it is wrong about one.
struct Filter(Vec<u64>);

/// The average number of positions that share a word of the filter.
const IN_WORD: usize = 4;

impl Filter {
    fn of(count: usize) -> Self {
        Filter(vec![0; count / IN_WORD + 1])
    }

    fn add(&mut self, place: u64) {
        let (word, mask) = self.word(place);
        self.0[word] |= mask;
    }

    fn may_have(&self, place: u64) -> bool {
        let (word, mask) = self.word(place);
        self.0[word] & mask == mask
    }

    /// The word for a position, from its upper half, and five of its bits, from the lower half.
    fn word(&self, place: u64) -> (usize, u64) {
        let word = (u128::from(place) * self.0.len() as u128) >> 64;
        let bits = (0..5).map(|index| 1_u64 << (place >> (6 * index) & 63));
        (word as usize, bits.fold(0, |mask, bit| mask | bit))
    }
}
