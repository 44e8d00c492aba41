//! Turns CSV exports of human-trafficking hotline signals into a printable state fact sheet (PDF).

pub mod chart;
pub mod cli;
pub mod commands;
pub mod drawing;
pub mod failure;
pub mod geo;
pub mod heat;
pub mod jurisdiction;
pub mod layout;
pub mod map;
pub mod pdf;
pub mod period;
pub mod profile;
pub mod protect;
pub mod read;
pub mod report;
pub mod sample;
pub mod settings;
pub mod sheet;
pub mod simplify;
pub mod tally;
pub mod text;
pub mod theme;
pub mod toml_file;
pub mod vocabulary;
pub mod wording;
