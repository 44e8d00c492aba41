//! Proposes a mapping for a file of unknown layout, by the names of its columns and by what is in them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;

use super::column::{Column, spelling};
use super::date::DateForm;
use super::decode::{Decoded, utf_16};
use super::empties::Empties;
use super::header::Wanted;
use super::known_names::KnownNames;
use super::limits::Limits;
use super::mapping::Mapping;
use super::meaning::Meaning;
use super::records::Records;
use super::table::likely_delimiter;
use super::trim::trim;
use crate::failure::{Failure, Outcome, Position, is_unprintable, nearest};
use crate::vocabulary::Vocabulary;

/// Bytes and rows that are looked at.
const LOOKED_AT: u64 = 4 << 20;
const MOST_ROWS: usize = 5000;
/// Rows among which the header must be.
const HEADER_WITHIN: usize = 50;
/// Likeness of a column of the file to a canonical one, from 0 to 1, from which on it is proposed.
const LIKE_ENOUGH: f64 = 0.5;
/// Unknown values that are listed per column.
const MOST_UNKNOWN: usize = 20;

/// Separators that are tried, the likeliest first; where two would do, the first is proposed.
const SEPARATORS: [&str; 6] = [";", "|", ", ", "/", ",", " and "];
/// What the first text of a row begins with when the row is a sum, and when it ends the table.
const TOTALS: [&str; 4] = ["Subtotal", "Grand Total", "Total", "Sum"];
const FOOTERS: [&str; 5] = [
    "Confidential",
    "Copyright",
    "Generated",
    "Source:",
    "Report generated",
];

/// A mapping that a person should look over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The mapping file.
    pub toml: String,
    /// Columns that are required and were not found.
    pub missing: Vec<Column>,
}

/// One column of the file.
struct Found {
    name: String,
    /// Its distinct values and how often each stands in it; not those that say nothing.
    values: BTreeMap<String, u64>,
    filled: usize,
    blank: usize,
}

/// Proposes a mapping for a source.
///
/// # Errors
/// A source that can't be read or has no rows.
pub fn propose(
    file: &str,
    source: impl Read,
    vocabulary: &Vocabulary,
    limits: Limits,
) -> Outcome<Proposal> {
    let mut bytes = Vec::new();
    source
        .take(LOOKED_AT)
        .read_to_end(&mut bytes)
        .map_err(|error| {
            Failure::data(format!("can't read the data: {error}")).at(Position::file(file))
        })?;
    let encoding = match utf_16(&bytes) {
        None if !is_utf_8(&bytes) => Some("windows-1252"),
        _ => None,
    };
    let label = encoding.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let decoded = Decoded::new(bytes.as_slice(), label).map_err(|error| {
        Failure::data(format!("can't read the data: {error}")).at(Position::file(file))
    })?;
    let mut records = Records::new(file, decoded, limits)?;
    let wanted = Wanted {
        by_own_names: Some(Column::all(vocabulary).into()),
        ..Wanted::of_signals(Mapping::canonical())
    };
    let delimiter = likely_delimiter(records.peek(), &wanted);
    records.set_delimiter(delimiter);
    let mut rows: Vec<Vec<String>> = Vec::new();
    while rows.len() < MOST_ROWS && records.advance()? {
        let cells = records.current().iter().map(trim);
        rows.push(
            cells
                .map(|cell| String::from_utf8_lossy(cell).into_owned())
                .collect(),
        );
    }
    let Some(header) = header_row(&rows) else {
        return Err(Failure::data("the file is empty")
            .at(Position::file(file))
            .remedy("it needs a header and then a row per signal"));
    };
    let width = rows[header].len();
    let (around, data): (Vec<_>, Vec<_>) = rows[header + 1..].iter().partition(|row| {
        begins_with(row, &TOTALS).is_some()
            || begins_with(row, &FOOTERS).is_some()
            || row.len() != width
    });
    let columns: Vec<Found> = (0..width)
        .map(|field| {
            Found::of(
                &rows[header][field],
                data.iter().map(|row| row[field].as_str()),
            )
        })
        .collect();
    let separator = likely_separator(&columns, vocabulary);
    let chosen = choose(&columns, separator, vocabulary);

    let mut toml = String::from(
        "# Proposed by `hotline-profile check`. Look it over: what a column means is a guess by its name and values.\n",
    );
    let mut line = |text: String| writeln!(toml, "{text}").expect("memory takes what is written");
    if let Some(encoding) = encoding {
        line(format!("encoding = {}", quoted(encoding)));
    }
    if separator != SEPARATORS[0] {
        line(format!("separators = [{}]", quoted(separator)));
    }
    let received = chosen.get(&Column::Received).map(|field| &columns[*field]);
    if let Some(form) = received.and_then(likely_date).filter(|form| *form != "iso") {
        line(format!("dates = [{}]", quoted(form)));
    }
    report_table(&around, &columns, &chosen, header > 0, &mut line);
    line("\n[columns]".to_owned());
    let all = Column::all(vocabulary);
    let found = all
        .iter()
        .filter_map(|column| Some((*column, *chosen.get(column)?)));
    for (column, field) in found {
        let name = &columns[field].name;
        line(format!("{} = {}", column.name(), quoted(name)));
    }
    for column in all {
        if !chosen.contains_key(&column) {
            line(format!("# {} = \"…\"", column.name()));
        }
    }
    unknown_values(&columns, &chosen, separator, vocabulary, &mut line);
    let missing = [Column::SignalId, Column::Received, Column::State];
    Ok(Proposal {
        toml,
        missing: missing
            .into_iter()
            .filter(|column| !chosen.contains_key(column))
            .collect(),
    })
}

