//! What the layouts of a sheet that are tried one after the other have in common: they differ in white, and
//! seldom in the width of a line or in the size of a map.

use std::cell::RefCell;

use ahash::AHashMap;

use super::lines::{Line, Run, break_lines};
use crate::drawing::Drawing;
use crate::sheet::HeatMap;
use crate::text::Faces;

/// Lines and maps of the layouts tried so far.
#[derive(Default)]
pub(super) struct Tried {
    /// By text, and by the bits of type size and width.
    lines: RefCell<AHashMap<(Vec<Run>, [u32; 2]), Vec<Line>>>,
    /// With their width and height.
    maps: RefCell<Vec<(HeatMap, (f32, f32), Drawing)>>,
}

impl Tried {
    /// As [`break_lines`] breaks them.
    pub(super) fn lines(&self, faces: &Faces, runs: Vec<Run>, size: f32, width: f32) -> Vec<Line> {
        let key = (runs, [size.to_bits(), width.to_bits()]);
        if let Some(lines) = self.lines.borrow().get(&key) {
            return lines.clone();
        }
        let lines = break_lines(faces, &key.0, size, width);
        self.lines.borrow_mut().insert(key, lines.clone());
        lines
    }

    /// A map of a width and a height.
    pub(super) fn map(
        &self,
        map: &HeatMap,
        size: (f32, f32),
        draw: impl FnOnce() -> Drawing,
    ) -> Drawing {
        let known = |known: &&(HeatMap, (f32, f32), Drawing)| known.1 == size && known.0 == *map;
        if let Some((.., drawing)) = self.maps.borrow().iter().find(known) {
            return drawing.clone();
        }
        let drawing = draw();
        let entry = (map.clone(), size, drawing.clone());
        self.maps.borrow_mut().push(entry);
        drawing
    }
}
