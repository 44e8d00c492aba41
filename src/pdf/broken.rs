//! Errors about a PDF that can't be assembled.

use crate::failure::Failure;

/// An error that only a bug in the program can cause.
pub(super) fn broken(what: &str) -> Failure {
    Failure::bug(format!("the PDF can't be put together: {what}"))
}

/// The same for an error in lopdf.
pub(super) fn failed(error: lopdf::Error) -> Failure {
    broken(&error.to_string())
}