/// What stands around the rows, and the column whose empty cells mean the cell above.
fn report_table(
    around: &[&Vec<String>],
    columns: &[Found],
    chosen: &BTreeMap<Column, usize>,
    has_titles: bool,
    line: &mut impl FnMut(String),
) {
    let used = |words: &[&str]| -> Vec<String> {
        let used = words
            .iter()
            .filter(|word| around.iter().any(|row| begins_with(row, &[word]).is_some()));
        used.map(|word| quoted(word)).collect()
    };
    let (totals, footers) = (used(&TOTALS), used(&FOOTERS));
    let is_report = has_titles || !totals.is_empty() || !footers.is_empty();
    // An empty case id says that a signal is of no case, unless the file is a grouped report.
    let grouped = chosen
        .get(&Column::CaseId)
        .map(|field| &columns[*field])
        .filter(|case| is_report && case.blank > 0);
    if totals.is_empty() && footers.is_empty() && grouped.is_none() {
        return;
    }
    line("\n[report]".to_owned());
    if !totals.is_empty() {
        line(format!("totals = [{}]", totals.join(", ")));
    }
    if !footers.is_empty() {
        line(format!("footer = [{}]", footers.join(", ")));
    }
    if let Some(case) = grouped {
        line(format!("fill_down = [{}]", quoted(&case.name)));
    }
}

/// Values that the vocabulary does not have, for a person to say what they mean.
fn unknown_values(
    columns: &[Found],
    chosen: &BTreeMap<Column, usize>,
    separator: &str,
    vocabulary: &Vocabulary,
    line: &mut impl FnMut(String),
) {
    for column in Column::all(vocabulary) {
        let Some(&field) = chosen.get(&column) else {
            continue;
        };
        let Some(meaning) = Meaning::of(column, vocabulary) else {
            continue;
        };
        let mut unknown: BTreeMap<&str, u64> = BTreeMap::new();
        for (value, count) in columns[field].parts(separator) {
            if meaning.code(value).is_none() && !Empties::standard().has(value.as_bytes()) {
                *unknown.entry(value).or_default() += count;
            }
        }
        if unknown.is_empty() {
            continue;
        }
        line(format!("\n[values.{}]", column.name()));
        for (value, count) in unknown.iter().take(MOST_UNKNOWN) {
            let near = nearest(value, meaning.names()).unwrap_or("…");
            line(format!(
                "# {} = {} # {count} times",
                quoted(value),
                quoted(near)
            ));
        }
        if unknown.len() > MOST_UNKNOWN {
            line(format!("# and {} more", unknown.len() - MOST_UNKNOWN));
        }
    }
}

