//! Signals by type of call and other groups, and what the numbers on the sheet don't mean.

use super::{
    Arrangement, Bar, Bars, Block, Extent, Figure, FigureContent, Material, Role, Shape, column,
    demographics, groups, heading, heat_map, in_words, key_numbers, paragraph, trend,
};
use crate::protect::{Count, Published, PublishedGroup};
use crate::vocabulary::{Over, Section};

/// The charts, starting with types of calls, and the trend if it is requested. One column is about signals; the other
/// has types of cases and what the numbers don't mean, so that both are about equally high.
pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    let Charts {
        first,
        mut of_signals,
        mut of_cases,
    } = charts(material);
    let first: Vec<Block> = first.into_iter().collect();
    let hidden = hidden_on_sheet(material);
    let disclaimer = |role| {
        let blocks = [disclaimer(material, role)].into_iter();
        blocks.chain(hidden.clone()).collect::<Vec<Block>>()
    };
    let row = match trend::blocks(material) {
        // Three columns are as high as two without the trend.
        Some(trend) => vec![
            column(5, first),
            column(3, vec![Block::Section(trend)]),
            column(4, disclaimer(Role::Note)),
        ],
        None if of_signals.is_empty() && of_cases.is_empty() => {
            vec![column(7, first), column(5, disclaimer(Role::Body))]
        }
        None => {
            let mut beside: Vec<Block> = of_cases.drain(..of_cases.len().min(1)).collect();
            beside.extend(of_signals.drain(..of_signals.len().min(1)));
            beside.extend(disclaimer(Role::Note));
            vec![column(6, first), column(6, beside)]
        }
    };
    let mut blocks = vec![Block::Columns(row)];
    of_signals.append(&mut of_cases);
    blocks.extend(rows(of_signals));
    blocks
}

/// Charts two by two; a single one has the full width.
fn rows(charts: Vec<Block>) -> Vec<Block> {
    let rows = charts.chunks(2).map(|row| match row {
        [only] => only.clone(),
        row => {
            let charts = row.iter().cloned();
            Block::Columns(charts.map(|chart| column(6, vec![chart])).collect())
        }
    });
    rows.collect()
}

/// The chart of the types of calls, and those of additional groups, unless they are on a page of their own.
struct Charts {
    first: Option<Block>,
    of_signals: Vec<Block>,
    of_cases: Vec<Block>,
}

fn charts(material: &Material<'_>) -> Charts {
    let unknown = unknown_calls(material).map(Block::Section);
    let mut charts = unknown.into_iter().chain(all_charts(material));
    let first = charts.next();
    let (of_signals, of_cases) = match material.arrangement.further_page {
        true => (Vec::new(), Vec::new()),
        false => (charts.collect(), demographics::others(material)),
    };
    Charts {
        first,
        of_signals,
        of_cases,
    }
}

/// The groups of signals except the types of calls, for a page of their own.
pub(super) fn further(material: &Material<'_>) -> Vec<Block> {
    let is_first_unknown = unknown_calls(material).is_some();
    let charts = all_charts(material).into_iter();
    charts.skip(usize::from(!is_first_unknown)).collect()
}

fn all_charts(material: &Material<'_>) -> Vec<Block> {
    let groups = charted(material).into_iter();
    groups
        .map(|of| groups::standing(of, group(material, of)))
        .collect()
}

/// The groups of signals; except for types of calls, only those with at least one signal.
fn charted<'a>(material: &'a Material<'_>) -> Vec<&'a PublishedGroup> {
    let calls = &material.published.calls().kind.key;
    let mut groups = groups::in_section(material, Section::Signals);
    groups.retain(|group| group.kind.key == *calls || groups::has_any(group));
    groups
}

/// Only the charts, side by side.
pub(super) fn abreast(material: &Material<'_>) -> Option<Block> {
    let groups = charted(material).into_iter();
    let charts: Vec<_> = groups
        .map(|of| Block::Section(group(material, of)))
        .collect();
    let share = 12 / charts.len().clamp(1, 12) as u8;
    let columns = charts.into_iter().map(|chart| column(share, vec![chart]));
    let columns: Vec<_> = columns.collect();
    (!columns.is_empty()).then_some(Block::Columns(columns))
}

