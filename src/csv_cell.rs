//! What a cell of a CSV file that we write must not be: a formula.

/// The cell, with an apostrophe in front of anything that a spreadsheet would run as a formula. Negative numbers,
/// such as western longitudes, stay as they are.
pub fn inert(cell: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    let is_numbers = || {
        cell.iter()
            .all(|byte| byte.is_ascii_digit() || b".;+- ".contains(byte))
    };
    match cell {
        [b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r', ..] if !is_numbers() => {
            [b"'", cell].concat().into()
        }
        _ => cell.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_inert_and_numbers_are_kept() {
        for (cell, written) in [
            ("=1+2", "'=1+2"),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("-106.65;-107", "-106.65;-107"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(*inert(cell.as_bytes()), *written.as_bytes());
        }
    }
}
