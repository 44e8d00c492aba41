//! The data page: every published number as tables, for whoever can't see the charts or wants to count
//! on with them.

use super::{
    Block, Column, Material, Part, Role, Span, Table, TableColumn, column, heading, paragraph,
    signals, venues,
};
use crate::protect::{Count, PublishedCategory, VenueRanking};
use crate::tally::Unit;
use crate::wording::Names;

/// A table to be: heading, names of its two columns, and rows.
struct Numbers {
    title: String,
    columns: [String; 2],
    rows: Vec<(String, Count)>,
}

/// The page: cases and demographics on the left, venues and calls on the right.
pub(super) fn part(material: &Material<'_>) -> Part {
    let words = &material.wording.data;
    let mut left = vec![cases(material)];
    left.extend(demographics(material));
    let published = material.published;
    let mut right = venues(material, &words.sex_venues.fill(&[]), &published.sex_venues);
    right.extend(venues(
        material,
        &words.labor_venues.fill(&[]),
        &published.labor_venues,
    ));
    right.push(calls(material));
    let hides_a_number = left
        .iter()
        .chain(&right)
        .flat_map(|numbers| &numbers.rows)
        .any(|(_, count)| count.shown().is_none());

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
        let rows = numbers.rows.into_iter().map(|(name, count)| {
            let count = material.wording.count(count);
            vec![vec![Span::plain(name)], vec![Span::plain(count)]]
        });
        let [name, number] = numbers.columns;
        let table = Table {
            columns: vec![
                TableColumn {
                    header: name,
                    share: 9,
                },
                TableColumn {
                    header: number,
                    share: 3,
                },
            ],
            rows: rows.collect(),
        };
        Block::Section(vec![heading(3, numbers.title), Block::Table(table)])
    });
    column(6, sections.collect())
}

fn cases(material: &Material<'_>) -> Numbers {
    let words = &material.wording.data;
    let year = [("year", material.year.as_str())];
    let period = [
        ("from", material.from.as_str()),
        ("to", material.to.as_str()),
    ];
    let (cases, map) = (&material.published.cases, &material.published.map);
    Numbers {
        title: words.cases.fill(&[]),
        columns: [words.category.fill(&[]), words.number.fill(&[])],
        rows: vec![
            (words.period.fill(&period), cases.period),
            (words.year.fill(&year), cases.year),
            (words.located.fill(&year), cases.located_year),
            (words.unlocated.fill(&year), map.unlocated_cases),
            (words.points.fill(&year), map.points),
        ],
    }
}

fn demographics<'a>(material: &'a Material<'_>) -> impl Iterator<Item = Numbers> + 'a {
    let words = &material.wording.data;
    let names = &material.wording.demographics;
    let number = match material.published.unit {
        Unit::Cases => &words.number_of_cases,
        Unit::Victims => &words.number_of_victims,
    };
    material
        .published
        .demographics
        .iter()
        .map(move |group| Numbers {
            title: material.wording.name_in(&names.groups, &group.key),
            columns: [words.category.fill(&[]), number.fill(&[])],
            rows: named(material, &names.categories, &group.categories),
        })
}

/// The ranking, unless no venue may be listed.
fn venues(material: &Material<'_>, title: &str, ranking: &VenueRanking) -> Vec<Numbers> {
    let words = &material.wording.data;
    if ranking.listed.is_empty() {
        return Vec::new();
    }
    vec![Numbers {
        title: title.to_owned(),
        columns: [words.venue.fill(&[]), words.number_of_cases.fill(&[])],
        rows: ranking
            .listed
            .iter()
            .map(|venue| (venues::name(material, venue).to_owned(), venue.cases))
            .collect(),
    }]
}

fn calls(material: &Material<'_>) -> Numbers {
    let words = &material.wording.data;
    let calls = &material.published.calls;
    let mut rows = named(material, &material.wording.calls.types, &calls.types);
    rows.push((words.total.fill(&[]), calls.total));
    let non_substantive = Count::Shown(calls.non_substantive);
    rows.push((words.non_substantive.fill(&[]), non_substantive));
    Numbers {
        title: words.calls.fill(&[("year", &material.year)]),
        columns: [words.call_type.fill(&[]), words.number_of_signals.fill(&[])],
        rows,
    }
}

fn named(
    material: &Material<'_>,
    names: &Names,
    categories: &[PublishedCategory],
) -> Vec<(String, Count)> {
    categories
        .iter()
        .map(|category| {
            (
                material.wording.name_in(names, &category.key),
                category.count,
            )
        })
        .collect()
}
