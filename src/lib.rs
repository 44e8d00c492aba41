//! Turns CSV exports of human-trafficking hotline signals into a printable state fact sheet (PDF).

pub mod drawing;
pub mod failure;
pub mod geo;
pub mod heat;
pub mod jurisdiction;
pub mod period;
pub mod protect;
pub mod read;
pub mod report;
pub mod sample;
pub mod tally;
pub mod text;
pub mod toml_file;
pub mod vocabulary;
