//! A cache for the layouts of a sheet that are tried one after the other: they differ in white space, and rarely in
//! the width of a line or the size of a figure.

use std::cell::RefCell;

use ahash::AHashMap;

use crate::chart::Space;
use crate::failure::Outcome;
use crate::figure::Drawn;
use crate::sheet::FigureContent;
use crate::text::{Faces, Fit, Line, Run, break_lines};

/// Lines and figures in the layouts tried so far.
#[derive(Default)]
pub(super) struct Cache {
    lines: RefCell<AHashMap<Paragraph, Vec<Line>>>,
    figures: RefCell<Vec<DrawnFigure>>,
}

/// A text that was broken into lines.
#[derive(PartialEq, Eq, Hash)]
struct Paragraph {
    runs: Vec<Run>,
    /// The bits of the type size and of the width of the lines: floating-point numbers can't be hashed.
    size: u32,
    width: u32,
}

struct DrawnFigure {
    content: FigureContent,
    space: Space,
    drawn: Drawn,
}

impl Cache {
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
        let lines = break_lines(faces, &paragraph.runs, size, width, Fit::Total);
        self.lines.borrow_mut().insert(paragraph, lines.clone());
        lines
    }

    /// A figure in a space, as `draw` draws it.
    pub(super) fn figure(
        &self,
        content: &FigureContent,
        space: Space,
        draw: impl FnOnce() -> Outcome<Drawn>,
    ) -> Outcome<Drawn> {
        let is_it = |figure: &&DrawnFigure| figure.space == space && figure.content == *content;
        if let Some(figure) = self.figures.borrow().iter().find(is_it) {
            return Ok(figure.drawn.clone());
        }
        let drawn = draw()?;
        self.figures.borrow_mut().push(DrawnFigure {
            content: content.clone(),
            space,
            drawn: drawn.clone(),
        });
        Ok(drawn)
    }
}
