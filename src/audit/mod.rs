//! Reads published sheets as a stranger would, and tries to work out the small numbers behind them
//! (docs/protection.md).
//!
//! It knows what sheets print and how their numbers hang together: totals are sums, a period is its years, no
//! category has more than all cases, an area has at least what its states have. It sees no row.

mod areas;
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

/// The sheets in the text of a file: JSON or CSV, recognized by how it begins.
///
/// # Errors
/// When it is not what this program writes.
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
    /// What follows from the sheets and should not.
    pub findings: Vec<Finding>,
    /// What a person should know of the sheets, in sentences.
    pub warnings: Vec<String>,
    /// Numbers that would have taken too long.
    pub undecided: Vec<Place>,
}

/// Something that published sheets give away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A small number that can only be one of some values.
    Told {
        /// How it stands on the sheet.
        what: What,
        /// Where it is printed, or would be.
        at: Place,
        /// The sheet that it is held against, for what one has and the other hasn't.
        other: Option<usize>,
        /// All that it can be, in order.
        values: Vec<i64>,
        /// The limit k: smaller numbers are small.
        limit: i64,
        /// The printed numbers that show it.
        because: Vec<Place>,
    },
    /// Two printed numbers whose difference is small.
    Difference {
        /// The number of the earlier sheet.
        before: Place,
        /// The number of the later sheet.
        after: Place,
        /// By how much the later is larger.
        change: i64,
    },
    /// Printed numbers that can't all be of the same data.
    Contradiction {
        /// Where they are printed.
        between: Vec<Place>,
    },
}

/// A number on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which of the sheets.
    pub sheet: usize,
    /// As statistics name it: `gender.female`.
    pub name: String,
    /// As it is printed: `48`, `<5`, `33-36`.
    pub printed: String,
}

/// Attacks sheets with all that they print together.
pub fn audit(mut sheets: Vec<Sheet>) -> Audit {
    sort(&mut sheets);
    let mut audit = attack(&sheets);
    if sheets.len() > 1 && audit.findings.iter().any(is_contradiction) {
        // Sheets that contradict each other say nothing together; each by itself does.
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

/// What follows from what sheets print together directly, of their small numbers alone: quick for any number of sheets,
/// but what it leaves open [`audit`] may still tell. Findings without their reasons.
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

/// By area, and in the order of time.
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
    /// What was found of a sheet alone, as of one of several.
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

/// What makes sheets say more together than protection reckons with.
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
