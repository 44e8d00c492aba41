//! Mapping files: how to read a file with another layout as the canonical one (input/examples/README.md).

use std::collections::BTreeMap;
use std::num::NonZeroU8;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use chrono_tz::Tz;
use encoding_rs::Encoding;
use serde::Deserialize;
use toml::{Spanned, Value};

use super::column::{Column, spelling};
use super::date::DateForm;
use super::empties::Empties;
use super::file_pattern::FilePattern;
use super::meaning::Meaning;
use super::sheets::Sheets;
use crate::failure::{Failure, Outcome, Position, nearest};
use crate::toml_file;
use crate::vocabulary::{Counts, Vocabulary};

/// How to read files with one layout. [`Mapping::canonical`] is for files that need no mapping.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The name of the mapping file in messages; empty for the canonical one.
    pub file: String,
    /// `None`: UTF-8, or UTF-16 if the file shows it.
    pub encoding: Option<&'static Encoding>,
    /// `None`: as the header shows.
    pub delimiter: Option<u8>,
    /// Sheets of an Excel file.
    pub sheets: Sheets,
    /// Coordinates are written as `35,1`.
    pub decimal_comma: bool,
    /// Tried in this order.
    pub dates: Vec<DateForm>,
    /// Times with an offset from UTC are converted to this zone before the day is read.
    pub time_zone: Option<Tz>,
    /// What is between several values in a cell.
    pub separators: Separators,
    /// The number of header rows, starting with the column names; the rows after the first contain labels.
    pub header_rows: usize,
    /// Words that mean that nothing is known.
    pub empties: Empties,
    /// Venues that aren't in the vocabulary count as Other Venues or Other Industries.
    pub unknown_venue_is_other: bool,
    /// Fields that are missing at the end of a row are empty, and extra empty fields don't matter.
    pub pad_rows: bool,
    /// What is around the rows of a report, and is left out.
    pub report: Report,
    /// How cases are defined.
    pub cases: CaseRule,
    /// Rows that repeat a signal's id are more victims of it, not duplicates.
    pub rows_are_victims: bool,
    /// Where each column comes from. A column that isn't here is found by its own name.
    pub(super) columns: BTreeMap<Column, Origin>,
    /// What values mean, by column.
    pub(super) values: BTreeMap<Column, Aliases>,
    pub(super) joins: Vec<Join>,
    /// The columns in the vocabulary.
    pub(super) known: Arc<[Column]>,
}

/// How cases are defined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum CaseRule {
    /// A column says which case each signal belongs to.
    #[default]
    #[serde(skip)]
    Column,
    /// Each signal is a case of its own.
    #[serde(rename = "one per row")]
    OnePerRow,
    /// Nothing is known about cases.
    #[serde(rename = "none")]
    None,
}

/// What a row describes.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RowUnit {
    /// A signal.
    #[default]
    Signals,
    /// A potential victim: rows with the same id are about the same signal.
    Victims,
}

/// What is between several values in a cell, by column if columns differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Separators {
    /// For columns that aren't named; never empty.
    others: Vec<String>,
    by_column: BTreeMap<Column, Vec<String>>,
}

/// What is between values if a mapping doesn't say anything else.
const SEPARATOR: &str = ";";
/// The name for all other columns.
const OTHERS: &str = "*";

impl Separators {
    /// Those for a column; never empty.
    pub(super) fn of(&self, column: Column) -> &[String] {
        self.by_column.get(&column).unwrap_or(&self.others)
    }

    /// The first one for a column.
    pub(super) fn first(&self, column: Column) -> &str {
        self.of(column).first().map_or(SEPARATOR, String::as_str)
    }
}

/// What is around the rows of a report export; words are compared ignoring case.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Report {
    /// A row whose first text begins with one of these is a sum of others, and is skipped.
    pub totals: Vec<String>,
    /// A row whose first text begins with one of these ends the rows, until another header follows.
    pub footer: Vec<String>,
    /// Columns of the file in which empty cells repeat the cell above.
    pub fill_down: Vec<String>,
}

/// Where a canonical column comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// One column of the file, or several with values that belong together.
    Named(Vec<String>),
    /// The same in every row.
    Constant(String),
    /// A made-up id: this text and the number of the line.
    RowNumber(String),
    /// Yes-or-no columns, each with the value that yes means.
    Flags(Vec<(String, String)>),
}

/// Values in a column and their meanings.
#[derive(Clone, Debug, Default)]
pub(super) struct Aliases {
    /// By value in lower case: a code, or `None` if it means that nothing is known.
    pub by_value: BTreeMap<String, Option<u8>>,
    /// What every other value that isn't in the vocabulary means: the alias `"*"`.
    pub other: Option<Option<u8>>,
}

