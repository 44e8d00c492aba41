//! Counts the lines of a file and nothing else: a memory-mapped SIMD scan, the least time that reading can
//! take.
//!
//!     line-count FILE [THREADS]

use std::fs::File;
use std::process::exit;

use memchr::memchr_iter;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (path, threads) = match arguments.as_slice() {
        [path] => (path, 1),
        [path, threads] => match threads.parse() {
            Ok(threads @ 1..=1024) => (path, threads),
            _ => usage(),
        },
        _ => usage(),
    };
    match count(path, threads) {
        Ok(lines) => println!("{lines}"),
        Err(error) => {
            eprintln!("{path}: {error}");
            exit(1);
        }
    }
}

fn usage() -> ! {
    eprintln!("usage: line-count FILE [THREADS]");
    exit(2);
}

fn count(path: &str, threads: usize) -> std::io::Result<usize> {
    let file = File::open(path)?;
    // SAFETY: the benchmark's own file, which nobody changes meanwhile.
    let bytes = unsafe { memmap2::Mmap::map(&file)? };
    let share = bytes.len().div_ceil(threads).max(1);
    Ok(std::thread::scope(|scope| {
        let counters: Vec<_> = bytes
            .chunks(share)
            .map(|chunk| scope.spawn(move || memchr_iter(b'\n', chunk).count()))
            .collect();
        counters
            .into_iter()
            .map(|counter| counter.join().unwrap_or(0))
            .sum()
    }))
}
