//! Texts that a person wrote and a sheet prints, with their places in the file: whether the fonts have their
//! letters shows when the fonts are known.

use super::face::Face;
use super::faces::{Faces, is_in_every_font};
use crate::failure::{Failure, Outcome, Position};

/// The faces of running text. Headings are of few words, and the program's own have plain letters.
const RUNNING: [Face; 4] = [
    Face::Sans,
    Face::SansItalic,
    Face::SansSemiBold,
    Face::SansBold,
];

/// The texts of a file that have letters which not every font has.
#[derive(Clone, Debug, Default)]
pub struct Printed(Vec<(String, Position)>);

/// Where its texts stand doesn't make what was read from a file something else.
impl PartialEq for Printed {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Printed {}

impl Printed {
    /// Adds a text, if it has such letters.
    pub fn add(&mut self, text: &str, at: Position) {
        if !text.chars().all(is_in_every_font) {
            self.0.push((text.to_owned(), at));
        }
    }

    /// Adds those of another file.
    pub fn add_all(&mut self, other: Printed) {
        self.0.extend(other.0);
    }

    /// The same texts, at other places.
    pub fn moved(self, place: impl Fn(Position) -> Position) -> Self {
        let texts = self.0.into_iter();
        Printed(texts.map(|(text, at)| (text, place(at))).collect())
    }

    /// Whether fonts have all letters. A sheet would show a box in place of one that they lack.
    ///
    /// # Errors
    /// The first letter that they lack, with file, line and column of its text.
    pub fn check(&self, faces: &Faces) -> Outcome<()> {
        for (text, at) in &self.0 {
            if let Some(failure) = faces.lack(&RUNNING, text) {
                return Err(failure.at(at.clone()));
            }
        }
        Ok(())
    }
}

impl Faces {
    /// What to say of a text with a letter that one of some faces lacks, if there is one.
    pub fn lack(&self, faces: &[Face], text: &str) -> Option<Failure> {
        let missing = |face| self.missing_letter(face, text);
        let letter = faces.iter().copied().find_map(missing)?;
        let message = format!("the fonts have no “{letter}” ({})", letter.escape_unicode());
        let remedy = "write it in letters that they have, or use a theme that names fonts with it under [fonts]";
        Some(Failure::data(message).remedy(remedy))
    }
}
