//! The pages of counties: the cases of the year in each county on the map, as a table.

use super::{
    Block, Material, Part, Role, Span, Table, TableColumn, column, heading, paragraph, signals,
};
use crate::protect::CountyCases;
use crate::wording::capitalized;

/// How many rows of a table fit on a page below its text.
const MOST_ON_PAGE: usize = 25;
/// Up to this many rows are in one table; more are in two, side by side.
const MOST_IN_ONE: usize = 8;

/// A row: a name and its number.
type Row = (String, String);

/// The pages; none if they aren't requested, or if the data don't say where cases are. Tables side by side are read
/// one after the other, so each page has its own.
pub(super) fn parts(material: &Material<'_>) -> Vec<Part> {
    let Some(counties) = material.published.counties.as_deref() else {
        return Vec::new();
    };
    let words = &material.wording.counties;
    let title = words.heading.fill(&[
        ("county", &county_word(material)),
        ("year", &material.year_in_heading),
    ]);
    let gloss = words.gloss.fill(&[
        ("state", &material.in_text),
        ("year", &material.year),
        ("source", &material.source),
    ]);
    let rows = rows(material, counties);
    let is_narrow = material.arrangement.shape.is_single();
    let of_page = if is_narrow {
        rows.len().max(1)
    } else {
        2 * MOST_ON_PAGE
    };
    let mut pages: Vec<Vec<Block>> = rows
        .chunks(of_page)
        .map(|rows| match rows.len() {
            _ if is_narrow => vec![table(material, rows)],
            ..=MOST_IN_ONE => vec![side_by_side(material, &[rows, &[]])],
            all => vec![side_by_side(
                material,
                &rows.split_at(all.div_ceil(2)).into(),
            )],
        })
        .collect();
    if pages.is_empty() {
        pages.push(Vec::new());
    }
    if let Some(first) = pages.first_mut() {
        first.splice(0..0, [heading(2, title), paragraph(Role::Gloss, gloss)]);
    }
    if let Some(last) = pages.last_mut() {
        last.extend(notes(material, counties));
    }
    let pages = pages.into_iter();
    pages
        .map(|blocks| Part {
            blocks: vec![Block::Section(blocks)],
        })
        .collect()
}

/// The counties, followed by the cases that aren't in any of them.
fn rows(material: &Material<'_>, counties: &[CountyCases]) -> Vec<Row> {
    let has_states = material.published.area.state().is_none();
    let of_counties = counties.iter().map(|CountyCases { county, cases }| {
        let name = match has_states {
            true => format!("{}, {}", county.county_name(), county.state()),
            false => county.county_name(),
        };
        (name, material.wording.number(*cases))
    });
    let unlocated = material.published.map.unlocated_cases.map(|count| {
        let name = material.wording.counties.unlocated.fill(&[]);
        (name, material.wording.count(count))
    });
    of_counties.chain(unlocated).collect()
}

/// What isn't in the table, and what it means if a number isn't shown.
fn notes(material: &Material<'_>, counties: &[CountyCases]) -> Vec<Block> {
    let words = &material.wording.counties;
    let limit = material.published.min_cell;
    let said = match counties.is_empty() {
        true => Some(&words.none),
        false => Some(&words.others).filter(|_| limit > 0),
    };
    let limit = material.wording.number(limit.max(1));
    let said = said.map(|words| words.fill(&[("limit", &limit)]));
    let hidden = signals::note_on(material, material.published.map.unlocated_cases);
    let notes = said.into_iter().chain(hidden);
    notes.map(|note| paragraph(Role::Note, note)).collect()
}

fn side_by_side(material: &Material<'_>, halves: &[&[Row]; 2]) -> Block {
    let column_of = |rows: &[Row]| {
        let table = (!rows.is_empty()).then(|| table(material, rows));
        column(6, table.into_iter().collect())
    };
    Block::Columns(halves.map(column_of).into())
}

fn table(material: &Material<'_>, rows: &[Row]) -> Block {
    let columns = [
        (capitalized(&county_word(material)), 9, false),
        (material.wording.counties.cases.fill(&[]), 3, true),
    ];
    let rows = rows.iter().map(|(name, number)| {
        let cells = [name, number];
        cells.map(|cell| vec![Span::plain(cell.clone())]).into()
    });
    Block::Table(Table {
        columns: columns
            .map(|(header, share, is_numeric)| TableColumn {
                header,
                share,
                is_numeric,
            })
            .into(),
        rows: rows.collect(),
    })
}

/// What counties are called in the state: `Parish` in Louisiana.
fn county_word(material: &Material<'_>) -> String {
    let words = &material.wording.counties;
    let state = material.published.area.state();
    let own = state.and_then(|state| words.counties_of.get(state.code()).cloned());
    own.unwrap_or_else(|| words.county.fill(&[]))
}
