//! Reads a sheet from its PDF.
//!
//! To learn where each number is, we make a sheet of the same kind with a different number in each place. If one of
//! them is in a line, the same line on the sheet that we read has the same figure.

use std::collections::BTreeMap;

use super::names::Names;
use super::sheet::{Printed, Sheet, Span, Statement};
use crate::area::Area;
use crate::failure::{Failure, Outcome, Position, nearest};
use crate::pdf::{self, Line, LineKind, ReadBack};
use crate::period::{Month, Period, YearStart};
use crate::profile::Profile;
use crate::protect::{
    Count, Published, PublishedCases, PublishedCategory, PublishedGroup, PublishedMap,
    PublishedVenue, PublishedYear, VenueRanking,
};
use crate::report::INTERNAL_MARK;
use crate::sheet::{self, Arrangement, Brand, Extent, Provenance, Shape};
use crate::tally::{Figure, GroupKind, Unit};
use crate::vocabulary::{List, Vocabulary};
use crate::wording::Wording;

/// The sheet in a PDF. The wording in the sheet's language is used.
///
/// # Errors
/// Bytes that aren't a sheet made by this program; a sheet that is marked as internal; and a sheet in a language
/// without a wording.
pub fn read_pdf(
    file: &str,
    bytes: &[u8],
    wordings: &[Wording],
    vocabulary: &Vocabulary,
) -> Outcome<Sheet> {
    let at_file = |failure: Failure| failure.at(Position::file(file.to_owned()));
    let read = pdf::read_back(bytes).map_err(at_file)?;
    if read.information.contains_key("Release") {
        return Err(at_file(Failure::data(format!(
            "the sheet is marked “{INTERNAL_MARK}”"
        )))
        .remedy("give the published sheets: internal ones hide nothing"));
    }
    let made = Made::of(&read).map_err(at_file)?;
    let wording = wordings
        .iter()
        .find(|wording| wording.language == read.language)
        .ok_or_else(|| {
            at_file(Failure::data(format!(
                "the sheet is in “{}”, a language without a wording here",
                read.language
            )))
            .remedy("give the sheet's statistics as JSON instead")
        })?;
    let names = Names {
        period: Span::of(made.period.from, made.period.to),
        year: Span::of_year(made.period.year, made.period.starts.month()),
        starts: made.period.starts.month(),
        unit: made.unit,
        vocabulary,
    };
    let mut statements = Vec::new();
    for (figure, printed) in numbers(&read, &made, wording, vocabulary) {
        if let Some((subject, over)) = names.subject(&figure.figure, &figure.category) {
            statements.push(Statement {
                name: figure.name(),
                subject,
                over,
                printed,
            });
        }
    }
    Ok(Sheet {
        name: file.to_owned(),
        area: made.area.code(),
        states: made
            .area
            .states()
            .iter()
            .map(|it| it.code().to_owned())
            .collect(),
        period: names.period,
        year: made.period.year,
        year_span: names.year,
        limit: Some(made.limit),
        is_synthetic: read.information.contains_key("Synthetic"),
        statements,
        ledger: None,
    })
}

/// How a sheet was made, according to its metadata.
struct Made {
    area: Area,
    period: Period,
    unit: Unit,
    limit: i64,
    trend: bool,
    arrangement: Arrangement,
}

