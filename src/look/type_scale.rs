//! The scale of type.

/// The type size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeScale {
    /// Body text of 10 points.
    Usual,
    /// Smaller by this many thousandths: for fonts that are wider than the usual ones.
    Narrowed(u16),
    /// An eighth larger, if the page is longer than the sheet needs.
    Roomy,
    /// Large print: no text is smaller than 18 points, the size of body text. Headings grow less than text does, so
    /// that they still fit the page.
    Large,
}

/// Body text in large print, in points.
const LARGE_BODY: f32 = 18.0;
/// How much each point above the body size grows in large print.
const LARGE_STEP: f32 = 1.3;
const ROOMY: f32 = 1.125;

impl TypeScale {
    /// The usual size of body text, in points.
    pub const BODY: f32 = 10.0;

    /// A type size, from its usual value; both in points.
    pub fn size(self, usual: f32) -> f32 {
        match self {
            TypeScale::Usual | TypeScale::Narrowed(_) | TypeScale::Roomy => usual * self.factor(),
            TypeScale::Large => LARGE_BODY + LARGE_STEP * (usual - Self::BODY).max(0.0),
        }
    }

    /// How much larger than usual white space, bars and marks are: as much as body text.
    pub fn factor(self) -> f32 {
        match self {
            TypeScale::Usual => 1.0,
            TypeScale::Narrowed(less) => 1.0 - f32::from(less) / 1000.0,
            TypeScale::Roomy => ROOMY,
            TypeScale::Large => LARGE_BODY / Self::BODY,
        }
    }
}
