//! Texts that were shaped: a sheet is laid out several times, and sheets have most of their words in
//! common.

use std::sync::{Arc, PoisonError, RwLock};

use ahash::AHashMap;

use super::shaping::ShapedText;

/// Texts of one face, as long as there is room.
#[derive(Default)]
pub(super) struct Kept(RwLock<Texts>);

#[derive(Default)]
struct Texts {
    by_text: AHashMap<Box<str>, Arc<ShapedText>>,
    glyphs: usize,
}

impl Kept {
    /// Glyphs of all texts together: a few megabytes, and several times what the sheets of all states
    /// have.
    const MOST_GLYPHS: usize = 200_000;

    /// The text from the store, or shaped now.
    pub(super) fn get(&self, text: &str, shape: impl FnOnce() -> ShapedText) -> Arc<ShapedText> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(shaped) = kept.by_text.get(text) {
            return shaped.clone();
        }
        drop(kept);
        let shaped = Arc::new(shape());
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.glyphs + shaped.glyphs.len() <= Self::MOST_GLYPHS {
            kept.glyphs += shaped.glyphs.len();
            kept.by_text.insert(text.into(), shaped.clone());
        }
        shaped
    }
}
