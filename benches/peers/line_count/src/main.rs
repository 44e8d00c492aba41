//! The least time that reading can take, with the file in a memory map: only counts its lines, or only finds where
//! each of its fields ends. It ignores quotation marks.
//!
//!     line-count FILE [THREADS]
//!     line-count --fields FILE [THREADS]

use std::fs::File;
use std::hint::black_box;
use std::process::exit;

use memchr::memchr_iter;

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let fields = arguments.first().is_some_and(|first| first == "--fields");
    if fields {
        arguments.remove(0);
    }
    let (path, threads) = match arguments.as_slice() {
        [path] => (path, 1),
        [path, threads] => match threads.parse() {
            Ok(threads @ 1..=1024) => (path, threads),
            _ => usage(),
        },
        _ => usage(),
    };
    let count = if fields { count_fields } else { count_lines };
    match in_shares(path, threads, count) {
        Ok(count) => println!("{count}"),
        Err(error) => {
            eprintln!("{path}: {error}");
            exit(1);
        }
    }
}

fn usage() -> ! {
    eprintln!("usage: line-count [--fields] FILE [THREADS]");
    exit(2);
}

/// Counts in a share for each thread. Lines and fields are counted by their ends, so a share doesn't need complete
/// ones.
fn in_shares(path: &str, threads: usize, count: fn(&[u8]) -> usize) -> std::io::Result<usize> {
    let file = File::open(path)?;
    // SAFETY: the benchmark's own file, which nobody changes meanwhile.
    let bytes = unsafe { memmap2::Mmap::map(&file)? };
    let share = bytes.len().div_ceil(threads).max(1);
    Ok(std::thread::scope(|scope| {
        let counters: Vec<_> = bytes
            .chunks(share)
            .map(|chunk| scope.spawn(move || count(chunk)))
            .collect();
        counters
            .into_iter()
            .map(|counter| counter.join().unwrap_or(0))
            .sum()
    }))
}

fn count_lines(chunk: &[u8]) -> usize {
    memchr_iter(b'\n', chunk).count()
}

fn count_fields(chunk: &[u8]) -> usize {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has these instructions.
        return unsafe { avx2::count_fields(chunk) };
    }
    visit_fields(chunk, |bytes| {
        let ends = bytes.iter().enumerate();
        ends.fold(0, |ends, (bit, &byte)| {
            ends | u64::from(is_end(byte)) << bit
        })
    })
}

fn is_end(byte: u8) -> bool {
    byte == b',' || byte == b'\n'
}

/// Visits each field; `ends_of` finds the ends among 64 bytes: a bit for each.
#[inline(always)]
fn visit_fields(chunk: &[u8], ends_of: impl Fn(&[u8; 64]) -> u64) -> usize {
    let (blocks, rest) = chunk.as_chunks();
    let mut fields = 0;
    let mut visit = |end: usize| {
        // The least that a reader learns about a field; otherwise the compiler would remove the visit.
        black_box(end);
        fields += 1;
    };
    for (index, block) in blocks.iter().enumerate() {
        let mut ends = ends_of(block);
        while ends != 0 {
            visit(64 * index + ends.trailing_zeros() as usize);
            ends &= ends - 1;
        }
    }
    for (at, _) in rest.iter().enumerate().filter(|(_, byte)| is_end(**byte)) {
        visit(64 * blocks.len() + at);
    }
    fields
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::{
        _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_or_si256,
        _mm256_set1_epi8,
    };

    #[target_feature(enable = "avx2,bmi1")]
    pub(super) fn count_fields(chunk: &[u8]) -> usize {
        super::visit_fields(chunk, |block| {
            let (low, high) = block.split_at(32);
            u64::from(ends(low.try_into().unwrap()))
                | u64::from(ends(high.try_into().unwrap())) << 32
        })
    }

    #[target_feature(enable = "avx2")]
    fn ends(bytes: &[u8; 32]) -> u32 {
        // SAFETY: reads the 32 bytes, wherever they are.
        let bytes = unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) };
        let commas = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(b',' as i8));
        let lines = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(b'\n' as i8));
        _mm256_movemask_epi8(_mm256_or_si256(commas, lines)).cast_unsigned()
    }
}
