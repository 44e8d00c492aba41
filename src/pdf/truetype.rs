//! TrueType programs (ISO/IEC 14496-22): what a PDF says of them, and programs cut down to the glyphs in
//! use.

/// A font program, read table by table.
#[derive(Clone, Copy)]
pub(super) struct TrueType<'a>(&'a [u8]);

/// What a font descriptor has to say (ISO 32000-1, table 122); lengths in thousandths of an em.
pub(super) struct Metrics {
    /// Left, bottom, right and top of all glyphs together.
    pub(super) bounds: [i64; 4],
    /// In degrees counterclockwise from upright.
    pub(super) italic_angle: i64,
    /// 400 is regular, 700 bold.
    pub(super) weight: u16,
}

/// A program of some glyphs of a font.
pub(super) struct Subset {
    pub(super) program: Vec<u8>,
    /// In thousandths of an em, by the glyphs' new numbers.
    pub(super) advances: Vec<f32>,
}

impl<'a> TrueType<'a> {
    pub(super) fn read(program: &'a [u8]) -> Self {
        TrueType(program)
    }

    /// `None` for what is no such program.
    pub(super) fn metrics(self) -> Option<Metrics> {
        let (head, hhea) = (self.table(b"head")?, self.table(b"hhea")?);
        let per_mille = self.per_mille()?;
        let mut bounds = [0; 4];
        for (bound, at) in bounds.iter_mut().zip([36, 38, 40, 42]) {
            *bound = (f32::from(signed(head, at)?) * per_mille).round() as i64;
        }
        let (rise, run) = (signed(hhea, 18)?, signed(hhea, 20)?);
        let slope = f32::from(run).atan2(f32::from(rise)).to_degrees();
        Some(Metrics {
            bounds,
            italic_angle: if rise == 0 { 0 } else { -slope.round() as i64 },
            weight: self
                .table(b"OS/2")
                .and_then(|table| short(table, 4))
                .unwrap_or(400),
        })
    }

    /// The program with these glyphs alone, numbered as they come, and behind them those of which they
    /// are composed. `None` for what is no such program.
    ///
    /// Tables that a PDF makes no use of are left out (ISO 32000-1, 9.9).
    pub(super) fn subset(self, glyphs: &[u16]) -> Option<Subset> {
        const INSTRUCTIONS: [&[u8; 4]; 3] = [b"cvt ", b"fpgm", b"prep"];
        let (outlines, kept) = self.outlines(glyphs)?;
        let (offsets, has_long_offsets) = offsets(&outlines);
        let mut metrics = Vec::with_capacity(4 * kept.len());
        let mut advances = Vec::with_capacity(kept.len());
        let per_mille = self.per_mille()?;
        for &glyph in &kept {
            let [advance, bearing] = self.advance_and_bearing(glyph)?;
            metrics.extend(advance.to_be_bytes());
            metrics.extend(bearing.to_be_bytes());
            advances.push(f32::from(advance) * per_mille);
        }
        let count = u16::try_from(kept.len()).ok()?;
        let mut head = self.table(b"head")?.to_vec();
        put(&mut head, 8, &[0; 4])?;
        put(&mut head, 50, &u16::from(has_long_offsets).to_be_bytes())?;
        let mut hhea = self.table(b"hhea")?.to_vec();
        put(&mut hhea, 34, &count.to_be_bytes())?;
        let mut maxp = self.table(b"maxp")?.to_vec();
        put(&mut maxp, 4, &count.to_be_bytes())?;
        let mut tables = vec![
            (b"glyf", outlines.concat()),
            (b"head", head),
            (b"hhea", hhea),
            (b"hmtx", metrics),
            (b"loca", offsets),
            (b"maxp", maxp),
        ];
        let instructions = INSTRUCTIONS.into_iter();
        tables.extend(instructions.filter_map(|tag| Some((tag, self.table(tag)?.to_vec()))));
        tables.sort_unstable();
        Some(Subset {
            program: file(&tables)?,
            advances,
        })
    }