/// A file with rows that belong to the cases that signals mention.
#[derive(Clone, Debug)]
pub(super) struct Join {
    /// Pattern for the file's name: `victims*.csv`.
    pub files: FilePattern,
    /// The column with the case id.
    pub columns: BTreeMap<Column, Origin>,
}

static CANONICAL: LazyLock<Mapping> = LazyLock::new(|| Mapping {
    file: String::new(),
    encoding: None,
    delimiter: None,
    sheets: Sheets::Alike,
    decimal_comma: false,
    dates: vec![DateForm::Iso, DateForm::MonthDayYear],
    time_zone: None,
    separators: Separators {
        others: vec![SEPARATOR.to_owned()],
        by_column: BTreeMap::new(),
    },
    header_rows: 1,
    empties: Empties::standard(),
    unknown_venue_is_other: false,
    pad_rows: false,
    report: Report::default(),
    cases: CaseRule::Column,
    rows_are_victims: false,
    columns: BTreeMap::new(),
    values: BTreeMap::new(),
    joins: Vec::new(),
    known: Column::all(&Vocabulary::embedded()).into(),
});

/// Columns besides those of groups that a joined file can provide: what is known about a case as a whole.
const OF_A_CASE: [Column; 8] = [
    Column::State,
    Column::County,
    Column::City,
    Column::Zip,
    Column::Latitude,
    Column::Longitude,
    Column::SexVenue,
    Column::LaborVenue,
];

/// Whether a joined file can provide a column: groups that count signals can't come from one.
fn is_of_case(column: Column, vocabulary: &Vocabulary) -> bool {
    let group = column
        .group()
        .and_then(|group| vocabulary.groups().get(group));
    OF_A_CASE.contains(&column) || group.is_some_and(|group| group.counts == Counts::Cases)
}

impl Mapping {
    /// A mapping for the canonical layout, as a starting point.
    pub const TEXT: &str = include_str!("../../input/mapping.toml");

