//! Two editions of a sheet, number by number, based on what each prints.

use super::sheet::{Printed, Sheet};

/// One number on both sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The name in the statistics: `gender.female`.
    pub name: String,
    /// The number on the earlier sheet; `None` if the sheet doesn't print it.
    pub before: Option<Printed>,
    /// The number on the later sheet.
    pub after: Option<Printed>,
}

impl Pair {
    /// The change, if both are printed exactly.
    pub fn change(&self) -> Option<i64> {
        let (before, after) = (self.before?, self.after?);
        (before.is_exact() && after.is_exact()).then(|| after.lo - before.lo)
    }
}

/// The numbers of two sheets, in the order of the later one; those that it doesn't have come last. The numbers for
/// single years belong to a trend: either both sheets have them, or they are here as the year's.
pub fn side_by_side(before: &Sheet, after: &Sheet) -> Vec<Pair> {
    let of = |sheet: &Sheet, name: &str| {
        let mut statements = sheet.statements.iter();
        statements.find(|it| it.name == name).map(|it| it.printed)
    };
    let is_of_trend = |name: &str| name.starts_with("trend.");
    let mut pairs: Vec<Pair> = Vec::new();
    for statement in after.statements.iter().chain(&before.statements) {
        let name = &statement.name;
        if is_of_trend(name) || pairs.iter().any(|pair| pair.name == *name) {
            continue;
        }
        pairs.push(Pair {
            name: name.clone(),
            before: of(before, name),
            after: of(after, name),
        });
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Span, Statement, Subject};

    fn sheet(numbers: &[(&str, Printed)]) -> Sheet {
        let year_span = Span::of_year(2016, 1);
        Sheet {
            name: "sheet".to_owned(),
            area: "NM".to_owned(),
            states: vec!["NM".to_owned()],
            period: year_span,
            year: 2016,
            year_span,
            limit: Some(5),
            is_synthetic: false,
            statements: numbers
                .iter()
                .map(|(name, printed)| Statement {
                    name: (*name).to_owned(),
                    subject: Subject::Cases,
                    over: year_span,
                    printed: *printed,
                })
                .collect(),
            ledger: None,
        }
    }

    #[test]
    fn every_number_is_listed_once_and_only_exact_ones_have_a_change() {
        let small = Printed { lo: 1, hi: 4 };
        let before = sheet(&[
            ("a", Printed::exact(40)),
            ("b", small),
            ("gone", Printed::exact(7)),
            ("trend.cases.2015", Printed::exact(9)),
        ]);
        let after = sheet(&[
            ("b", Printed::exact(6)),
            ("a", Printed::exact(31)),
            ("new", small),
        ]);
        let pairs = side_by_side(&before, &after);
        let names: Vec<&str> = pairs.iter().map(|pair| pair.name.as_str()).collect();
        assert_eq!(names, ["b", "a", "new", "gone"]);
        let changes: Vec<Option<i64>> = pairs.iter().map(Pair::change).collect();
        assert_eq!(changes, [None, Some(-9), None, None]);
        assert_eq!((pairs[2].before, pairs[3].after), (None, None));
    }
}
