//! A workbook for people who keep their log by hand: columns, lists to choose from, and pages for laws, efforts and
//! hotlines. The filled-in workbook is read without a mapping, and its pages become part of the profile.

mod pages;
mod write;

pub use pages::{ProfilePages, profile_pages};
pub use write::write;

/// The page of signals.
const SIGNALS: &str = "Signals";

#[cfg(test)]
mod tests;
