//! A page for the groups that don't fit on the first two.

use super::{
    Block, Material, Part, Role, column, demographics, groups, heading, hotlines, paragraph,
    signals,
};
use crate::vocabulary::Section;

/// The page: groups of cases on the left, and groups of signals on the right; nothing if there are no additional
/// groups. It also says what its numbers don't mean, because readers may have only this page.
pub(super) fn part(material: &Material<'_>) -> Option<Part> {
    let people = demographics::further(material);
    let others = demographics::others(material).into_iter();
    let mut left: Vec<Block> = people
        .into_iter()
        .map(Block::Section)
        .chain(others)
        .collect();
    let mut right = signals::further(material);
    if left.len() + right.len() == 0 {
        return None;
    }
    // If there is only one kind, it takes both columns.
    if right.is_empty() {
        right = left.split_off(left.len().div_ceil(2));
    } else if left.is_empty() {
        left = right.split_off(right.len() / 2);
        std::mem::swap(&mut left, &mut right);
    }
    let words = &material.wording.demographics;
    let sections = [Section::Demographics, Section::Cases, Section::Signals].into_iter();
    let shown = sections.flat_map(|section| groups::in_section(material, section));
    let counts = shown.flat_map(groups::counts);
    let notes = [
        Some(words.footnote.fill(&[])).filter(|_| !left.is_empty()),
        signals::note_on(material, counts),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    let disclaimer = signals::what_numbers_are_not(material);
    let note = |text| column(6, vec![paragraph(Role::Note, text)]);
    Some(Part {
        blocks: vec![
            heading(2, words.further.fill(&[])),
            Block::Columns(vec![column(6, left), column(6, right)]),
            Block::Columns(vec![note(notes.join(" ")), note(disclaimer)]),
            hotlines::strip(material),
        ],
    })
}