impl Made {
    fn of(read: &ReadBack) -> Outcome<Self> {
        let missing = |what: &str| {
            Failure::data(format!("the PDF doesn't say {what}"))
                .remedy("give a sheet that `hotline-profile build` made, unchanged")
        };
        let options = read.information.get("Options");
        let options = options.ok_or_else(|| missing("how its numbers were counted"))?;
        let values: BTreeMap<&str, &str> = options
            .split_whitespace()
            .map(|option| option.split_once('=').unwrap_or((option, "")))
            .collect();
        let value = |key: &str| values.get(key).copied().ok_or_else(|| missing(key));
        let month = |key: &str| -> Outcome<Month> { value(key)?.parse().map_err(|_| missing(key)) };
        let area = read
            .information
            .get("State")
            .and_then(|code| Area::from_code(code));
        let area = area.ok_or_else(|| missing("its area"))?;
        let starts = match values.get("year-starts") {
            None => Some(YearStart::JANUARY),
            Some(month) => month.parse().ok().and_then(YearStart::of),
        };
        let year = value("year")?.parse().map_err(|_| missing("year"))?;
        let limit = value("min-cell")?.parse();
        Ok(Made {
            area,
            period: Period {
                from: month("from")?,
                to: month("to")?,
                year,
                starts: starts.ok_or_else(|| missing("when its years begin"))?,
            },
            unit: match value("unit")? {
                "victims" => Unit::Victims,
                _ => Unit::Cases,
            },
            limit: limit.map_err(|_| missing("min-cell"))?,
            trend: values.contains_key("trend"),
            arrangement: Arrangement {
                shape: Shape::Compact,
                further_page: false,
                extent: match values.contains_key("one-page") {
                    true => Extent::OnePage,
                    false => Extent::Full,
                },
                gray: false,
                data_page: values.contains_key("data-page"),
            },
        })
    }
}

/// Each number that is found, with its figure, in the order of the lines.
fn numbers(
    read: &ReadBack,
    made: &Made,
    wording: &Wording,
    vocabulary: &Vocabulary,
) -> Vec<(Figure, Printed)> {
    let probe = probe(made, vocabulary);
    let mut found = Vec::new();
    let mut is_used = vec![false; read.lines.len()];
    add_numbers(&probe, read, made, wording, &mut found, &mut is_used);
    // A sheet without types of calls says how many signals there are in other words.
    let mut without_types = probe;
    let calls = &mut without_types.groups[vocabulary.calls()];
    let count = calls.categories.first().map(|category| category.count);
    calls.categories.clear();
    calls.total = count;
    let all = (find_total(&without_types), count.and_then(Count::shown));
    if let (Some(total), Some(number)) = all
        && !found.iter().any(|(figure, _)| *figure == total)
    {
        let only = BTreeMap::from([(number, total)]);
        add_those(
            &only,
            &without_types,
            read,
            made,
            wording,
            &mut found,
            &mut is_used,
        );
    }
    found
}

/// The figure of all signals.
fn find_total(published: &Published) -> Option<Figure> {
    let key = &published.calls().kind.key;
    let numbers = published.numbers().into_iter();
    let mut figures = numbers.map(|(figure, _)| figure);
    figures.find(|figure| figure.figure == *key && figure.category == "total")
}

/// The numbers of a sheet like a probe.
fn add_numbers(
    probe: &Published,
    read: &ReadBack,
    made: &Made,
    wording: &Wording,
    found: &mut Vec<(Figure, Printed)>,
    is_used: &mut [bool],
) {
    let numbers = probe.numbers().into_iter();
    let by_number: BTreeMap<u64, Figure> = numbers
        .filter_map(|(figure, count)| Some((count.shown()?, figure)))
        .collect();
    add_those(&by_number, probe, read, made, wording, found, is_used);
}