    /// The mapping for canonical files.
    pub fn canonical() -> &'static Mapping {
        &CANONICAL
    }

    /// The mapping for canonical files with the groups of a vocabulary.
    pub fn canonical_with(vocabulary: &Vocabulary) -> Mapping {
        Mapping {
            known: Column::all(vocabulary).into(),
            ..CANONICAL.clone()
        }
    }

    /// Reads a mapping file. Values are checked against the vocabulary.
    ///
    /// # Errors
    /// With file, line and column: what [`toml_file::load`] finds; an unknown column, encoding, date form, time zone
    /// or value; a canonical column from two sources.
    pub fn from_toml(file: &str, text: &str, vocabulary: &Vocabulary) -> Outcome<Mapping> {
        let written: Written = toml_file::load(file, text)?;
        let read = Reading {
            file,
            text,
            vocabulary,
        };
        let canonical = Mapping::canonical();
        let mut empties = Empties::standard();
        written.empty.iter().for_each(|word| empties.add(word));
        let separators = match written.separators {
            None => canonical.separators.clone(),
            Some(separators) => read.separators(separators)?,
        };
        let columns = read.origins(written.columns)?;
        let mut values = BTreeMap::new();
        for (name, aliases) in written.values {
            let column = read.column(&name)?;
            let aliases = read.aliases(&name, column, aliases, vocabulary)?;
            values.insert(column, aliases);
        }
        let mut joins = Vec::new();
        for join in written.join {
            let mut columns = read.origins(join.columns)?;
            let case_id = Origin::Named(vec![join.case_id]);
            columns.insert(Column::CaseId, case_id);
            joins.push(Join {
                files: read.pattern(&join.files)?,
                columns,
            });
        }
        let mapping = Mapping {
            file: file.to_owned(),
            encoding: read.optional(written.encoding, |label| {
                Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                    Failure::data(format!("unknown encoding “{label}”"))
                        .remedy("give utf-8, windows-1252, iso-8859-1, utf-16le or another name of the WHATWG list")
                })
            })?,
            delimiter: read.optional(written.delimiter, delimiter)?,
            sheets: written.sheet,
            decimal_comma: written.decimal == Decimal::Comma,
            dates: match written.dates {
                None => canonical.dates.clone(),
                Some(dates) => read.dates(&dates)?,
            },
            time_zone: read.optional(written.time_zone, |name| {
                name.parse().map_err(|_| {
                    Failure::data(format!("unknown time zone “{name}”"))
                        .remedy("give a name of the IANA list, as in America/Denver")
                })
            })?,
            separators,
            header_rows: written.header_rows.map_or(1, |rows| rows.get().into()),
            empties,
            unknown_venue_is_other: written.unknown_venue == UnknownVenue::Other,
            pad_rows: written.uneven_rows == UnevenRows::Pad,
            report: written.report,
            cases: written.cases,
            rows_are_victims: written.unit == RowUnit::Victims,
            columns,
            values,
            joins,
            known: Column::all(vocabulary).into(),
        };
        mapping.check_joins(vocabulary)?;
        mapping.check_cases()?;
        if mapping.unknown_venue_is_other {
            for list in [&vocabulary.sex_venue, &vocabulary.labor_venue] {
                if list.find(OTHER).is_none() {
                    return Err(Failure::data(
                        "`unknown_venue = \"other\"`, but the vocabulary doesn't have \
                    a venue called “Other”",
                    )
                    .at(Position::file(file)));
                }
            }
        }
        Ok(mapping)
    }

    /// The code that unknown values in a column count as.
    pub(super) fn code_of_other(&self, column: Column, meaning: Meaning<'_>) -> Option<u8> {
        let is_venue = matches!(column, Column::SexVenue | Column::LaborVenue);
        match meaning {
            Meaning::Vocabulary(list) if is_venue && self.unknown_venue_is_other => {
                list.find(OTHER)
            }
            _ => None,
        }
    }

    /// Whether dates have only a year.
    pub fn dates_are_years(&self) -> bool {
        self.dates == [DateForm::Year]
    }

    /// Whether place cells are in the file as places are read: values with `;` between them and a decimal point.
    pub(super) fn places_are_canonical(&self) -> bool {
        let columns = self.separators.by_column.iter();
        let mut of_places = columns.filter(|(column, _)| column.is_part_of_place());
        !self.decimal_comma
            && self.separators.others == [SEPARATOR]
            && of_places.all(|(_, separators)| *separators == [SEPARATOR])
    }

    /// Whether a joined file provides a column.
    pub(super) fn is_joined(&self, column: Column) -> bool {
        column != Column::CaseId
            && self
                .joins
                .iter()
                .any(|join| join.columns.contains_key(&column))
    }

    fn check_cases(&self) -> Outcome<()> {
        let failure = |message: &str| Failure::data(message).at(Position::file(&*self.file));
        let has_column = self.columns.contains_key(&Column::CaseId);
        if has_column && self.cases != CaseRule::Column {
            return Err(failure("`cases` and `case_id` both say what a case is")
                .remedy("keep `case_id` if the column holds ids of cases, and `cases` if not"));
        }
        if !self.joins.is_empty() && self.cases == CaseRule::None {
            return Err(
                failure("`cases = \"none\"`, but [[join]] joins files by case")
                    .remedy("leave out one of them"),
            );
        }
        Ok(())
    }

    fn check_joins(&self, vocabulary: &Vocabulary) -> Outcome<()> {
        let failure = |message: String| Failure::data(message).at(Position::file(&*self.file));
        let mut origin: BTreeMap<Column, &str> = BTreeMap::new();
        let of_signals = ("", &self.columns);
        let of_joins = self
            .joins
            .iter()
            .map(|join| (join.files.written(), &join.columns));
        for (files, columns) in std::iter::once(of_signals).chain(of_joins) {
            for &column in columns.keys() {
                if column == Column::CaseId {
                    continue;
                }
                if !files.is_empty() && !is_of_case(column, vocabulary) {
                    return Err(failure(format!(
                        "`{}` can't come from a joined file: it describes a signal, not a case",
                        column.name()
                    )));
                }
                if origin.insert(column, files).is_some() {
                    return Err(failure(format!(
                        "`{}` comes from two files; take it from one",
                        column.name()
                    )));
                }
            }
        }
        for join in &self.joins {
            let mut columns = join.columns.keys();
            if let Some(place) = columns.find(|column| column.is_part_of_place())
                && !join.columns.contains_key(&Column::State)
            {
                return Err(failure(format!(
                    "“{}” has `{}` but no `state`",
                    join.files.written(),
                    place.name()
                ))
                .remedy("add state = \"…\", or state = { constant = \"NM\" }, to the columns of this [[join]]"));
            }
        }
        let places = OF_A_CASE[..6].iter().copied();
        let mut origins: Vec<&str> = places
            .filter_map(|column| origin.get(&column).copied())
            .collect();
        origins.dedup();
        if origins.len() > 1 {
            return Err(failure(
                "state, county, city, zip, latitude and longitude must come from one file, because their \
                 values belong together"
                    .to_owned(),
            ));
        }
        Ok(())
    }
}

