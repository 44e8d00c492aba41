//! Structured fuzzing: whatever a file contains, the program neither panics nor hangs, its memory stays bounded, the
//! ledger balances, and what can't be used is refused by name.
//!
//! Each property tries a few inputs here, the same ones in every run. `.ci/campaign` tries others, and
//! `PROPTEST_CASES=100000 cargo test --release --test fuzz rows::` tries as many for each.

mod files;
mod hostile;
mod memory;
mod mutation;
mod reading;
mod rows;
mod settings;
mod sheets;
mod tables;

#[test]
fn properties_draw_the_same_inputs_in_every_run() {
    use proptest::test_runner::{Config, RngSeed};
    let seed = Config::default().rng_seed;
    assert_ne!(
        seed,
        RngSeed::Random,
        "PROPTEST_RNG_SEED isn't set; .cargo/config.toml sets it"
    );
}
