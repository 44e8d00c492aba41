//! What is said of a PDF that can't be put together.

use crate::failure::Failure;

/// An error that only a bug in the program can cause.
pub(super) fn broken(what: &str) -> Failure {
    Failure::bug(format!("the PDF can't be put together: {what}"))
}

/// The same for a failure of lopdf.
pub(super) fn failed(error: lopdf::Error) -> Failure {
    broken(&error.to_string())
}
