//! The groups of the vocabulary in the sheet's words.

use super::{Bar, Material, bar};
use crate::protect::{PublishedCategory, PublishedGroup};
use crate::tally::{GroupUnit, Unit};
use crate::vocabulary::{Over, Section};

/// The groups of a section, in the order of the vocabulary.
pub(super) fn in_section<'a>(
    material: &'a Material<'_>,
    section: Section,
) -> impl Iterator<Item = &'a PublishedGroup> + 'a {
    let groups = material.published.groups.iter();
    groups.filter(move |group| group.kind.section == Some(section) && !group.categories.is_empty())
}

/// A group of cases as a heading: with its time where it isn't the section's, and with what it counts
/// where the section counts victims.
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

/// A group of signals as a heading, with its time.
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
