//! How small numbers are kept from identifying anybody.

use crate::failure::{Failure, Outcome};

/// The default for the smallest count that is printed.
pub const USUAL_MIN_CELL: u64 = 5;

/// How small numbers are protected.
///
/// ```
/// use hotline_profile::protect::Protection;
///
/// assert_eq!(Protection::of(5)?.min_cell(), 5);
/// assert!(Protection::of(2).is_err(), "“<2” can only mean 1");
/// assert_eq!(Protection::INTERNAL.min_cell(), 0);
/// # Ok::<(), hotline_profile::failure::Failure>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protection {
    min_cell: u64,
    internal: bool,
}

impl Protection {
    /// Nothing is hidden, and everything must be marked as not for release.
    pub const INTERNAL: Protection = Protection {
        min_cell: 0,
        internal: true,
    };

    /// Counts from 1 to one less than `min_cell` are all printed alike; 0: all are printed exactly.
    ///
    /// # Errors
    /// 1 and 2, which hide nothing: there is no count below 1, and “<2” can only mean 1.
    pub fn of(min_cell: u64) -> Outcome<Self> {
        let hides_nothing = match min_cell {
            1 => "there is no count below 1",
            2 => "“<2” can only mean 1",
            _ => {
                return Ok(Protection {
                    min_cell,
                    internal: false,
                });
            }
        };
        Err(Failure::usage(format!(
            "a smallest count of {min_cell} hides nothing: {hides_nothing}"
        ))
        .remedy("choose 3 or more, or 0 to print every count"))
    }

    /// The smallest count that is printed; 0: no limit.
    pub fn min_cell(self) -> u64 {
        self.min_cell
    }

    /// Whether everything must be marked as not for release.
    pub fn is_internal(self) -> bool {
        self.internal
    }
}

impl Default for Protection {
    fn default() -> Self {
        Protection {
            min_cell: USUAL_MIN_CELL,
            internal: false,
        }
    }
}