    fn table(self, tag: &[u8; 4]) -> Option<&'a [u8]> {
        let records = 12..12 + 16 * usize::from(short(self.0, 4)?);
        let record = self
            .0
            .get(records)?
            .chunks_exact(16)
            .find(|record| record[..4] == *tag)?;
        let start = long(record, 8)?;
        self.0.get(start..start.checked_add(long(record, 12)?)?)
    }

    /// A thousandth of an em per unit of the font.
    fn per_mille(self) -> Option<f32> {
        Some(1000.0 / f32::from(short(self.table(b"head")?, 18)?.max(1)))
    }

    fn advance_and_bearing(self, glyph: u16) -> Option<[u16; 2]> {
        let metrics = self.table(b"hmtx")?;
        // Glyphs beyond the measured ones are as wide as the last of those.
        let last = usize::from(short(self.table(b"hhea")?, 34)?.checked_sub(1)?);
        let glyph = usize::from(glyph);
        let bearing = match glyph.checked_sub(last) {
            Some(beyond @ 1..) => 4 * last + 2 + 2 * beyond,
            _ => 4 * glyph + 2,
        };
        Some([
            short(metrics, 4 * glyph.min(last))?,
            short(metrics, bearing)?,
        ])
    }

    /// The outlines of glyphs and of those of which they are composed, by their new numbers, with the old
    /// numbers.
    fn outlines(self, glyphs: &[u16]) -> Option<(Vec<Vec<u8>>, Vec<u16>)> {
        let mut kept = glyphs.to_vec();
        let mut outlines = Vec::with_capacity(glyphs.len());
        while let Some(&glyph) = kept.get(outlines.len()) {
            let mut outline = self.outline(glyph)?.to_vec();
            for at in components(&outline) {
                let part = short(&outline, at)?;
                let number = kept.iter().position(|&glyph| glyph == part);
                let number = number.unwrap_or_else(|| {
                    kept.push(part);
                    kept.len() - 1
                });
                put(&mut outline, at, &u16::try_from(number).ok()?.to_be_bytes())?;
            }
            // Offsets are even.
            outline.resize(outline.len().next_multiple_of(2), 0);
            outlines.push(outline);
        }
        Some((outlines, kept))
    }

    fn outline(self, glyph: u16) -> Option<&'a [u8]> {
        let offsets = self.table(b"loca")?;
        let has_long_offsets = short(self.table(b"head")?, 50)? == 1;
        let offset = |index: usize| match has_long_offsets {
            true => long(offsets, 4 * index),
            false => Some(2 * usize::from(short(offsets, 2 * index)?)),
        };
        let glyph = usize::from(glyph);
        self.table(b"glyf")?.get(offset(glyph)?..offset(glyph + 1)?)
    }
}

/// Where an outline that is composed of others has their numbers.
fn components(outline: &[u8]) -> Vec<usize> {
    const WORDS: u16 = 0x0001;
    const SCALE: u16 = 0x0008;
    const MORE: u16 = 0x0020;
    const TWO_SCALES: u16 = 0x0040;
    const MATRIX: u16 = 0x0080;
    let mut places = Vec::new();
    if signed(outline, 0).is_none_or(|contours| contours >= 0) {
        return places;
    }
    let mut at = 10;
    while let (Some(flags), Some(_)) = (short(outline, at), short(outline, at + 2)) {
        places.push(at + 2);
        let has = |flag| flags & flag != 0;
        at += 4 + if has(WORDS) { 4 } else { 2 };
        at += match (has(SCALE), has(TWO_SCALES), has(MATRIX)) {
            (true, ..) => 2,
            (_, true, _) => 4,
            (.., true) => 8,
            _ => 0,
        };
        if !has(MORE) {
            break;
        }
    }
    places
}

/// The table of where outlines begin, and whether it has four bytes for each and not two.
fn offsets(outlines: &[Vec<u8>]) -> (Vec<u8>, bool) {
    let ends = outlines.iter().scan(0, |end, outline| {
        *end += outline.len();
        Some(*end)
    });
    let offsets: Vec<usize> = std::iter::once(0).chain(ends).collect();
    let halves: Option<Vec<u16>> = offsets
        .iter()
        .map(|offset| u16::try_from(offset / 2).ok())
        .collect();
    match halves {
        Some(halves) => (
            halves.into_iter().flat_map(u16::to_be_bytes).collect(),
            false,
        ),
        None => {
            let longs = offsets.into_iter().map(|offset| offset as u32);
            (longs.flat_map(u32::to_be_bytes).collect(), true)
        }
    }
}

