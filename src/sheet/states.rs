//! The states in an area, instead of a state's laws and efforts: each with its page and its laws.

use super::{
    BETWEEN_LINKS, Block, Item, List, Material, Paragraph, Role, Span, Table, TableColumn, heading,
    hotline_page, laws, paragraph,
};
use crate::area::Area;
use crate::jurisdiction::{Jurisdiction, Standing};
use crate::profile::{Law, OfState, Profile};

/// Up to this many states are in a table, each with its laws; if there are more, there is only room for the names.
const MOST_WITH_LAWS: usize = 12;

/// The section; none for a single state.
pub(super) fn blocks(material: &Material<'_>) -> Option<Vec<Block>> {
    let area = material.published.area;
    if area.state().is_some() {
        return None;
    }
    let words = &material.wording.areas;
    let states = area.states().iter();
    let mut states: Vec<State<'_>> = states.map(|state| State::of(material, state)).collect();
    states.sort_by(|one, other| one.name.cmp(&other.name));
    let (gloss, names) = match states.len() {
        ..=MOST_WITH_LAWS => (&words.states_laws_gloss, with_laws(material, &states)),
        _ => (&words.states_gloss, by_name(material, states)),
    };
    Some(vec![
        heading(2, title(material)),
        paragraph(Role::Gloss, gloss.fill(&[])),
        names,
    ])
}

/// The section's heading: by what the states are, and by what the area is.
fn title(material: &Material<'_>) -> String {
    let words = &material.wording.areas;
    let area = material.published.area;
    let has = |standing| area.states().iter().any(|it| it.standing() == standing);
    let what = match (has(Standing::District), has(Standing::Territory)) {
        (false, false) => &words.kinds,
        (true, false) => &words.kinds_district,
        (false, true) => &words.kinds_territories,
        (true, true) => &words.kinds_all,
    };
    let what = ("states", &*what.fill(&[]));
    match area {
        Area::States(_) => words.states_of_list.fill(&[what]),
        Area::State(_) | Area::Region(_) | Area::Nation => {
            words.states.fill(&[what, ("state", &material.in_text)])
        }
    }
}

/// A state of the area.
struct State<'a> {
    name: String,
    /// The name, which links to the state's page.
    link: Span,
    profile: Option<&'a OfState>,
}

impl<'a> State<'a> {
    fn of(material: &Material<'a>, state: Jurisdiction) -> Self {
        let mut profiles = material.profile.states.iter();
        let profile = profiles.find(|profile| profile.state == state);
        let name = material.wording.state(state);
        let own = profile.and_then(|profile| profile.hotline_page.clone());
        let page = own.unwrap_or_else(|| hotline_page(Area::State(state), &Profile::default()));
        State {
            link: Span::linked(&name, Some(&page), &name),
            name,
            profile,
        }
    }

    fn laws(&self) -> &'a [Law] {
        self.profile.map_or(&[], |profile| &profile.laws)
    }
}

/// A table of the states with the citations of their laws.
fn with_laws(material: &Material<'_>, states: &[State<'_>]) -> Block {
    let words = &material.wording.areas;
    /// Length of a name that fits in two columns.
    const SHORT: usize = 14;
    let is_short = |state: &State<'_>| state.name.chars().count() <= SHORT;
    let share = match material.arrangement.shape.is_single() {
        true => 4,
        false if states.iter().all(is_short) => 2,
        false => 3,
    };
    let column = |header: String, share| TableColumn {
        header,
        share,
        is_numeric: false,
    };
    let rows = states
        .iter()
        .map(|state| vec![vec![state.link.clone()], citations(material, state)]);
    Block::Table(Table {
        columns: vec![
            column(words.states_name.fill(&[]), share),
            column(words.states_laws.fill(&[]), 12 - share),
        ],
        rows: rows.collect(),
    })
}

/// The laws of a state, one after the other.
fn citations(material: &Material<'_>, state: &State<'_>) -> Vec<Span> {
    let mut spans = Vec::new();
    for law in state.laws() {
        if !spans.is_empty() {
            spans.push(Span::plain(BETWEEN_LINKS));
        }
        spans.push(laws::citation(material, law));
        spans.extend(laws::end(material, law));
    }
    if spans.is_empty() {
        spans.push(Span::plain(material.wording.areas.states_no_laws.fill(&[])));
    }
    spans
}

/// The names, one after the other or, in one column, as a list.
fn by_name(material: &Material<'_>, states: Vec<State<'_>>) -> Block {
    if material.arrangement.shape.is_single() {
        let items = states.into_iter().map(|state| Item {
            spans: vec![state.link],
            value: None,
        });
        return Block::List(List {
            ordered: false,
            items: items.collect(),
        });
    }
    let mut spans = Vec::new();
    for state in states {
        if !spans.is_empty() {
            spans.push(Span::plain(BETWEEN_LINKS));
        }
        spans.push(state.link);
    }
    Block::Paragraph(Paragraph {
        role: Role::Body,
        spans,
    })
}
