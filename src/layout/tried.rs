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
    lines: RefCell<AHashMap<Paragraph, Vec<Line>>>,
    maps: RefCell<Vec<DrawnMap>>,
}

/// What was broken into lines.
#[derive(PartialEq, Eq, Hash)]
struct Paragraph {
    runs: Vec<Run>,
    /// The bits of the type size and of the lines' width: numbers like these can't be hashed.
    size: u32,
    width: u32,
}

struct DrawnMap {
    map: HeatMap,
    size: (f32, f32),
    drawing: Drawing,
}

impl Tried {
    /// As [`break_lines`] breaks them.
    pub(super) fn lines(&self, faces: &Faces, runs: Vec<Run>, size: f32, width: f32) -> Vec<Line> {
        let paragraph = Paragraph {
            runs,
            size: size.to_bits(),
            width: width.to_bits(),
        };
        if let Some(lines) = self.lines.borrow().get(&paragraph) {
            return lines.clone();
        }
        let lines = break_lines(faces, &paragraph.runs, size, width);
        self.lines.borrow_mut().insert(paragraph, lines.clone());
        lines
    }

    /// A map of a width and a height.
    pub(super) fn map(
        &self,
        map: &HeatMap,
        size: (f32, f32),
        draw: impl FnOnce() -> Drawing,
    ) -> Drawing {
        let is_it = |drawn: &&DrawnMap| drawn.size == size && drawn.map == *map;
        if let Some(drawn) = self.maps.borrow().iter().find(is_it) {
            return drawn.drawing.clone();
        }
        let drawing = draw();
        self.maps.borrow_mut().push(DrawnMap {
            map: map.clone(),
            size,
            drawing: drawing.clone(),
        });
        drawing
    }
}
