//! The state's human trafficking laws, each with its citation.

use super::{Block, Material, Role, Shape, Span, Table, TableColumn, heading, paragraph};
use crate::period::Month;
use crate::profile::{Law, Status};

/// How many characters of a citation fit on one line of a narrow column.
const USUAL_CITATION: usize = 23;

/// The section, unless the profile has no law.
pub(super) fn blocks(material: &Material<'_>) -> Option<Vec<Block>> {
    let laws = &material.profile.laws;
    if laws.is_empty() {
        return None;
    }
    let words = &material.wording.laws;
    // In large print, a citation needs more of the width; otherwise, it would break.
    let is_long = |law: &Law| law.citation.chars().count() > USUAL_CITATION;
    let share = match material.arrangement.shape {
        Shape::Single | Shape::Half => 4,
        _ if laws.iter().any(is_long) => 4,
        _ => 3,
    };
    let rows = laws.iter().map(|law| row(material, law)).collect();
    let mut kinds = words.kinds.fill(&[]);
    if let Some((day, unchecked)) = material.profile.laws_checked() {
        let month = material.wording.month(Month::of(day));
        let citations: Vec<&str> = unchecked.iter().map(|law| &*law.citation).collect();
        let checked = match citations.as_slice() {
            [] => words.checked.fill(&[("month", &month)]),
            some => {
                let laws = some.join(", ");
                words
                    .checked_except
                    .fill(&[("month", &month), ("laws", &laws)])
            }
        };
        kinds = format!("{kinds} {checked}");
    }
    Some(vec![
        heading(2, words.heading.fill(&[("state", &material.state)])),
        paragraph(Role::Gloss, kinds),
        Block::Table(Table {
            columns: vec![
                TableColumn {
                    header: words.title.fill(&[]),
                    share: 12 - share,
                    is_numeric: false,
                },
                TableColumn {
                    header: words.citation.fill(&[]),
                    share,
                    is_numeric: false,
                },
            ],
            rows,
        }),
    ])
}

/// A law: its title, with what is known about its end, and its citation.
fn row(material: &Material<'_>, law: &Law) -> Vec<Vec<Span>> {
    let mut title = vec![material.span(&law.title)];
    title.extend(end(material, law));
    vec![title, vec![citation(material, law)]]
}

/// A law's citation, which links to its text.
pub(super) fn citation(material: &Material<'_>, law: &Law) -> Span {
    let description = format!("{}: {}", law.citation, material.words(&law.title));
    let (_, language) = law.title.version(&material.wording.language);
    Span::plain(&law.citation)
        .in_language(material.foreign(language))
        .to(law.url.as_deref(), Some(&description))
}

/// What is known about a law's end, to follow its title.
pub(super) fn end(material: &Material<'_>, law: &Law) -> Option<Span> {
    let words = &material.wording.laws;
    let ended = match law.status? {
        Status::Ended(None) => words.ended.fill(&[]),
        Status::Ended(Some(year)) => words.ended_in.fill(&[("year", &year.to_string())]),
    };
    Some(Span::plain(format!(" ({ended})")))
}