impl Found {
    fn of<'a>(name: &str, cells: impl Iterator<Item = &'a str>) -> Found {
        let empties = Empties::standard();
        let mut found = Found {
            name: name.to_owned(),
            values: BTreeMap::new(),
            filled: 0,
            blank: 0,
        };
        for cell in cells {
            if cell.is_empty() {
                found.blank += 1;
            } else if !empties.has(cell.as_bytes()) {
                found.filled += 1;
                *found.values.entry(cell.to_owned()).or_default() += 1;
            }
        }
        found
    }

    /// The values between separators.
    fn parts<'a>(&'a self, separator: &'a str) -> impl Iterator<Item = (&'a str, u64)> {
        self.values.iter().flat_map(move |(cell, count)| {
            let values = cell.split(separator).map(str::trim);
            values
                .filter(|value| !value.is_empty())
                .map(|value| (value, *count))
        })
    }

    /// The share of cells that pass a test.
    fn share(&self, test: impl Fn(&str) -> bool) -> f64 {
        let passing: u64 = self
            .values
            .iter()
            .filter(|(value, _)| test(value))
            .map(|(_, count)| count)
            .sum();
        passing as f64 / (self.filled.max(1)) as f64
    }

    /// The share of values that a meaning knows. Numbers tell nothing: an age is one, and so is much else.
    fn share_known(&self, meaning: Meaning<'_>, separator: &str) -> f64 {
        let (mut known, mut all) = (0, 0);
        let values = self.parts(separator);
        for (value, count) in values.filter(|(value, _)| has_letter(value)) {
            all += count;
            if meaning.code(value).is_some() {
                known += count;
            }
        }
        known as f64 / all.max(1) as f64
    }

    /// How much the name is like that of a canonical column.
    fn name_likeness(&self, column: Column, vocabulary: &Vocabulary) -> f64 {
        let spelled = spelling(&self.name);
        let group = column
            .group()
            .and_then(|group| vocabulary.groups().get(group));
        let heading = group.map(|group| self::spelling(&group.heading));
        let known = KnownNames::embedded().of(column.name());
        let synonyms = known.iter().chain(&heading).map(String::as_str);
        if spelled == column.name() || synonyms.clone().any(|name| name == spelled) {
            return 1.0;
        }
        // A name within a longer one, as in "Primary Victim Gender".
        let words: Vec<&str> = spelled.split(|c: char| !c.is_alphanumeric()).collect();
        let own: Vec<&str> = column.name().split('_').collect();
        if own.iter().all(|word| words.contains(word)) {
            return 0.85;
        }
        let likeness = std::iter::once(column.name())
            .chain(synonyms)
            .map(|name| strsim::jaro_winkler(name, &spelled))
            .fold(0.0, f64::max);
        if likeness > 0.92 { 0.6 } else { 0.0 }
    }

    /// How much the values are like those of a canonical column.
    fn value_likeness(&self, column: Column, separator: &str, vocabulary: &Vocabulary) -> f64 {
        if self.filled == 0 {
            return 0.0;
        }
        if let Some(meaning) = Meaning::of(column, vocabulary) {
            return self.share_known(meaning, separator);
        }
        let number_within = |low: f64, high: f64| {
            self.share(|text| {
                let first = text
                    .split(separator)
                    .next()
                    .unwrap_or_default()
                    .replace(',', ".");
                text.contains(['.', ','])
                    && first
                        .trim()
                        .parse()
                        .is_ok_and(|x: f64| (low..=high).contains(&x))
            })
        };
        match column {
            Column::Received => likely_date(self).map_or(0.0, |_| 1.0),
            Column::SignalId if self.values.len() == self.filled && self.blank == 0 => 0.6,
            Column::Zip => self.share(|text| {
                let digits = text.bytes().take_while(u8::is_ascii_digit).count();
                (4..=5).contains(&digits) && text.len() <= 10
            }),
            // The states and territories lie in these bounds.
            Column::Latitude => number_within(-15.0, 72.0),
            Column::Longitude => number_within(-180.0, -64.0),
            _ => 0.0,
        }
    }
}

