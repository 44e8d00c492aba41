//! The groups of the vocabulary in the sheet's words.

use super::{Bar, Block, Material, bar};
use crate::protect::{Count, PublishedCategory, PublishedGroup};
use crate::tally::{GroupUnit, Unit};
use crate::vocabulary::{Over, Section};

/// The groups of a section that the data say something about, in the order of the vocabulary, with types of calls
/// first.
pub(super) fn in_section<'a>(
    material: &'a Material<'_>,
    section: Section,
) -> Vec<&'a PublishedGroup> {
    let published = material.published;
    let groups = published.groups.iter();
    let mut groups: Vec<_> = groups
        .filter(|group| group.kind.section == Some(section) && !group.categories.is_empty())
        .collect();
    groups.sort_by_key(|group| group.kind.key != published.calls().kind.key);
    groups
}

/// The numbers of a group as printed, with its total if it has one.
pub(super) fn counts(group: &PublishedGroup) -> impl Iterator<Item = Count> + '_ {
    let categories = group.categories.iter().map(|category| category.count);
    categories.chain(group.total)
}

/// Whether a group has any number but 0.
pub(super) fn has_any(group: &PublishedGroup) -> bool {
    let mut categories = group.categories.iter();
    categories.any(|category| category.count != Count::Shown(0))
}

/// The blocks of a group, in the section that the vocabulary names.
pub(super) fn standing(group: &PublishedGroup, blocks: Vec<Block>) -> Block {
    match group.kind.if_room {
        true => Block::IfRoom(blocks),
        false => Block::Section(blocks),
    }
}

/// The heading of a group of cases: with its time if it isn't the section's, and with what it counts if the section
/// counts victims.
pub(super) fn of_cases(material: &Material<'_>, group: &PublishedGroup) -> String {
    let words = &material.wording.demographics;
    let mut name = name(material, group);
    if material.published.unit == Unit::Victims && group.kind.unit == GroupUnit::Cases {
        name = words.of_cases.fill(&[("group", &name)]);
    }
    match group.kind.over {
        Over::Period => name,
        Over::Year => in_time(material, Over::Year, &name),
    }
}

/// The heading of a group of signals, with its time.
pub(super) fn of_signals(material: &Material<'_>, group: &PublishedGroup) -> String {
    in_time(material, group.kind.over, &name(material, group))
}

fn in_time(material: &Material<'_>, over: Over, name: &str) -> String {
    let words = &material.wording.calls;
    match over {
        Over::Year => words
            .in_year
            .fill(&[("group", name), ("year", &material.year_in_heading)]),
        Over::Period => words.in_period.fill(&[
            ("group", name),
            ("from", &material.from),
            ("to", &material.to),
        ]),
    }
}

/// A group's name in the sheet's language; without one, that of the vocabulary.
fn name(material: &Material<'_>, group: &PublishedGroup) -> String {
    let words = material.wording.groups.get(&group.kind.key);
    let heading = words.and_then(|words| words.heading.clone());
    heading.unwrap_or_else(|| group.kind.heading.clone())
}

/// A category's name in the sheet's language; without one, that of the vocabulary.
pub(super) fn name_of<'a>(
    material: &'a Material<'_>,
    group: &PublishedGroup,
    category: &'a PublishedCategory,
) -> &'a str {
    let words = material.wording.groups.get(&group.kind.key);
    let name = words.and_then(|words| words.categories.get(&category.key));
    name.unwrap_or(&category.name)
}

/// A bar for each category.
pub(super) fn bars(material: &Material<'_>, group: &PublishedGroup) -> Vec<Bar> {
    let categories = group.categories.iter();
    categories
        .map(|category| bar(material, name_of(material, group, category), category.count))
        .collect()
}

/// The main finding in a group's numbers, in the wording's sentence for the category that leads: only if it leads
/// whatever a hidden number may be, and only if the total is shown.
pub(super) fn finding(material: &Material<'_>, group: &PublishedGroup) -> Option<String> {
    let words = material.wording.groups.get(&group.kind.key)?;
    let of = total(material, group)?;
    let (leader, count) = leader(group)?;
    let sentence = words.findings.get(&leader.key)?;
    Some(sentence.fill(&[
        ("count", &material.wording.number(count)),
        ("total", &material.wording.number(of)),
    ]))
}

/// The number of cases or signals in a group, if it is shown.
fn total(material: &Material<'_>, group: &PublishedGroup) -> Option<u64> {
    let published = material.published;
    match (group.kind.unit, group.kind.over) {
        (GroupUnit::Cases, _) if published.unit == Unit::Victims => None,
        (GroupUnit::Cases, Over::Period) => published.cases.period.shown(),
        (GroupUnit::Cases, Over::Year) => published.cases.year.shown(),
        (GroupUnit::Mentions, _) => None,
        (GroupUnit::Signals, _) => group.total?.shown(),
    }
}

/// The category that is larger than any other can be, according to what is printed.
fn leader(group: &PublishedGroup) -> Option<(&PublishedCategory, u64)> {
    let shown = group
        .categories
        .iter()
        .filter_map(|category| Some((category, category.count.shown()?)));
    let (leader, most) = shown.max_by_key(|(_, count)| *count)?;
    let others = group
        .categories
        .iter()
        .filter(|other| other.key != leader.key);
    let leads = others
        .map(|other| greatest(other.count))
        .all(|other| other < most);
    leads.then_some((leader, most))
}

/// The largest number that a printed one can stand for.
fn greatest(count: Count) -> u64 {
    match count {
        Count::Shown(number) => number,
        Count::Below(limit) => limit.saturating_sub(1),
        Count::Range { to, .. } => to,
    }
}
