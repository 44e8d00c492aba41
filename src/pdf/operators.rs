//! A page's content as bytes: operators, each behind its operands (ISO 32000-1, 7.8.2).

/// Operators in the order in which they are carried out.
#[derive(Default)]
pub(super) struct Operators(Vec<u8>);

impl Operators {
    /// An operand: a number to the thousandth, which is finer than is seen of a length or a colour.
    pub(super) fn number(&mut self, value: f32) -> &mut Self {
        let thousandths = (f64::from(value) * 1000.0).round() as i64;
        if thousandths < 0 {
            self.0.push(b'-');
        }
        let thousandths = thousandths.unsigned_abs();
        self.digits(thousandths / 1000);
        let part = (thousandths % 1000) as u16;
        if part > 0 {
            self.0.push(b'.');
            let mut rest = part;
            for place in [100, 10, 1] {
                if rest > 0 {
                    self.0.push(b'0' + (rest / place) as u8);
                    rest %= place;
                }
            }
        }
        self.0.push(b' ');
        self
    }

    /// An operand: a name.
    pub(super) fn name(&mut self, name: &str) -> &mut Self {
        self.0.push(b'/');
        self.written(name)
    }

    /// An operand that is written already.
    pub(super) fn written(&mut self, operand: &str) -> &mut Self {
        self.0.extend_from_slice(operand.as_bytes());
        self.0.push(b' ');
        self
    }

    /// An operand: glyph codes of two bytes, each with what the pen moves back behind it, in thousandths
    /// of an em.
    pub(super) fn glyphs(&mut self, glyphs: impl IntoIterator<Item = (u16, i32)>) -> &mut Self {
        let mut is_open = false;
        self.0.push(b'[');
        for (code, back) in glyphs {
            if !is_open {
                self.0.push(b'<');
                is_open = true;
            }
            self.hexadecimal(code);
            if back != 0 {
                self.0.push(b'>');
                is_open = false;
                if back < 0 {
                    self.0.push(b'-');
                }
                self.digits(u64::from(back.unsigned_abs()));
            }
        }
        if is_open {
            self.0.push(b'>');
        }
        self.0.extend_from_slice(b"] ");
        self
    }

    /// The operator that takes the operands before it.
    pub(super) fn operator(&mut self, operator: &str) {
        self.0.extend_from_slice(operator.as_bytes());
        self.0.push(b'\n');
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    fn digits(&mut self, value: u64) {
        if value >= 10 {
            self.digits(value / 10);
        }
        self.0.push(b'0' + (value % 10) as u8);
    }

    fn hexadecimal(&mut self, code: u16) {
        for shift in [12, 8, 4, 0] {
            self.0
                .push(b"0123456789ABCDEF"[usize::from(code >> shift & 15)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Operators)) -> String {
        let mut operators = Operators::default();
        write(&mut operators);
        String::from_utf8(operators.into_bytes()).unwrap()
    }

    #[test]
    fn numbers_have_no_more_digits_than_they_need() {
        for (value, text) in [
            (0.0, "0 "),
            (-0.0004, "0 "),
            (612.0, "612 "),
            (-12.5, "-12.5 "),
            (0.05, "0.05 "),
            (0.999_6, "1 "),
            (1234.567, "1234.567 "),
            (f32::NAN, "0 "),
        ] {
            let write = |to: &mut Operators| {
                to.number(value);
            };
            assert_eq!(written(write), text);
        }
    }

    #[test]
    fn glyphs_between_moves_stand_together() {
        let shown = [(1, 0), (0x2a, -12), (0xfffe, 7), (3, 0)];
        assert_eq!(
            written(|to| to.glyphs(shown).operator("TJ")),
            "[<0001002A>-12<FFFE>7<0003>] TJ\n"
        );
        assert_eq!(written(|to| to.glyphs([]).operator("TJ")), "[] TJ\n");
    }

    #[test]
    fn an_operator_stands_behind_its_operands() {
        let text = written(|to| to.name("Span").written("<</MCID 4>>").operator("BDC"));
        assert_eq!(text, "/Span <</MCID 4>> BDC\n");
    }
}