/// Those of the figures whose numbers in the probe are given.
fn add_those(
    by_number: &BTreeMap<u64, Figure>,
    probe: &Published,
    read: &ReadBack,
    made: &Made,
    wording: &Wording,
    found: &mut Vec<(Figure, Printed)>,
    is_used: &mut [bool],
) {
    let provenance = Provenance {
        numbers: String::new(),
        data_through: None,
        options: String::new(),
    };
    let brand = Brand {
        source: read.information.get("Source").cloned(),
        ..Brand::default()
    };
    let profile = Profile::default();
    let composed = sheet::compose(
        probe,
        &profile,
        wording,
        &provenance,
        made.arrangement,
        &brand,
    );
    let spelling = Spelling::of(wording);
    for statement in composed.statements() {
        let marked = spelling.counts(&statement.text);
        let headings = read.lines.iter().map(|line| line.heading.as_str());
        // "TOP 5 …" may have become "TOP 4 …".
        let heading = nearest(&statement.heading, headings).unwrap_or_default();
        let mut used = None;
        for (index, (count, after)) in marked.iter().enumerate() {
            let figure = u64::try_from(count.lo)
                .ok()
                .and_then(|it| by_number.get(&it));
            let Some(figure) = figure.filter(|_| count.is_exact()) else {
                continue;
            };
            let from_end = marked.len() - index;
            let under = (0..read.lines.len()).filter(|&line| {
                let its = &read.lines[line].heading;
                *its == heading || topic(its) == topic(&statement.heading)
            });
            let printed = under.filter(|&line| !is_used[line]).find_map(|line| {
                let of_line = &read.lines[line];
                if statement.label.is_empty() {
                    let counts = spelling.counts(&of_line.text);
                    let (printed, then) = counts.get(counts.len().checked_sub(from_end)?)?;
                    let is_like = of_line.kind == LineKind::Sentence && then == after;
                    return is_like.then_some((line, *printed));
                }
                let counts = spelling.counts(&value_of(of_line, &statement.label)?);
                let (printed, _) = counts.get(index)?;
                Some((line, *printed))
            });
            if let Some((line, printed)) = printed {
                used = used.or((!statement.label.is_empty()).then_some(line));
                let number = (figure.clone(), printed);
                if !found.contains(&number) {
                    found.push(number);
                }
            }
        }
        if let Some(line) = used {
            is_used[line] = true;
        }
    }
}

/// What a line says about a label, ignoring the rank of either: a venue can have another rank on another sheet.
fn value_of(line: &Line, label: &str) -> Option<String> {
    line.value_of(label).or_else(|| {
        let unranked = Line {
            label: without_rank(&line.label).to_owned(),
            ..line.clone()
        };
        unranked.value_of(without_rank(label))
    })
}

/// A heading without what it says about the numbers: `Gender: 29 of 34 cases mention women`.
fn topic(heading: &str) -> &str {
    heading.split(':').next().unwrap_or(heading)
}

/// `1. Hospitality` without its number.
fn without_rank(label: &str) -> &str {
    match label.split_once('.') {
        Some((rank, name)) if rank.trim().parse::<u8>().is_ok() => name.trim(),
        _ => label,
    }
}

/// A sheet of the same kind in which every number is different, and larger than any number on a sheet.
fn probe(made: &Made, vocabulary: &Vocabulary) -> Published {
    let mut next = 7_000_001;
    let mut count = || {
        next += 2;
        Count::Shown(next)
    };
    let groups = vocabulary.groups().iter().map(|group| {
        let entries = group.counted();
        PublishedGroup {
            kind: GroupKind::of(group, made.unit),
            categories: entries
                .map(|(_, entry)| PublishedCategory {
                    key: entry.key.clone(),
                    name: entry.name.clone(),
                    count: count(),
                })
                .collect(),
            total: group.has_total.then(&mut count),
        }
    });
    let groups = groups.collect();
    let mut ranking = |list: &List| VenueRanking {
        listed: list
            .entries()
            .iter()
            .map(|entry| PublishedVenue {
                key: entry.key.clone(),
                venue: entry.name.clone(),
                cases: count(),
            })
            .collect(),
        ..VenueRanking::default()
    };
    let (sex_venues, labor_venues) = (
        ranking(&vocabulary.sex_venue),
        ranking(&vocabulary.labor_venue),
    );
    let years = made.period.whole_years().map(|year| PublishedYear {
        year,
        cases: count(),
        signals: Some(count()),
    });
    let trend = made.trend.then(|| years.collect());
    Published {
        area: made.area,
        period: made.period,
        unit: made.unit,
        min_cell: 0,
        internal: false,
        is_synthetic: false,
        data_through: None,
        knows_cases: true,
        cases: PublishedCases {
            period: count(),
            year: count(),
            located_year: Some(count()),
        },
        groups,
        call_types: vocabulary.calls(),
        sex_venues,
        labor_venues,
        map: PublishedMap {
            points: Some(count()),
            unlocated_cases: Some(count()),
            shading: Default::default(),
        },
        trend,
        // Cases on the map, with places that it doesn't know.
        counties: None,
        // What its cases show.
        rate: None,
        operator: None,
    }
}