/// Instead of the chart of calls: the data say nothing about call types.
fn unknown_calls(material: &Material<'_>) -> Option<Vec<Block>> {
    let group = material.published.calls();
    group.categories.is_empty().then(|| {
        let unknown = material.wording.calls.unknown.fill(&[]);
        vec![
            heading(2, title(material, group)),
            paragraph(Role::Body, unknown),
        ]
    })
}

/// The heading of a group's chart.
fn title(material: &Material<'_>, group: &PublishedGroup) -> String {
    let of_group = material.wording.groups.get(&group.kind.key);
    match of_group.and_then(|words| words.chart.as_ref()) {
        Some(chart) => chart.fill(&[
            ("source", &material.source),
            ("year", &material.year_in_heading),
            ("from", &material.from),
            ("to", &material.to),
        ]),
        None => groups::of_signals(material, group),
    }
}

/// A group of signals: its chart, below its total.
fn group(material: &Material<'_>, group: &PublishedGroup) -> Vec<Block> {
    let words = &material.wording.calls;
    let of_group = material.wording.groups.get(&group.kind.key);
    let name = groups::of_signals(material, group);
    let time = [
        ("source", material.source.as_str()),
        ("year", material.year.as_str()),
        ("from", material.from.as_str()),
        ("to", material.to.as_str()),
        ("state", material.in_text.as_str()),
    ];
    let mut blocks = vec![heading(2, title(material, group))];
    let bars = groups::bars(material, group);
    let is_none = |bar: &Bar| bar.length == Some(0);
    if bars.iter().all(is_none) {
        let none = match group.kind.over {
            Over::Year => words.none.fill(&time),
            Over::Period => words.none_in_period.fill(&time),
        };
        blocks.push(paragraph(Role::Body, none));
        return blocks;
    }
    // The total of the calls says it for all signals.
    let is_said = group.kind.key != material.published.calls().kind.key
        && group.total == material.published.calls_total();
    if let Some(total) = group.total.filter(|_| !is_said) {
        let count = material.wording.count(total);
        let total = words.total.form(total.shown().unwrap_or(0));
        let total = total.fill(&[("count", &count), time[4], time[1]]);
        blocks.push(paragraph(Role::Gloss, total));
    }
    blocks
        .extend(groups::finding(material, group).map(|finding| paragraph(Role::Finding, finding)));
    let values = in_words(&bars);
    let alt = match of_group.and_then(|words| words.alt.as_ref()) {
        Some(alt) => alt.fill(&[time[0], time[1], time[2], time[3], ("values", &values)]),
        None => words.alt.fill(&[("group", &name), ("values", &values)]),
    };
    blocks.push(Block::Figure(Figure {
        content: FigureContent::Categories(Bars {
            scale: bars.clone(),
            bars,
            may_give_way: group.kind.key != material.published.calls().kind.key,
        }),
        alt,
        caption: Vec::new(),
    }));
    blocks
}

fn disclaimer(material: &Material<'_>, role: Role) -> Block {
    let blocks = vec![
        heading(2, material.wording.disclaimer.heading.fill(&[])),
        paragraph(role, what_numbers_are_not(material)),
    ];
    Block::Loose(vec![Block::Section(blocks)])
}

/// What has to be said where a number of the sheet is not shown.
fn hidden_on_sheet(material: &Material<'_>) -> Option<Block> {
    note_on(material, printed(material.published)).map(loose)
}

/// A note for the lowest of the columns.
fn loose(text: String) -> Block {
    Block::Loose(vec![paragraph(Role::Note, text)])
}