/// The field of each canonical column that has one: the likeliest pair first, each field once.
fn choose(columns: &[Found], separator: &str, vocabulary: &Vocabulary) -> BTreeMap<Column, usize> {
    let mut pairs = Vec::new();
    for (field, found) in columns.iter().enumerate() {
        if found.name.is_empty() {
            continue;
        }
        for (rank, column) in Column::all(vocabulary).into_iter().enumerate() {
            let by_name = found.name_likeness(column, vocabulary);
            let by_values = found.value_likeness(column, separator, vocabulary);
            // A name alone is enough where values can't tell, or are not known yet.
            let likeness = match column {
                Column::CaseId | Column::County | Column::City => by_name,
                Column::CallerState if by_name == 0.0 => 0.0,
                _ => 0.6 * by_name + 0.4 * by_values + if by_values > 0.9 { 0.15 } else { 0.0 },
            };
            if likeness >= LIKE_ENOUGH {
                pairs.push((likeness, rank, column, field));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.3).cmp(&(b.1, b.3))));
    let mut chosen = BTreeMap::new();
    for (.., column, field) in pairs {
        if !chosen.contains_key(&column) && !chosen.values().any(|taken| *taken == field) {
            chosen.insert(column, field);
        }
    }
    chosen
}

/// The form that fits nearly all dates.
fn likely_date(found: &Found) -> Option<&'static str> {
    ["iso", "month/day/year", "day/month/year", "excel", "year"]
        .into_iter()
        .map(|name| {
            let form = DateForm::named(name).ok();
            let share = found.share(|text| {
                form.as_ref()
                    .is_some_and(|form| form.day(text.as_bytes(), None).is_some())
            });
            (name, share)
        })
        .filter(|(_, share)| *share > 0.9)
        .fold(None, |best: Option<(&str, f64)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        })
        .map(|(name, _)| name)
}

/// What stands between several values of a cell: what makes most values known.
fn likely_separator(columns: &[Found], vocabulary: &Vocabulary) -> &'static str {
    let coded = Column::all(vocabulary).into_iter();
    let coded = coded.filter_map(|column| Meaning::of(column, vocabulary));
    let coded: Vec<Meaning<'_>> = coded.collect();
    let known = |separator: &str| -> u64 {
        let of_column = |found: &Found| {
            let known = |meaning: &Meaning<'_>| {
                let parts = found.parts(separator);
                parts
                    .filter(|(value, _)| has_letter(value) && meaning.code(value).is_some())
                    .map(|(_, count)| count)
                    .sum()
            };
            coded.iter().map(known).max().unwrap_or(0)
        };
        columns.iter().map(of_column).sum()
    };
    let mut best = (SEPARATORS[0], known(SEPARATORS[0]));
    for separator in SEPARATORS {
        let known = known(separator);
        if known > best.1 {
            best = (separator, known);
        }
    }
    best.0
}

fn has_letter(value: &str) -> bool {
    value.contains(char::is_alphabetic)
}

/// The header: the row that has most names of columns; where none has any, the first of the commonest
/// width.
fn header_row(rows: &[Vec<String>]) -> Option<usize> {
    let named = |row: &Vec<String>| {
        let is_name = |cell: &&String| {
            let spelled = spelling(cell);
            KnownNames::embedded().has(&spelled)
        };
        row.iter().filter(is_name).count()
    };
    let first = &rows[..rows.len().min(HEADER_WITHIN)];
    let most = first.iter().map(named).max()?;
    if most > 0 {
        return first.iter().position(|row| named(row) == most);
    }
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        *widths.entry(row.len()).or_default() += 1;
    }
    let (width, _) = widths.into_iter().max_by_key(|(_, count)| *count)?;
    rows.iter().position(|row| row.len() == width)
}

fn begins_with<'w>(row: &[String], words: &[&'w str]) -> Option<&'w str> {
    let first = row.iter().find(|cell| !cell.is_empty())?.to_lowercase();
    words
        .iter()
        .copied()
        .find(|word| first.starts_with(&word.to_lowercase()))
}

/// Whether bytes that may be cut off anywhere are UTF-8.
fn is_utf_8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

