//! Reads published sheets as a stranger would, and tries to work out the small numbers behind them
//! (docs/protection.md).
//!
//! The audit knows what sheets print and how their numbers are connected: totals are sums, a period is the sum of its
//! years, no category has more than all cases, an area has at least what its states have. It doesn't see any rows.

mod areas;
mod attack;
mod decide;
mod differences;
mod editions;
mod model;
mod names;
mod numbers;
mod problem;
mod read_csv;
mod read_json;
mod read_pdf;
mod released;
mod report;
mod search;
mod sheet;
mod side_by_side;
#[cfg(test)]
mod tests;

pub use editions::compare;
pub use numbers::What;
pub use read_csv::read_csv;
pub use read_json::{read_json, sheet_of};
pub use read_pdf::read_pdf;
pub use released::numbers_out;
pub use report::{audit_json, audit_text};
pub use sheet::{Counted, Ledger, Printed, Sheet, Span, Statement, Subject};
pub use side_by_side::{Pair, side_by_side};

use decide::{Decided, Verdict, decide};
use model::Model;
use numbers::{Wanted, close, wanted};

use crate::failure::Outcome;
use crate::vocabulary::Vocabulary;

/// The sheets in the text of a file: JSON or CSV, recognized by its first characters.
///
/// # Errors
/// A text that this program doesn't write.
pub fn read_text(file: &str, text: &str, vocabulary: &Vocabulary) -> Outcome<Vec<Sheet>> {
    match text.trim_start().starts_with(['{', '[']) {
        true => read_json(file, text, vocabulary),
        false => read_csv(file, text, vocabulary),
    }
}

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// The sheets, in the order of areas and of time.
    pub sheets: Vec<Sheet>,
    /// What follows from the sheets but shouldn't.
    pub findings: Vec<Finding>,
    /// What people should know about the sheets, in sentences.
    pub warnings: Vec<String>,
    /// Numbers that would have taken too long to check.
    pub undecided: Vec<Place>,
}

/// Something that published sheets give away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A small number that can only have some values.
    Told {
        /// How it appears on the sheet.
        what: What,
        /// Where it is printed, or would be.
        at: Place,
        /// For what one sheet has and the other doesn't: the other sheet.
        other: Option<usize>,
        /// All values that it can have, in order.
        values: Vec<i64>,
        /// The limit k: smaller numbers are small.
        limit: i64,
        /// The printed numbers that show it.
        because: Vec<Place>,
    },
    /// Two printed numbers with a small difference.
    Difference {
        /// The number of the earlier sheet.
        before: Place,
        /// The number of the later sheet.
        after: Place,
        /// How much larger the later number is.
        change: i64,
    },
    /// Printed numbers that can't all come from the same data.
    Contradiction {
        /// Where they are printed.
        between: Vec<Place>,
    },
}

/// A number on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The index of the sheet.
    pub sheet: usize,
    /// The name in the statistics: `gender.female`.
    pub name: String,
    /// The number as printed: `48`, `<5`, `33-36`.
    pub printed: String,
}

/// Attacks sheets with everything that they print together.
pub fn audit(mut sheets: Vec<Sheet>) -> Audit {
    sort(&mut sheets);
    let mut audit = attack(&sheets);
    if sheets.len() > 1 && audit.findings.iter().any(is_contradiction) {
        // Sheets that contradict each other say nothing together, but each one does.
        for (index, sheet) in sheets.iter().enumerate() {
            let alone = attack(std::slice::from_ref(sheet));
            let findings = alone.findings.into_iter();
            audit.findings.extend(findings.map(|it| it.of_sheet(index)));
        }
    }
    audit.warnings = warnings(&sheets);
    audit.sheets = sheets;
    audit
}

