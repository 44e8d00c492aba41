//! The maximum memory that some work uses, so that a test can limit it.

/// The result of some work, and the most bytes that its thread had allocated for it at one time.
pub fn peak<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let mut result = None;
    let measured = allocation_counter::measure(|| result = Some(work()));
    let result = result.expect("the work is done where it is measured");
    (result, measured.bytes_max as usize)
}

#[test]
fn short_lived_memory_is_counted() {
    let ((), bytes) = peak(|| drop(std::hint::black_box(vec![1_u8; 1 << 20])));
    assert!((1 << 20..2 << 20).contains(&bytes), "{bytes}");
}
