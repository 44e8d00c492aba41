//! Path data (SVG 2, section 9.3): whole multiples of a fraction of a point, with each step relative to the previous
//! one.

use std::fmt::Write;

use crate::drawing::{Point, Subpath};

/// The number of steps in a point: more precision is invisible and takes space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Precision(pub(crate) u16);

impl Precision {
    /// A length in points as SVG writes it, rounded to a step.
    pub(crate) fn number(self, length: f32) -> String {
        let mut text = String::new();
        self.write(self.steps(length), &mut text);
        text
    }

    fn steps(self, length: f32) -> i64 {
        /// No page is larger, and differences remain whole numbers.
        const LARGEST: f64 = 1e9;
        // A value that isn't a number becomes 0.
        let steps = (f64::from(length) * f64::from(self.0)).round();
        steps.clamp(-LARGEST, LARGEST) as i64
    }

    fn write(self, steps: i64, text: &mut String) {
        let value = steps as f64 / f64::from(self.0);
        // Writing to a string can't fail.
        let _ = write!(text, "{value}");
    }

    /// The data for subpaths.
    pub(crate) fn path(self, subpaths: &[Subpath]) -> String {
        let mut data = String::new();
        let mut pen = (0, 0);
        for subpath in subpaths {
            let Some((&first, rest)) = subpath.points.split_first() else {
                continue;
            };
            let start = self.at(first);
            self.step(
                if data.is_empty() { 'M' } else { 'm' },
                pen,
                start,
                &mut data,
            );
            pen = start;
            let mut command = 'l';
            for &point in rest {
                let to = self.at(point);
                if to == pen {
                    continue;
                }
                self.step(command, pen, to, &mut data);
                // More pairs of numbers are more lines.
                command = ' ';
                pen = to;
            }
            if subpath.closed {
                data.push('z');
                pen = start;
            } else if command == 'l' {
                // A line without length is a dot if its ends are round.
                data.push_str("h0");
            }
        }
        data
    }

    fn at(self, (x, y): Point) -> (i64, i64) {
        (self.steps(x), self.steps(y))
    }

    fn step(self, command: char, from: (i64, i64), to: (i64, i64), data: &mut String) {
        let (x, y) = (to.0 - from.0, to.1 - from.1);
        if command != ' ' {
            data.push(command);
        } else if x >= 0 {
            // A minus sign separates numbers as well as a space does.
            data.push(' ');
        }
        self.write(x, data);
        if y >= 0 {
            data.push(' ');
        }
        self.write(y, data);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subpath(points: &[Point], closed: bool) -> Subpath {
        Subpath {
            points: points.to_vec(),
            closed,
        }
    }

    #[test]
    fn steps_lead_from_point_to_point() {
        let precision = Precision(10);
        let triangle = subpath(&[(1.0, 2.0), (3.04, 2.0), (3.0, -1.26)], true);
        let line = subpath(&[(0.0, 0.0), (-1.0, 0.5)], false);
        let dot = subpath(&[(5.0, 5.0), (5.0, 5.01)], false);
        assert_eq!(
            precision.path(&[triangle, line, dot]),
            "M1 2l2 0 0-3.3zm-1-2l-1 0.5m6 4.5h0"
        );
    }

    #[test]
    fn rounding_does_not_add_up() {
        let precision = Precision(10);
        let points: Vec<Point> = (0..1000).map(|i| (i as f32 * 0.04, 0.0)).collect();
        let data = precision.path(&[subpath(&points, false)]);
        let steps: f64 = data[1..]
            .split(['l', ' '])
            .step_by(2)
            .map(|x| x.parse::<f64>().unwrap())
            .sum();
        assert!((steps - 40.0).abs() < 0.05, "{steps} in {data}");
    }

    #[test]
    fn values_that_are_not_numbers_are_written_as_numbers() {
        for length in [f32::NAN, f32::INFINITY, f32::MIN] {
            assert!(Precision(100).number(length).parse::<f64>().is_ok());
        }
    }
}