/// A font file of tables in the order of their tags.
fn file(tables: &[(&[u8; 4], Vec<u8>)]) -> Option<Vec<u8>> {
    let count = u16::try_from(tables.len()).ok()?;
    let exponent = count.checked_ilog2()?;
    let range = 16 << exponent;
    let mut file = vec![0, 1, 0, 0];
    for number in [count, range, exponent as u16, 16 * count - range] {
        file.extend(number.to_be_bytes());
    }
    let mut start = 12 + 16 * tables.len();
    let mut head = None;
    for (tag, table) in tables {
        file.extend_from_slice(*tag);
        for number in [checksum(table), start as u32, table.len() as u32] {
            file.extend(number.to_be_bytes());
        }
        head = head.or((*tag == b"head").then_some(start));
        start += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        file.extend(table);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    // What the sum of the whole file lacks to a number that the format has chosen.
    let adjustment = 0xb1b0_afba_u32.wrapping_sub(checksum(&file));
    put(&mut file, head? + 8, &adjustment.to_be_bytes())?;
    Some(file)
}

/// Sum of a table's words of four bytes, the last one filled up with zeros.
fn checksum(table: &[u8]) -> u32 {
    table.chunks(4).fold(0, |sum, word| {
        let mut bytes = [0; 4];
        bytes[..word.len()].copy_from_slice(word);
        sum.wrapping_add(u32::from_be_bytes(bytes))
    })
}

fn put(table: &mut [u8], at: usize, bytes: &[u8]) -> Option<()> {
    table.get_mut(at..at + bytes.len())?.copy_from_slice(bytes);
    Some(())
}

fn short(table: &[u8], at: usize) -> Option<u16> {
    let bytes = table.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes([bytes[0], bytes[1]]))
}

fn signed(table: &[u8], at: usize) -> Option<i16> {
    Some(short(table, at)? as i16)
}

fn long(table: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(short(table, at)?) << 16 | usize::from(short(table, at + 2)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Face, Faces};

    /// The glyph of a letter.
    fn glyph(faces: &Faces, face: Face, letter: &str) -> u16 {
        faces.shape(face, letter).glyphs[0].id
    }

    #[test]
    fn a_subset_has_the_outlines_and_advances_of_its_glyphs() {
        let faces = Faces::embedded().unwrap();
        for face in Face::ALL {
            let font = TrueType::read(faces.bytes(face));
            let glyphs = ["n", " ", "é", "W"].map(|letter| glyph(&faces, face, letter));
            let subset = font.subset(&[&[0], &glyphs[..]].concat()).unwrap();
            let cut = TrueType::read(&subset.program);
            assert!(
                subset.program.len() < faces.bytes(face).len() / 4,
                "{face:?}"
            );
            assert_eq!(
                usize::from(short(cut.table(b"maxp").unwrap(), 4).unwrap()),
                subset.advances.len()
            );
            for (number, &glyph) in (1..).zip(&glyphs) {
                assert_eq!(
                    cut.advance_and_bearing(number),
                    font.advance_and_bearing(glyph),
                    "{face:?}"
                );
                let (cut, whole) = (cut.outline(number).unwrap(), font.outline(glyph).unwrap());
                if components(whole).is_empty() {
                    assert_eq!(&cut[..whole.len()], whole, "{face:?}");
                }
            }
        }
    }

    #[test]
    fn glyphs_of_which_others_are_composed_come_along() {
        let faces = Faces::embedded().unwrap();
        let composed = Face::ALL.into_iter().find_map(|face| {
            let font = TrueType::read(faces.bytes(face));
            let glyph = glyph(&faces, face, "é");
            let outline = font.outline(glyph)?;
            (!components(outline).is_empty()).then_some((font, glyph, outline))
        });
        let (font, glyph, outline) = composed.expect("a font composes letters with accents");
        let subset = font.subset(&[0, glyph]).unwrap();
        let cut = TrueType::read(&subset.program);
        let cut_outline = cut.outline(1).unwrap();
        let parts = components(outline);
        assert_eq!(components(cut_outline), parts);
        for (number, at) in (2..).zip(parts) {
            assert_eq!(short(cut_outline, at), Some(number));
            let part = font.outline(short(outline, at).unwrap()).unwrap();
            assert_eq!(&cut.outline(number).unwrap()[..part.len()], part);
        }
    }

    #[test]
    fn the_file_and_its_tables_add_up() {
        let faces = Faces::embedded().unwrap();
        let font = TrueType::read(faces.bytes(Face::Sans));
        let program = font.subset(&[0, 5, 9]).unwrap().program;
        assert_eq!(checksum(&program), 0xb1b0_afba);
        assert_eq!(program.len() % 4, 0);
    }

    #[test]
    fn what_is_no_font_has_no_subset() {
        let faces = Faces::embedded().unwrap();
        let whole = faces.bytes(Face::Serif);
        for broken in [&[][..], &[0; 40], &whole[..300], &whole[..whole.len() / 2]] {
            let font = TrueType::read(broken);
            assert!(font.subset(&[0, 4000]).is_none());
        }
        assert!(TrueType::read(&[]).metrics().is_none());
    }
}
