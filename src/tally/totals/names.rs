//! The names of the figures that a statistics table may have.

use crate::failure::{Failure, Outcome, nearest};
use crate::geo::county;
use crate::read::{DATA_THROUGH, RATE};
use crate::tally::Figure;
use crate::vocabulary::Vocabulary;

/// The name of a figure and its category as in the statistics. A category can also be written as one of the
/// vocabulary's values, by its name or an alias, in any case.
///
/// # Errors
/// An unknown name, with the most similar known one, or all of them.
pub(super) fn known(
    vocabulary: &Vocabulary,
    figure: &str,
    category: &str,
) -> Outcome<(String, String)> {
    let as_written = (figure.to_owned(), category.to_owned());
    // What `stats --trend` writes; it doesn't say how to protect these: the years' own rows do.
    let is_year = category.parse::<i32>().is_ok();
    let is_trend = ["trend.cases", "trend.signals"].contains(&figure) && is_year;
    // The table of places says where a sheet's cases are.
    let is_county = figure == "counties" && county(category).is_some();
    // A rate follows from the cases.
    let is_rate = figure == RATE;
    if is_trend || is_county || is_rate || (figure, category) == DATA_THROUGH {
        return Ok(as_written);
    }
    let known = Figure::all(vocabulary);
    let categories = known.iter().filter(|known| known.figure == figure);
    let categories: Vec<&str> = categories.map(|known| known.category.as_str()).collect();
    let list = match figure {
        "venues.sex" => Some(&vocabulary.sex_venue),
        "venues.labor" => Some(&vocabulary.labor_venue),
        _ => {
            let mut groups = vocabulary.groups().iter();
            let group = groups.find(|group| group.key == figure);
            group.map(|group| &group.list)
        }
    };
    let meant = list.and_then(|list| Some(&list.entries()[usize::from(list.find(category)?)]));
    let meant = meant.map(|entry| entry.key.as_str());
    let has = |name: &&str| categories.contains(name);
    if let Some(name) = [Some(category), meant].into_iter().flatten().find(has) {
        return Ok((figure.to_owned(), name.to_owned()));
    }
    let (what, wrong, right) = match categories.is_empty() {
        false => ("category", category, categories),
        true => {
            let mut figures: Vec<&str> = known.iter().map(|known| known.figure.as_str()).collect();
            figures.dedup();
            ("figure", figure, figures)
        }
    };
    let failure = Failure::data(format!("unknown {what} “{}”", wrong.escape_debug()));
    Err(match nearest(wrong, right.iter().copied()) {
        Some(near) => failure.remedy(format!("did you mean `{near}`?")),
        None => failure.remedy(format!("one of these is expected: {}", right.join(", "))),
    })
}
