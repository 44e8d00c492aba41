//! The data page: every published number in tables, for people who can't see the charts or want to calculate with the
//! numbers.

use super::{
    Block, Column, Material, Part, Role, Span, Table, TableColumn, column, groups, heading,
    paragraph, signals, trend, venues,
};
use crate::protect::{Count, PublishedGroup, VenueRanking};
use crate::tally::{GroupUnit, Number};
use crate::vocabulary::Section;

/// A table to make: heading, names of its columns, and rows with a name and its numbers.
struct Numbers {
    title: String,
    columns: Vec<String>,
    rows: Vec<(String, Vec<Count>)>,
}

/// The page: cases and demographics on the left, venues and calls on the right.
pub(super) fn part(material: &Material<'_>) -> Part {
    let words = &material.wording.data;
    let published = material.published;
    let mut left = Vec::new();
    let mut right = Vec::new();
    if published.knows_cases {
        left.push(cases(material));
        left.extend(trend(material));
        left.extend(of_section(material, Section::Demographics));
        left.extend(of_section(material, Section::Cases));
        right.extend(venues(
            material,
            &words.sex_venues.fill(&[]),
            &published.sex_venues,
        ));
        right.extend(venues(
            material,
            &words.labor_venues.fill(&[]),
            &published.labor_venues,
        ));
    }
    right.extend(of_section(material, Section::Signals));
    let hides_a_number = left
        .iter()
        .chain(&right)
        .flat_map(|numbers| &numbers.rows)
        .flat_map(|(_, counts)| counts)
        .any(|count| count.shown().is_none());

    let gloss = words.gloss.fill(&[
        ("state", &material.in_text),
        ("from", &material.from),
        ("to", &material.to),
        ("year", &material.year),
    ]);
    let mut blocks = vec![
        heading(2, words.heading.fill(&[])),
        paragraph(Role::Gloss, gloss),
        Block::Columns([left, right].map(|half| tables(material, half)).into()),
    ];
    if hides_a_number {
        blocks.push(signals::hidden_note(material));
    }
    Part {
        blocks: vec![Block::Section(blocks)],
    }
}

fn tables(material: &Material<'_>, all: Vec<Numbers>) -> Column {
    let sections = all.into_iter().map(|numbers| {
        let rows = numbers.rows.into_iter().map(|(name, counts)| {
            let counts = counts.into_iter();
            let counts = counts.map(|count| vec![Span::plain(material.wording.count(count))]);
            std::iter::once(vec![Span::plain(name)])
                .chain(counts)
                .collect()
        });
        // A name takes what numbers leave; if there are several numbers, their names need more room.
        let of_number = if numbers.columns.len() > 2 { 4 } else { 3 };
        let of_name = 12 - of_number * (numbers.columns.len() as u8 - 1);
        let shares = std::iter::once(of_name).chain(std::iter::repeat(of_number));
        let columns = numbers.columns.into_iter().zip(shares);
        let table = Table {
            columns: columns
                .enumerate()
                .map(|(index, (header, share))| TableColumn {
                    header,
                    share,
                    is_numeric: index > 0,
                })
                .collect(),
            rows: rows.collect(),
        };
        Block::Section(vec![heading(4, numbers.title), Block::Table(table)])
    });
    column(6, sections.collect())
}

/// The numbers of cases that aren't in groups.
fn cases(material: &Material<'_>) -> Numbers {
    let words = &material.wording.data;
    let mut numbers = material.published.numbers();
    // Places after cases.
    numbers.sort_by_key(|(figure, _)| figure.number == Number::Points);
    let rows = numbers.into_iter().filter_map(|(figure, count)| {
        let name = name_among_cases(material, figure.number)?;
        Some(alone((name, count)))
    });
    Numbers {
        title: words.cases.fill(&[]),
        columns: vec![words.category.fill(&[]), words.number.fill(&[])],
        rows: rows.collect(),
    }
}

