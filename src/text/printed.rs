//! Texts that a person wrote and a sheet may print, with their positions in the file: only when the sheet is set does
//! it show whether the fonts have their letters.

use super::faces::is_in_every_font;
use super::scripts::runs_otherwise;
use crate::failure::{Failure, Position};

/// The texts in a file with letters that not every font has.
#[derive(Clone, Debug, Default)]
pub struct Printed(Vec<(String, Position)>);

/// The positions of texts don't make two files different.
impl PartialEq for Printed {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Printed {}

impl Printed {
    /// Adds a text, if it has such letters.
    pub fn add(&mut self, text: &str, at: impl FnOnce() -> Position) {
        if !text.chars().all(is_in_every_font) {
            self.0.push((text.to_owned(), at()));
        }
    }

    /// Adds those of another file.
    pub fn add_all(&mut self, other: Printed) {
        self.0.extend(other.0);
    }

    /// The same texts, at other positions.
    pub fn moved(self, place: impl Fn(Position) -> Position) -> Self {
        let texts = self.0.into_iter();
        Printed(texts.map(|(text, at)| (text, place(at))).collect())
    }

    /// The position of the first text with a letter.
    pub fn place_of(&self, letter: char) -> Option<Position> {
        let mut texts = self.0.iter();
        let found = texts.find(|(text, _)| text.contains(letter));
        found.map(|(_, at)| at.clone())
    }
}

/// The error for a letter that can't be set.
pub fn no_glyph(letter: char) -> Failure {
    let code = letter.escape_unicode();
    if let Some(way) = runs_otherwise(letter) {
        let message = format!("“{letter}” ({code}) is written {way}, which a sheet can't show");
        return Failure::data(message).remedy("write it in Latin letters");
    }
    let message = format!("the fonts have no “{letter}” ({code})");
    Failure::data(message).remedy(
        "write it in letters that they have, or use a theme that names fonts with it under [fonts]",
    )
}