/// The vocabulary's spelling for its last venue.
const OTHER: &str = "Other";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    encoding: Option<Spanned<String>>,
    delimiter: Option<Spanned<String>>,
    #[serde(default)]
    sheet: Sheets,
    #[serde(default)]
    decimal: Decimal,
    dates: Option<Vec<Spanned<String>>>,
    time_zone: Option<Spanned<String>>,
    separators: Option<Spanned<Value>>,
    header_rows: Option<NonZeroU8>,
    #[serde(default)]
    empty: Vec<String>,
    #[serde(default)]
    unknown_venue: UnknownVenue,
    #[serde(default)]
    uneven_rows: UnevenRows,
    #[serde(default)]
    report: Report,
    #[serde(default)]
    cases: CaseRule,
    #[serde(default)]
    unit: RowUnit,
    #[serde(default)]
    columns: Origins,
    #[serde(default)]
    values: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<String>>>,
    #[serde(default)]
    join: Vec<WrittenJoin>,
}

type Origins = BTreeMap<Spanned<String>, Spanned<Value>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenJoin {
    files: Spanned<String>,
    case_id: String,
    columns: Origins,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
enum Decimal {
    #[default]
    #[serde(rename = ".")]
    Point,
    #[serde(rename = ",")]
    Comma,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum UnknownVenue {
    /// Reported but not counted.
    #[default]
    Uncounted,
    /// Reported and counted.
    Other,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum UnevenRows {
    #[default]
    Reject,
    Pad,
}

/// Checks what serde can't, and reports where the problem is.
struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    vocabulary: &'a Vocabulary,
}

impl Reading<'_> {
    fn at(&self, span: Range<usize>) -> Position {
        Position::in_text(self.file, self.text, span.start)
    }

    fn optional<T>(
        &self,
        value: Option<Spanned<String>>,
        parse: impl Fn(&str) -> Outcome<T>,
    ) -> Outcome<Option<T>> {
        let Some(value) = value else { return Ok(None) };
        parse(value.get_ref())
            .map(Some)
            .map_err(|failure| failure.at(self.at(value.span())))
    }

    /// `[", "]`, or `{ gender = [", "], "*" = ["|"] }` if columns differ.
    fn separators(&self, written: Spanned<Value>) -> Outcome<Separators> {
        let at = self.at(written.span());
        let mut separators = Mapping::canonical().separators.clone();
        match written.into_inner() {
            Value::Table(columns) => {
                for (name, value) in columns {
                    let texts = texts(value).map_err(|failure| failure.at(at.clone()))?;
                    match name.as_str() {
                        OTHERS => separators.others = texts,
                        _ => {
                            let column = column(&name, self.vocabulary)
                                .map_err(|failure| failure.at(at.clone()))?;
                            separators.by_column.insert(column, texts);
                        }
                    }
                }
            }
            value => separators.others = texts(value).map_err(|failure| failure.at(at))?,
        }
        Ok(separators)
    }

    fn dates(&self, written: &[Spanned<String>]) -> Outcome<Vec<DateForm>> {
        written
            .iter()
            .map(|form| {
                DateForm::named(form.get_ref()).map_err(|failure| failure.at(self.at(form.span())))
            })
            .collect()
    }

    fn pattern(&self, written: &Spanned<String>) -> Outcome<FilePattern> {
        FilePattern::parse(written.get_ref()).map_err(|reason| {
            Failure::data(format!(
                "“{}” isn't a pattern of file names: {reason}",
                written.get_ref()
            ))
            .at(self.at(written.span()))
            .remedy("write it as in \"victims*.csv\"")
        })
    }

    fn column(&self, name: &Spanned<String>) -> Outcome<Column> {
        column(name.get_ref(), self.vocabulary).map_err(|failure| failure.at(self.at(name.span())))
    }

    fn origins(&self, written: Origins) -> Outcome<BTreeMap<Column, Origin>> {
        let mut origins = BTreeMap::new();
        for (name, value) in written {
            let column = self.column(&name)?;
            let at = self.at(value.span());
            let origin = origin(column, value.into_inner()).map_err(|failure| failure.at(at))?;
            origins.insert(column, origin);
        }
        Ok(origins)
    }

    fn aliases(
        &self,
        name: &Spanned<String>,
        column: Column,
        written: BTreeMap<Spanned<String>, Spanned<String>>,
        vocabulary: &Vocabulary,
    ) -> Outcome<Aliases> {
        let Some(meaning) = Meaning::of(column, vocabulary) else {
            return Err(Failure::data(format!(
                "`{}` holds free text, so its values can't have aliases",
                column.name()
            ))
            .at(self.at(name.span())));
        };
        let mut aliases = Aliases::default();
        for (value, meant) in written {
            let code = match meant.get_ref().trim() {
                "" => None,
                text => Some(meaning.code(text).ok_or_else(|| {
                    let failure = Failure::data(format!("unknown {} “{text}”", column.name()))
                        .at(self.at(meant.span()));
                    match nearest(text, meaning.names()) {
                        Some(near) => failure.remedy(format!("did you mean “{near}”?")),
                        None => failure.remedy(format!(
                            "write one of these to the right of the =: {}",
                            meaning.names().collect::<Vec<_>>().join("; ")
                        )),
                    }
                })?),
            };
            match value.get_ref().trim() {
                "*" => aliases.other = Some(code),
                value => {
                    aliases.by_value.insert(value.to_lowercase(), code);
                }
            }
        }
        Ok(aliases)
    }
}

/// The canonical column for a name.
fn column(name: &str, vocabulary: &Vocabulary) -> Outcome<Column> {
    let spelled = spelling(name);
    let all = Column::all(vocabulary).into_iter();
    let found = all.clone().find(|column| column.name() == spelled);
    found.ok_or_else(|| {
        let failure = Failure::data(format!("unknown column `{name}`"));
        match nearest(&spelled, all.map(Column::name)) {
            Some(near) => failure.remedy(format!("did you mean `{near}`?")),
            None => failure
                .remedy("write the program's column to the left of the =, and yours to the right"),
        }
    })
}

/// What separates values: a list of texts, none of them empty.
fn texts(value: Value) -> Outcome<Vec<String>> {
    let wrong = || {
        Failure::data("separators must be a list of texts").remedy(
            "write a list, as in [\", \"], or one for each column, as in { gender = [\", \"] }",
        )
    };
    let Value::Array(values) = value else {
        return Err(wrong());
    };
    let texts = values.into_iter().map(|value| match value {
        Value::String(text) if text.is_empty() => {
            Err(Failure::data("an empty text can't be a separator"))
        }
        Value::String(text) => Ok(text),
        _ => Err(wrong()),
    });
    let texts = texts.collect::<Outcome<Vec<String>>>()?;
    Ok(match texts.is_empty() {
        // No cell has several values: a control character that no text contains.
        true => vec!["\u{1f}".to_owned()],
        false => texts,
    })
}

fn delimiter(text: &str) -> Outcome<u8> {
    match text {
        "tab" => Ok(b'\t'),
        _ => match *text.as_bytes() {
            [byte] if byte.is_ascii() && !b"\"\r\n".contains(&byte) => Ok(byte),
            _ => Err(
                Failure::data(format!("“{}” can't separate fields", text.escape_debug()))
                    .remedy("give one character, or \"tab\""),
            ),
        },
    }
}

/// `"Name"`, `["Name", "Name 2"]`, `{ constant = "NM" }`, `{ row_number = "R-" }`,
/// `{ flags = { "isBegging" = "Begging Rings" } }`.
fn origin(column: Column, value: Value) -> Outcome<Origin> {
    let text = |value: Value| match value {
        Value::String(text) if !text.trim().is_empty() => Some(text),
        _ => None,
    };
    let wrong = || {
        Failure::data(format!("it isn't clear where `{}` comes from", column.name())).remedy(
            "give a column's name, a list of names, { constant = \"…\" }, { row_number = \"…\" }, or \
             { flags = { \"column\" = \"value\" } }",
        )
    };
    match value {
        Value::String(_) => text(value).map(|name| Origin::Named(vec![name])),
        Value::Array(names) if !names.is_empty() => {
            let names: Option<Vec<String>> = names.into_iter().map(text).collect();
            names.map(Origin::Named)
        }
        Value::Table(table) if table.len() == 1 => {
            let entry = table.into_iter().next();
            match entry {
                Some((key, Value::String(constant))) if key == "constant" => {
                    Some(Origin::Constant(constant))
                }
                Some((key, Value::String(prefix))) if key == "row_number" => {
                    Some(Origin::RowNumber(prefix))
                }
                Some((key, Value::Table(flags))) if key == "flags" => {
                    let flags: Option<Vec<_>> = flags
                        .into_iter()
                        .map(|(name, value)| Some((name, text(value)?)))
                        .collect();
                    flags.map(Origin::Flags)
                }
                _ => None,
            }
        }
        _ => None,
    }
    .ok_or_else(wrong)
}
