//! The ink of each glyph in a TrueType font: what is drawn, not what the font reserves.

/// The outlines' bounds of a font file.
pub struct GlyphBounds<'a> {
    units_per_em: f32,
    has_long_offsets: bool,
    offsets: &'a [u8],
    outlines: &'a [u8],
}

/// Left, bottom, right and top of a glyph's outline from its origin, in ems.
pub type Bounds = [f32; 4];

impl<'a> GlyphBounds<'a> {
    /// Reads the tables `head`, `loca` and `glyf` (OpenType 1.9, chapter 5).
    pub fn read(font: &'a [u8]) -> Self {
        let table = |name: &[u8]| {
            (0..usize::from(unsigned(font, 4)))
                .map(|index| &font[12 + 16 * index..28 + 16 * index])
                .find(|record| &record[..4] == name)
                .map(|record| {
                    let start = long(record, 8);
                    &font[start..start + long(record, 12)]
                })
                .unwrap_or_else(|| panic!("the font has no {}", String::from_utf8_lossy(name)))
        };
        let head = table(b"head");
        GlyphBounds {
            units_per_em: f32::from(unsigned(head, 18)),
            has_long_offsets: unsigned(head, 50) == 1,
            offsets: table(b"loca"),
            outlines: table(b"glyf"),
        }
    }

    /// The bounds of a glyph, unless it draws nothing, like a space.
    pub fn of(&self, glyph: u16) -> Option<Bounds> {
        let (start, end) = (self.offset(glyph), self.offset(glyph + 1));
        (start < end).then(|| {
            let glyph = &self.outlines[start..end];
            [2, 4, 6, 8].map(|at| f32::from(unsigned(glyph, at) as i16) / self.units_per_em)
        })
    }

    fn offset(&self, glyph: u16) -> usize {
        let index = usize::from(glyph);
        if self.has_long_offsets {
            long(self.offsets, 4 * index)
        } else {
            2 * usize::from(unsigned(self.offsets, 2 * index))
        }
    }
}

fn unsigned(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([bytes[at], bytes[at + 1]])
}

fn long(bytes: &[u8], at: usize) -> usize {
    usize::from(unsigned(bytes, at)) << 16 | usize::from(unsigned(bytes, at + 2))
}