/// What page 1 has to say about its numbers, in small type and in two columns: longer lines are hard to read.
pub(super) fn notes(material: &Material<'_>) -> Vec<Block> {
    let Arrangement { shape, extent, .. } = material.arrangement;
    let note = |texts: Vec<String>| paragraph(Role::Note, texts.join(" "));
    let more = demographics::more(material);
    let of_rate = key_numbers::rate_note(material);
    let is_single = shape.is_single();
    if is_single && extent == Extent::Full {
        // What the numbers don't mean is next to the calls, in the same run of pages.
        let of_rate = of_rate.map(|of_rate| note(vec![of_rate]));
        return vec![Block::Section(of_rate.into_iter().chain([more]).collect())];
    }
    // Without key numbers, this is the only text about the rate, so it isn't small print.
    let (of_rate, in_print) = match extent {
        Extent::OnePage => (of_rate, None),
        Extent::Full => (None, of_rate),
    };
    let mut left: Vec<String> = heat_map::limits(material)
        .filter(|_| !is_single)
        .into_iter()
        .chain(in_print)
        .collect();
    let mut right = vec![note(vec![what_numbers_are_not(material)])];
    let hidden = note_on(material, printed_on_first_page(material.published));
    // Columns of about the same height.
    let left: Vec<Block> = if shape == Shape::Dense {
        left.push(demographics::footnote(material));
        right.extend(hidden.map(|hidden| note(vec![hidden])));
        vec![note(left), more]
    } else if hidden.is_some() || left.is_empty() {
        left.extend(hidden);
        right.push(more);
        (!left.is_empty()).then(|| note(left)).into_iter().collect()
    } else {
        vec![note(left), more]
    };
    let mut notes: Vec<Block> = (of_rate.into_iter())
        .map(|note| paragraph(Role::Gloss, note))
        .collect();
    notes.push(Block::Columns(match left.is_empty() {
        true => right
            .into_iter()
            .map(|note| column(6, vec![note]))
            .collect(),
        false => vec![column(6, left), column(6, right)],
    }));
    vec![Block::Section(notes)]
}

/// The notes of page 1 for the foot of a column that is lower than the one beside it, where all of them would make it
/// higher.
pub(super) fn notes_below(material: &Material<'_>) -> Vec<Block> {
    let own = [
        heat_map::limits(material),
        key_numbers::rate_note(material),
        Some(what_numbers_are_not(material)),
    ];
    let own = own.into_iter().flatten();
    let own = own.map(|text| paragraph(Role::Note, text));
    let own = Block::Section(own.chain([demographics::more(material)]).collect());
    let hidden = note_on(material, printed_on_first_page(material.published)).map(loose);
    std::iter::once(own).chain(hidden).collect()
}

/// The disclaimer.
pub(super) fn what_numbers_are_not(material: &Material<'_>) -> String {
    let words = &material.wording.disclaimer;
    words.text.fill(&[("source", &material.source)])
}

/// Explains the mark that replaces a hidden number.
pub(super) fn hidden_note(material: &Material<'_>) -> Block {
    paragraph(Role::Note, hidden(material, printed(material.published)))
}

/// What has to be said about printed numbers, if one of them is hidden.
pub(super) fn note_on(
    material: &Material<'_>,
    printed: impl IntoIterator<Item = Count>,
) -> Option<String> {
    let printed: Vec<Count> = printed.into_iter().collect();
    let hides = printed.iter().any(|count| count.shown().is_none());
    hides.then(|| hidden(material, printed))
}

fn hidden(material: &Material<'_>, printed: impl IntoIterator<Item = Count>) -> String {
    let limit = material.published.min_cell;
    let words = &material.wording.disclaimer;
    let mut note = words.hidden.fill(&[
        ("highest", &material.wording.number(limit.saturating_sub(1))),
        ("below", &material.wording.count(Count::Below(limit))),
    ]);
    let mut printed = printed.into_iter();
    if let Some(range) = printed.find(|count| matches!(count, Count::Range { .. })) {
        let range = material.wording.count(range);
        note = format!("{note} {}", words.ranges.fill(&[("range", &range)]));
    }
    note
}

/// The numbers that the sheet prints.
fn printed(published: &Published) -> impl Iterator<Item = Count> {
    let others = [Section::Cases, Section::Signals];
    let others = others.map(|section| of_section(published, section));
    let years = published.trend.iter().flatten();
    let years = years.flat_map(|year| [Some(year.cases), year.signals].into_iter().flatten());
    printed_on_first_page(published)
        .chain(others.into_iter().flatten())
        .chain(years)
}

fn of_section(published: &Published, section: Section) -> impl Iterator<Item = Count> {
    let groups = published.groups.iter();
    let groups = groups.filter(move |group| group.kind.section == Some(section));
    groups
        .flat_map(|group| &group.categories)
        .map(|category| category.count)
}

/// The numbers on the statistics page: key numbers, demographics, venues.
fn printed_on_first_page(published: &Published) -> impl Iterator<Item = Count> {
    let venues = published
        .sex_venues
        .listed
        .iter()
        .chain(&published.labor_venues.listed)
        .map(|venue| venue.cases);
    let cases = [published.cases.year, published.cases.period];
    let cases = cases.into_iter().filter(|_| published.knows_cases);
    of_section(published, Section::Demographics)
        .chain(venues)
        .chain(published.signals_total())
        .chain(cases)
}
