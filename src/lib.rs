//! Turns CSV exports of human-trafficking hotline signals into a printable state fact sheet (PDF).

pub mod area;
pub mod audit;
#[cfg(feature = "png")]
mod bitmap;
mod chart;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod commands;
mod csv_cell;
pub mod drawing;
pub mod failure;
mod figure;
pub mod geo;
mod heat;
mod html;
pub mod jurisdiction;
mod layout;
mod look;
pub mod make;
mod map;
mod markup;
pub mod notice;
pub mod pdf;
pub mod period;
pub mod press;
pub mod profile;
mod program;
pub mod protect;
pub mod read;
pub mod report;
pub mod residents;
pub mod sample;
mod sheet;
mod simplify;
mod svg;
pub mod tally;
pub mod template;
mod text;
pub mod theme;
pub mod toml_file;
pub mod vocabulary;
pub mod wording;
