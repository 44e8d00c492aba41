//! The states of an area, in place of a state's laws and efforts: each with its page.

use super::{
    Block, Item, List, Material, Paragraph, Role, Span, column, heading, hotline_page, paragraph,
};
use crate::area::Area;
use crate::jurisdiction::Jurisdiction;
use crate::profile::Profile;

/// So many states stand in lists; more are a paragraph, which takes less room.
const MOST_IN_LISTS: usize = 12;
/// How many lists stand side by side.
const LISTS: usize = 4;

/// The section; none for a single state.
pub(super) fn blocks(material: &Material<'_>) -> Option<Vec<Block>> {
    let area = material.published.area;
    if area.state().is_some() {
        return None;
    }
    let words = &material.wording.areas;
    let states = area.states().iter();
    let mut links: Vec<(String, Span)> = states.map(|state| link(material, state)).collect();
    links.sort_by(|one, other| one.0.cmp(&other.0));
    let links: Vec<Span> = links.into_iter().map(|(_, link)| link).collect();
    let is_narrow = material.arrangement.shape.is_single();
    let names = match links.len() {
        ..=MOST_IN_LISTS if is_narrow => list(&links),
        ..=MOST_IN_LISTS => {
            let of_column = links.len().div_ceil(LISTS);
            let columns = links.chunks(of_column).map(list);
            let share = 12 / LISTS as u8;
            Block::Columns(columns.map(|list| column(share, vec![list])).collect())
        }
        _ => in_a_row(links),
    };
    Some(vec![
        heading(2, words.states.fill(&[("state", &material.in_text)])),
        paragraph(Role::Gloss, words.states_gloss.fill(&[])),
        names,
    ])
}

/// A state's name, with a link to its page.
fn link(material: &Material<'_>, state: Jurisdiction) -> (String, Span) {
    let name = material.wording.state(state);
    let page = hotline_page(Area::State(state), &Profile::default());
    let link = Span::linked(&name, Some(&page), &name);
    (name, link)
}

fn list(links: &[Span]) -> Block {
    let items = links.iter().map(|link| Item {
        spans: vec![link.clone()],
        value: None,
    });
    Block::List(List {
        ordered: false,
        items: items.collect(),
    })
}

fn in_a_row(links: Vec<Span>) -> Block {
    let mut spans = Vec::new();
    for link in links {
        if !spans.is_empty() {
            spans.push(Span::plain(" · "));
        }
        spans.push(link);
    }
    Block::Paragraph(Paragraph {
        role: Role::Body,
        spans,
    })
}
