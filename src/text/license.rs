//! What a font's license allows documents to do with it, according to the font itself (OpenType, table OS/2, fsType).

/// Whether the font may be embedded, reduced to the glyphs that are used.
///
/// # Errors
/// Says what the font forbids.
pub(super) fn check(font: &[u8]) -> Result<(), String> {
    const RESTRICTED: u16 = 0x0002;
    const PREVIEW_OR_EDITABLE: u16 = 0x000c;
    const NO_SUBSETTING: u16 = 0x0100;
    const BITMAPS_ONLY: u16 = 0x0200;
    let Some(permissions) = permissions(font) else {
        return Err(
            "a font that does not say whether it may be embedded (no OS/2 table)".to_owned(),
        );
    };
    if permissions & RESTRICTED != 0 && permissions & PREVIEW_OR_EDITABLE == 0 {
        return Err("the font's license forbids embedding it".to_owned());
    }
    if permissions & NO_SUBSETTING != 0 {
        return Err("the font's license forbids embedding only the letters in use".to_owned());
    }
    if permissions & BITMAPS_ONLY != 0 {
        return Err("the font's license lets only its bitmaps be embedded".to_owned());
    }
    Ok(())
}

/// The field fsType. `None` if it isn't such a font.
fn permissions(font: &[u8]) -> Option<u16> {
    let short = |at: usize| {
        let bytes = font.get(at..at.checked_add(2)?)?;
        Some(u16::from_be_bytes([bytes[0], bytes[1]]))
    };
    let entry = (0..usize::from(short(4)?))
        .map(|index| 12 + 16 * index)
        .find(|&at| font.get(at..at + 4) == Some(b"OS/2"))?;
    let table = usize::from(short(entry + 8)?) << 16 | usize::from(short(entry + 10)?);
    short(table.checked_add(8)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A font that has only the table OS/2, with the given fsType.
    fn font(permissions: u16) -> Vec<u8> {
        let mut font = vec![0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        font.extend(b"OS/2\0\0\0\0\0\0\0\x1c\0\0\0\x0a");
        font.extend([0; 8]);
        font.extend(permissions.to_be_bytes());
        font
    }

    #[test]
    fn a_font_is_embedded_only_if_its_license_allows_it() {
        for allowed in [0x0000, 0x0004, 0x0008] {
            assert_eq!(check(&font(allowed)), Ok(()), "{allowed:04x}");
        }
        for forbidden in [0x0002, 0x0104, 0x0200] {
            assert!(check(&font(forbidden)).is_err(), "{forbidden:04x}");
        }
        for broken in [&[][..], &[0; 40], &font(0)[..30]] {
            assert!(check(broken).is_err());
        }
    }
}
