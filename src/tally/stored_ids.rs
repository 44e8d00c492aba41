//! Ids of signals that were seen, in files of any size: memory holds two or three bytes of each.

use std::io::{self, SeekFrom};

use super::paged_id::Page;
use crate::read::Scratch;

/// Pages of ids with a bit for each id, in a file that doesn't change any more.
///
/// A filter in memory says of nearly all other pages that they aren't there. For the rest, a block of the file is
/// read: it decides, so that no id is taken for another.
pub(super) struct StoredIds {
    file: Box<dyn Scratch>,
    filter: Filter,
    /// The place of the first page of each block.
    blocks: Vec<u64>,
    /// For its memory.
    block: Vec<u8>,
}

/// Bytes of a page in the file: its two numbers, and its bits.
const ENTRY: usize = 24;
/// Pages of a block.
const BLOCK: usize = 64;
/// Parts that are sorted one after the other, so that little memory is needed.
const PARTS: u64 = 32;

impl StoredIds {
    /// Writes pages, each of which is there once, to a file that is empty.
    ///
    /// # Errors
    /// When the file can't be written.
    pub(super) fn write(
        mut file: Box<dyn Scratch>,
        pages: impl Iterator<Item = (Page, u64)> + Clone,
        count: usize,
    ) -> io::Result<Self> {
        let mut filter = Filter::of(count);
        let mut blocks = Vec::with_capacity(count / BLOCK + 1);
        let mut written = 0;
        let mut out = Vec::new();
        for part in 0..PARTS {
            let in_part = |page: &Page| page.mixed() / (u64::MAX / PARTS + 1) == part;
            let mut sorted: Vec<(u64, Page, u64)> = pages
                .clone()
                .filter(|(page, _)| in_part(page))
                .map(|(page, bits)| (page.mixed(), page, bits))
                .collect();
            sorted.sort_unstable_by_key(|(place, ..)| *place);
            out.clear();
            for (place, page, bits) in sorted {
                filter.add(place);
                if written % BLOCK == 0 {
                    blocks.push(place);
                }
                written += 1;
                for number in page.numbers().into_iter().chain([bits]) {
                    out.extend_from_slice(&number.to_le_bytes());
                }
            }
            file.write_all(&out)?;
        }
        file.flush()?;
        Ok(StoredIds {
            file,
            filter,
            blocks,
            block: Vec::new(),
        })
    }

    /// The bits of a page; 0 where it isn't there.
    ///
    /// # Errors
    /// When the file can't be read.
    pub(super) fn bits(&mut self, page: Page) -> io::Result<u64> {
        let place = page.mixed();
        if !self.filter.may_have(place) {
            return Ok(0);
        }
        // Of blocks that begin at the place itself, the one before may have pages of it too.
        let first = self.blocks.partition_point(|begin| *begin < place);
        let last = self.blocks.partition_point(|begin| *begin <= place);
        for block in first.saturating_sub(1)..last {
            self.read_block(block)?;
            let (entries, _) = self.block.as_chunks::<ENTRY>();
            for entry in entries {
                let (numbers, _) = entry.as_chunks();
                let numbers: Vec<u64> = numbers.iter().map(|it| u64::from_le_bytes(*it)).collect();
                if let [one, other, bits] = *numbers
                    && page.numbers() == [one, other]
                {
                    return Ok(bits);
                }
            }
        }
        Ok(0)
    }

    fn read_block(&mut self, block: usize) -> io::Result<()> {
        let size = BLOCK * ENTRY;
        self.file.seek(SeekFrom::Start((block * size) as u64))?;
        self.block.clear();
        let mut bytes = io::Read::take(&mut self.file, size as u64);
        io::Read::read_to_end(&mut bytes, &mut self.block)?;
        Ok(())
    }
}

/// Says of a place that it isn't there or may be: of a hundred that aren't, it is wrong about one.
struct Filter(Vec<u64>);

/// Places that share a word of the filter, on average.
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

    /// The word of a place, by its upper half, and five of its bits, by the lower half.
    fn word(&self, place: u64) -> (usize, u64) {
        let word = (u128::from(place) * self.0.len() as u128) >> 64;
        let bits = (0..5).map(|index| 1_u64 << (place >> (6 * index) & 63));
        (word as usize, bits.fold(0, |mask, bit| mask | bit))
    }
}