/// What follows directly from what sheets print together, only about their small numbers: quick for any number of
/// sheets, but [`audit`] may still find what it leaves open. Findings have no reasons.
pub fn audit_at_a_glance(mut sheets: Vec<Sheet>) -> Audit {
    sort(&mut sheets);
    let mut model = Model::of(&sheets);
    let wanted = wanted(&mut model, &sheets);
    let terms: Vec<_> = wanted.iter().map(|it| it.terms.clone()).collect();
    let problems = model.problems(&terms).into_iter();
    let verdicts = problems.flat_map(|compiled| decide::at_a_glance(&compiled, &wanted));
    let findings = verdicts.filter_map(|(at, verdict)| match verdict {
        Verdict::Told { values, .. } => Some(wanted[at].told(values, Vec::new())),
        _ => None,
    });
    Audit {
        findings: findings.collect(),
        sheets,
        ..Audit::default()
    }
}

/// By area, and then in order of time.
fn sort(sheets: &mut [Sheet]) {
    sheets.sort_by(|a, b| {
        let key = |sheet: &Sheet| (sheet.period.to, sheet.period.from, sheet.year);
        a.area.cmp(&b.area).then(key(a).cmp(&key(b)))
    });
}

fn attack(sheets: &[Sheet]) -> Audit {
    let mut audit = Audit::default();
    let mut model = Model::of(sheets);
    let wanted = wanted(&mut model, sheets);
    let terms: Vec<_> = wanted.iter().map(|it| it.terms.clone()).collect();
    let place = |source: usize| {
        let source = &model.sources[source];
        Place {
            sheet: source.sheet,
            name: source.name.clone(),
            printed: source.printed.clone(),
        }
    };
    let mut verdicts = Vec::new();
    for compiled in model.problems(&terms) {
        match decide(&compiled, &wanted) {
            Decided::Verdicts(of_problem) => verdicts.extend(of_problem),
            Decided::Contradiction(sources) => audit.findings.push(Finding::Contradiction {
                between: sources.into_iter().map(place).collect(),
            }),
        }
    }
    verdicts.sort_by_key(|(at, _)| *at);
    for (at, verdict) in verdicts {
        let it = &wanted[at];
        match verdict {
            Verdict::Open => {}
            Verdict::Unknown => audit.undecided.push(it.place()),
            Verdict::Told { values, sources } => {
                let because = sources.into_iter().map(place).collect();
                audit.findings.push(it.told(values, because));
            }
        }
    }
    audit.findings.extend(close(sheets).iter().map(|close| {
        let place = |(sheet, statement): (usize, &Statement)| Place {
            sheet,
            name: statement.name.clone(),
            printed: statement.printed.to_string(),
        };
        Finding::Difference {
            before: place(close.before),
            after: place(close.after),
            change: close.change(),
        }
    }));
    audit
}

impl Wanted {
    fn told(&self, values: Vec<i64>, because: Vec<Place>) -> Finding {
        Finding::Told {
            what: self.what,
            at: self.place(),
            other: self.other,
            values,
            limit: self.limit,
            because,
        }
    }

    fn place(&self) -> Place {
        Place {
            sheet: self.sheet,
            name: self.name.clone(),
            printed: self.printed.clone(),
        }
    }
}

fn is_contradiction(finding: &Finding) -> bool {
    matches!(finding, Finding::Contradiction { .. })
}

impl Finding {
    /// What was found about a single sheet, as one of several.
    fn of_sheet(mut self, index: usize) -> Self {
        let places: Vec<&mut Place> = match &mut self {
            Finding::Told { at, because, .. } => std::iter::once(at).chain(because).collect(),
            Finding::Difference { before, after, .. } => vec![before, after],
            Finding::Contradiction { between } => between.iter_mut().collect(),
        };
        for place in places {
            place.sheet = index;
        }
        self
    }
}

/// What makes sheets say more together than protection expects.
fn warnings(sheets: &[Sheet]) -> Vec<String> {
    let mut warnings = Vec::new();
    for pair in sheets.windows(2) {
        let [one, other] = pair else { continue };
        if one.area != other.area || one.period == other.period {
            continue;
        }
        let apart = [
            other.period.to - one.period.to,
            other.period.from - one.period.from,
        ];
        if apart.iter().any(|months| months % 12 != 0) {
            warnings.push(format!(
                "{} ({}) and {} ({}) aren't whole years apart: the numbers for a few months can be worked out from both",
                one.name, one.period, other.name, other.period
            ));
        }
    }
    warnings
}