/// A text as TOML, on one line whatever it holds, because it may stand in a comment.
fn quoted(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            _ if is_unprintable(c) => out += &format!("\\U{:08X}", u32::from(c)),
            _ => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Row, SignalReader};

    const REPORT: &str = "Signals\r\n\r\n\
        Case Number,Signal #,Date Received,Location State,Location City,Victim Gender,Age Group,Notes\r\n\
        C-1,S1,1/15/2016,New Mexico,Gallup,\"Female, Male\",Adult,\u{f1}\r\n\
        ,S2,1/16/2016,New Mexico,Taos,Femal,Minor,x\r\n\
        Subtotal (2),,,,,,,\r\n\
        C-2,S3,2/3/2016,Texas,Austin,\"Female, Female\",Adult,\r\n\
        Confidential Information\r\n";

    #[test]
    fn values_with_line_breaks_and_quotes_stay_within_their_comments() {
        let vocabulary = Vocabulary::embedded();
        let text = "signal_id,received,state,gender\n\
            1,2016-03-01,\"Ne\rva\nda\",\"\"\"Fem\"\"\\a\u{1b}l\"\n";
        let proposal = propose("x.csv", text.as_bytes(), &vocabulary, Limits::default()).unwrap();
        let toml = &proposal.toml;
        assert!(
            toml.contains(r#"# "Ne\U0000000Dva\U0000000Ada" ="#),
            "{toml}"
        );
        assert!(toml.contains(r#"# "\"Fem\"\\a\U0000001Bl" ="#), "{toml}");
        Mapping::from_toml("x.toml", toml, &vocabulary).unwrap();
    }

    #[test]
    fn a_report_is_understood_by_names_and_values_and_the_proposal_reads_it() {
        let vocabulary = Vocabulary::embedded();
        let bytes: Vec<u8> = REPORT.chars().map(|c| c as u8).collect();
        let proposal = propose("x.csv", bytes.as_slice(), &vocabulary, Limits::default()).unwrap();
        assert_eq!(proposal.missing, []);
        for line in [
            "encoding = \"windows-1252\"",
            "separators = [\", \"]",
            "dates = [\"month/day/year\"]",
            "totals = [\"Subtotal\"]",
            "footer = [\"Confidential\"]",
            "fill_down = [\"Case Number\"]",
            "signal_id = \"Signal #\"",
            "case_id = \"Case Number\"",
            "received = \"Date Received\"",
            "state = \"Location State\"",
            "city = \"Location City\"",
            "gender = \"Victim Gender\"",
            "age = \"Age Group\"",
            "# \"Femal\" = \"Female\" # 1 times",
        ] {
            assert!(
                proposal.toml.lines().any(|found| found == line),
                "{line} in\n{}",
                proposal.toml
            );
        }
        let mapping = Mapping::from_toml("m.toml", &proposal.toml, &vocabulary).unwrap();
        let mut reader = SignalReader::open_mapped(
            "x.csv",
            bytes.as_slice(),
            &vocabulary,
            &mapping,
            Limits::default(),
        )
        .unwrap();
        let mut signals = Vec::new();
        while let Some(row) = reader.advance().unwrap() {
            let Row::Signal(signal) = row else {
                panic!("a reject")
            };
            signals.push(format!(
                "{} {}",
                String::from_utf8_lossy(signal.case_id.unwrap()),
                signal.received
            ));
        }
        assert_eq!(
            signals,
            ["C-1 2016-01-15", "C-1 2016-01-16", "C-2 2016-02-03"]
        );
    }

    #[test]
    fn a_canonical_file_is_proposed_as_it_is() {
        let vocabulary = Vocabulary::embedded();
        let text = include_str!("../../input/signals.csv");
        let proposal = propose("x.csv", text.as_bytes(), &vocabulary, Limits::default()).unwrap();
        for column in Column::all(&vocabulary) {
            let line = format!("{0} = \"{0}\"", column.name());
            assert!(
                proposal.toml.lines().any(|found| found == line),
                "{line} in\n{}",
                proposal.toml
            );
        }
        assert!(!proposal.toml.contains("[report]") && !proposal.toml.contains("encoding"));
    }

    #[test]
    fn columns_without_telling_names_are_told_by_their_values() {
        let text = "c1;c2;c3;c4\nA-1;03/01/2016;TX;Male\nA-2;12/24/2016;NM;Female\n";
        let proposal = propose(
            "x.csv",
            text.as_bytes(),
            &Vocabulary::embedded(),
            Limits::default(),
        )
        .unwrap();
        for line in [
            "dates = [\"month/day/year\"]",
            "received = \"c2\"",
            "state = \"c3\"",
            "gender = \"c4\"",
        ] {
            assert!(
                proposal.toml.lines().any(|found| found == line),
                "{line} in\n{}",
                proposal.toml
            );
        }
        assert_eq!(proposal.missing, [Column::SignalId]);
        assert!(
            propose(
                "x.csv",
                &b""[..],
                &Vocabulary::embedded(),
                Limits::default()
            )
            .is_err()
        );
    }
}
