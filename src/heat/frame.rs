//! The part of the projected plane that a state's map shows, and the state's size.

/// A box in projected kilometers: x east, y north.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    pub west: f64,
    pub east: f64,
    pub south: f64,
    pub north: f64,
}

impl Frame {
    /// Width divided by height; 1 if it has no extent.
    pub fn aspect(&self) -> f64 {
        let (width, height) = (self.east - self.west, self.north - self.south);
        if width > 0.0 && height > 0.0 {
            width / height
        } else {
            1.0
        }
    }

    /// The box around rings; at the origin and without extent if there are none.
    pub fn around(rings: &[Vec<(f64, f64)>]) -> Frame {
        let mut points = rings.iter().flatten();
        let Some(&(x, y)) = points.next() else {
            return Frame {
                west: 0.0,
                east: 0.0,
                south: 0.0,
                north: 0.0,
            };
        };
        let first = Frame {
            west: x,
            east: x,
            south: y,
            north: y,
        };
        points.fold(first, |frame, &(x, y)| Frame {
            west: frame.west.min(x),
            east: frame.east.max(x),
            south: frame.south.min(y),
            north: frame.north.max(y),
        })
    }

    /// From west to east.
    pub fn width(&self) -> f64 {
        self.east - self.west
    }

    /// From south to north.
    pub fn height(&self) -> f64 {
        self.north - self.south
    }

    /// The larger of width and height.
    pub fn long_side(&self) -> f64 {
        self.width().max(self.height())
    }
}

/// Area inside rings that don't overlap, in square units.
pub(super) fn area(rings: &[Vec<(f64, f64)>]) -> f64 {
    rings.iter().map(|ring| ring_area(ring)).sum()
}

/// Area inside a ring, first point not repeated (the shoelace formula).
pub(crate) fn ring_area(ring: &[(f64, f64)]) -> f64 {
    let twice: f64 = ring
        .iter()
        .zip(ring.iter().cycle().skip(1))
        .map(|(a, b)| a.0 * b.1 - b.0 * a.1)
        .sum();
    (twice / 2.0).abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::Plane;
    use crate::jurisdiction::Jurisdiction;

    #[test]
    fn areas_are_those_of_the_states() {
        // Land and inland water in square kilometers, U.S. Census Bureau, State Area Measurements.
        for (code, official) in [("NM", 314_917.0), ("CO", 269_601.0), ("DC", 177.0)] {
            let plane = Plane::shared(Jurisdiction::from_code(code).unwrap());
            let error = area(&plane.outline) / official - 1.0;
            assert!(error.abs() < 0.03, "{code}: {error}");
        }
    }

    #[test]
    fn without_rings_there_is_no_extent() {
        assert_eq!(Frame::around(&[]).long_side(), 0.0);
        assert_eq!(area(&[]), 0.0);
    }
}
