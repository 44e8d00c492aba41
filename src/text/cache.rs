//! A cache of shaped texts: a sheet is laid out several times, and sheets share most of their words.

use std::sync::{Arc, PoisonError, RwLock};

use ahash::AHashMap;

use super::shaped::ShapedText;

/// Texts in one face, as long as there is room.
#[derive(Default)]
pub(super) struct Cache(RwLock<Texts>);

#[derive(Default)]
struct Texts {
    by_text: AHashMap<Box<str>, Arc<ShapedText>>,
    glyphs: usize,
}

impl Cache {
    /// Glyphs of all texts together: a few megabytes, and several times the number in the sheets of all states.
    const MOST_GLYPHS: usize = 200_000;

    /// The text from the cache, or shaped now.
    pub(super) fn get(&self, text: &str, shape: impl FnOnce() -> ShapedText) -> Arc<ShapedText> {
        let texts = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(shaped) = texts.by_text.get(text) {
            return shaped.clone();
        }
        drop(texts);
        let shaped = Arc::new(shape());
        let mut texts = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if texts.glyphs + shaped.glyphs.len() <= Self::MOST_GLYPHS {
            texts.glyphs += shaped.glyphs.len();
            texts.by_text.insert(text.into(), shaped.clone());
        }
        shaped
    }
}
