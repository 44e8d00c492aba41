//! Turns CSV exports of human-trafficking hotline signals into a printable state fact sheet (PDF).

#![forbid(unsafe_code)]

pub mod area;
pub mod audit;
#[cfg(feature = "png")]
pub mod bitmap;
pub mod chart;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod commands;
pub mod csv_cell;
pub mod drawing;
pub mod failure;
pub mod figure;
pub mod geo;
pub mod heat;
pub mod html;
pub mod jurisdiction;
pub mod layout;
pub mod look;
pub mod make;
pub mod map;
mod markup;
pub mod notice;
pub mod pdf;
pub mod period;
pub mod profile;
mod program;
pub mod protect;
pub mod read;
pub mod report;
pub mod sample;
pub mod sheet;
pub mod simplify;
pub mod svg;
pub mod tally;
pub mod template;
pub mod text;
pub mod theme;
pub mod toml_file;
pub mod vocabulary;
pub mod wording;
