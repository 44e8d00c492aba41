//! Whether a row can be read at all.

use super::header::Header;
use super::mapping::Mapping;
use super::records::{Record, plain_length};
use super::reject::{Fault, Reason};
use super::trim::trim;

/// Whether a row can be read at all: it has as many fields as the header, and the fields that we use are text.
pub(super) fn sound(
    record: Record<'_>,
    header: &Header,
    mapping: &Mapping,
    is_transcoded: bool,
) -> Result<(), Fault> {
    if record.has_unclosed_quote() {
        return Err((None, Reason::UnclosedQuote));
    }
    let (found, expected) = (record.len(), header.width);
    if found != expected {
        let is_blank = |field| trim(record.get(field).unwrap_or_default()).is_empty();
        if !mapping.pad_rows || !(expected..found).all(is_blank) {
            return Err((None, Reason::FieldCount { found, expected }));
        }
    }
    if record.is_plain_text(is_transcoded) {
        return Ok(());
    }
    // Unknown columns may contain any bytes.
    let bad = record.iter().enumerate().find_map(|(field, cell)| {
        let column = header.column(field)?;
        let cell = trim(cell);
        let is_bad = plain_length(cell, is_transcoded) < cell.len();
        is_bad.then_some((column, field))
    });
    match bad {
        Some(column) => Err((Some(column), Reason::Undecodable)),
        None => Ok(()),
    }
}
