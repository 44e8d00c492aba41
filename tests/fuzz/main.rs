//! Fuzzing, structured: whatever a file holds, the program neither panics nor hangs, its memory stays
//! bounded, the ledger balances, and what can't be used is refused by its name.
//!
//! Each property tries few inputs here. `PROPTEST_CASES=100000 cargo test --release --test fuzz rows::`
//! tries as many of each.

mod files;
mod hostile;
mod memory;
mod mutation;
mod reading;
mod rows;
mod settings;
mod sheets;
mod tables;

use proptest::prelude::ProptestConfig;

#[global_allocator]
static MEMORY: memory::Counting = memory::Counting;

/// As many inputs as the environment asks for, else as many as are usual.
fn inputs(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    ProptestConfig {
        // A failure is told with the input that it shrank to; a test of its own keeps it.
        failure_persistence: None,
        ..ProptestConfig::with_cases(asked.and_then(|text| text.parse().ok()).unwrap_or(usual))
    }
}