/// How a wording writes numbers.
struct Spelling {
    thousands: String,
    /// What is before and after the limit when a number is below it.
    below: (String, String),
    /// What is between the ends of a range.
    to: String,
}

impl Spelling {
    fn of(wording: &Wording) -> Self {
        let around = |text: String, number: &str| -> (String, String) {
            let (before, after) = text.split_once(number).unwrap_or_default();
            (before.trim().to_owned(), after.trim().to_owned())
        };
        let range = wording.count(Count::Range { from: 61, to: 73 });
        let (_, after) = around(range, "61");
        let (to, _) = around(after, "73");
        let thousand = wording.number(1234);
        Spelling {
            thousands: thousand
                .trim_matches(|c: char| c.is_ascii_digit())
                .to_owned(),
            below: around(wording.count(Count::Below(61)), "61"),
            to,
        }
    }

    /// The counts in a text, each with the words that follow it up to the next one.
    fn counts(&self, text: &str) -> Vec<(Printed, String)> {
        let numbers = self.numbers(text);
        let between = |from: usize, to: usize| text.get(from..to).unwrap_or_default().trim();
        let mut counts = Vec::new();
        let (mut at, mut from) = (0, 0);
        while let Some(&(start, end, number)) = numbers.get(at) {
            let next = numbers.get(at + 1).map_or(text.len(), |next| next.0);
            let is_below = between(from, start).ends_with(&self.below.0)
                && between(end, next).starts_with(&self.below.1);
            let (printed, end) = match numbers.get(at + 1) {
                _ if is_below => (
                    Printed {
                        lo: 1,
                        hi: number - 1,
                    },
                    end,
                ),
                Some(&(next, end_of_range, to)) if between(end, next) == self.to => {
                    at += 1;
                    (Printed { lo: number, hi: to }, end_of_range)
                }
                _ => (Printed::exact(number), end),
            };
            at += 1;
            from = end;
            let next = numbers.get(at).map_or(text.len(), |next| next.0);
            // A sign that belongs to the next number isn't one of the words.
            let words = between(end, next).trim_end_matches(&self.below.0);
            let letters = words.chars().filter(|letter| !letter.is_whitespace());
            counts.push((printed, letters.collect()));
        }
        counts
    }

    /// Start, end and value of each number in digits.
    fn numbers(&self, text: &str) -> Vec<(usize, usize, i64)> {
        let mut numbers = Vec::new();
        let mut at = 0;
        while let Some(first) = text[at..].find(|c: char| c.is_ascii_digit()) {
            let start = at + first;
            let digits = |from: usize| {
                let rest = text[from..].bytes();
                from + rest.take_while(u8::is_ascii_digit).count()
            };
            let mut end = digits(start);
            let mut figures = text[start..end].to_owned();
            while !self.thousands.is_empty()
                && figures.len() <= 12
                && let Some(rest) = text[end..].strip_prefix(self.thousands.as_str())
                && rest.bytes().take_while(u8::is_ascii_digit).count() == 3
            {
                let from = end + self.thousands.len();
                end = digits(from);
                figures += &text[from..end];
            }
            if let Ok(number) = figures.parse() {
                numbers.push((start, end, number));
            }
            at = end;
        }
        numbers
    }
}