/// What a number is called among those of cases; `None` for numbers that are in other tables on the page, and for the
/// ledger, which no sheet prints.
fn name_among_cases(material: &Material<'_>, number: Number) -> Option<String> {
    let words = &material.wording.data;
    let year = [("year", material.short_year.as_str())];
    Some(match number {
        Number::CasesOfPeriod => words
            .period
            .fill(&[("from", &material.from), ("to", &material.to)]),
        Number::CasesOfYear => words.year.fill(&year),
        Number::LocatedCases => words.located.fill(&year),
        Number::UnlocatedCases => words.unlocated.fill(&year),
        Number::Points => words.points.fill(&year),
        Number::Category { .. }
        | Number::Total { .. }
        | Number::NonSubstantive
        | Number::Venue(_)
        | Number::CasesIn(_)
        | Number::SignalsIn(_)
        | Number::CasesInCounty(_)
        | Number::Ledger(_) => return None,
    })
}

/// The trend's numbers, if the sheet has a trend.
fn trend(material: &Material<'_>) -> Option<Numbers> {
    let years = trend::years(material)?;
    let (words, names) = (&material.wording.data, &material.wording.trend);
    let knows_signals = trend::knows_signals(years);
    let rows = years.iter().map(|year| {
        let signals = year.signals.filter(|_| knows_signals);
        let numbers = [Some(year.cases), signals].into_iter().flatten().collect();
        let period = &material.published.period;
        (material.wording.short_year(period, year.year), numbers)
    });
    Some(Numbers {
        title: words.trend.fill(&[]),
        columns: [&words.trend_year, &names.cases]
            .into_iter()
            .chain(knows_signals.then_some(&names.signals))
            .map(|name| name.fill(&[]))
            .collect(),
        rows: rows.collect(),
    })
}

/// A row with one number.
fn alone((name, count): (String, Count)) -> (String, Vec<Count>) {
    (name, vec![count])
}

/// The groups in a section, each with its total if it has one.
fn of_section<'a>(
    material: &'a Material<'_>,
    section: Section,
) -> impl Iterator<Item = Numbers> + 'a {
    let groups = groups::in_section(material, section).into_iter();
    groups.map(|group| of_group(material, group))
}

fn of_group(material: &Material<'_>, group: &PublishedGroup) -> Numbers {
    let words = &material.wording.data;
    let (title, number) = match group.kind.unit {
        GroupUnit::Cases => (groups::of_cases(material, group), &words.number_of_cases),
        GroupUnit::Mentions => (groups::of_cases(material, group), &words.number_of_victims),
        GroupUnit::Signals => (
            groups::of_signals(material, group),
            &words.number_of_signals,
        ),
    };
    let named = material.wording.groups.get(&group.kind.key);
    let category = named.and_then(|words| words.category.clone());
    let categories = group.categories.iter();
    let rows = categories.map(|category| {
        let name = groups::name_of(material, group, category).to_owned();
        alone((name, category.count))
    });
    let mut rows: Vec<_> = rows.collect();
    if let Some(total) = group.total {
        rows.push(alone((words.total.fill(&[]), total)));
    }
    let operator = material.published.operator.as_ref();
    if group.kind.key == material.published.calls().kind.key
        && let Some(count) = operator.and_then(|operator| operator.non_substantive)
    {
        let row = (words.non_substantive.fill(&[]), Count::Shown(count));
        rows.push(alone(row));
    }
    Numbers {
        title,
        columns: vec![
            category.unwrap_or_else(|| words.category.fill(&[])),
            number.fill(&[]),
        ],
        rows,
    }
}

/// The ranking, unless no venue may be listed.
fn venues(material: &Material<'_>, title: &str, ranking: &VenueRanking) -> Vec<Numbers> {
    let words = &material.wording.data;
    if ranking.listed.is_empty() {
        return Vec::new();
    }
    vec![Numbers {
        title: title.to_owned(),
        columns: vec![words.venue.fill(&[]), words.number_of_cases.fill(&[])],
        rows: ranking
            .listed
            .iter()
            .map(|venue| alone((venues::name(material, venue).to_owned(), venue.cases)))
            .collect(),
    }]
}
