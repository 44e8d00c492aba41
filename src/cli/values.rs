//! How single values are written on the command line.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::area::Region;
use crate::failure::{Failure, Outcome, nearest};
use crate::jurisdiction::Jurisdiction;
use crate::make::Protection;
use crate::make::{FileKind, Paper, Portal, Standard};
use crate::period::{Month, YearStart};
use crate::sheet::{Extent, Topic};
use crate::tally::Unit;

/// Years that a sheet can be about; others are typing errors.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// A state's postal code or name.
pub(super) fn state(text: &str) -> Outcome<Jurisdiction> {
    Jurisdiction::from_code_or_name(text).ok_or_else(|| {
        let names = Jurisdiction::all().flat_map(|state| [state.code(), state.name()]);
        Failure::usage("not a state or territory").remedy(match nearest(text, names) {
            Some(near) => format!("did you mean {near}?"),
            None => "give its postal code, as in NM, or its name".to_owned(),
        })
    })
}

/// A region's number, Roman or not.
pub(super) fn region(text: &str) -> Outcome<Region> {
    Region::from_number(text).ok_or_else(|| {
        Failure::usage("not a region").remedy("give its number, from I to X, as in VI or 6")
    })
}

/// The number of a month.
pub(super) fn year_start(text: &str) -> Outcome<YearStart> {
    let month = text.trim().parse().ok();
    month.and_then(YearStart::of).ok_or_else(|| {
        Failure::usage("not the number of a month")
            .remedy("give the month in which years begin, from 1 to 12: 10 for October")
    })
}

pub(super) fn year(text: &str) -> Outcome<i32> {
    let year = text.trim().parse().ok();
    year.filter(|year| YEARS.contains(year)).ok_or_else(|| {
        Failure::usage("not a year").remedy("write a whole number of four digits, as in 2016")
    })
}

pub(super) fn month(text: &str) -> Outcome<Month> {
    text.parse()
        .map_err(|_| Failure::usage("not a month").remedy("write year and month, as in 2012-12"))
}

pub(super) fn count(text: &str) -> Outcome<u64> {
    text.trim()
        .parse()
        .map_err(|_| Failure::usage("not a count").remedy("write a whole number, 0 or more"))
}

/// Protection with the smallest count that is printed.
pub(super) fn min_cell(text: &str) -> Outcome<Protection> {
    Protection::of(count(text)?)
}

/// A limit that lets the program read anything at all.
pub(super) fn limit(text: &str) -> Outcome<u64> {
    match count(text)? {
        0 => Err(Failure::usage("with a limit of 0, nothing could be read")
            .remedy("write a whole number, 1 or more")),
        limit => Ok(limit),
    }
}

impl ValueEnum for Unit {
    fn value_variants<'a>() -> &'a [Self] {
        &[Unit::Cases, Unit::Victims]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Unit::Cases => {
                PossibleValue::new("cases").help("Cases that mention the category at least once")
            }
            Unit::Victims => PossibleValue::new("victims")
                .help("Mentions, for data that list victims one by one"),
        })
    }
}

impl ValueEnum for FileKind {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            FileKind::Pdf,
            FileKind::Html,
            FileKind::Svg,
            #[cfg(feature = "png")]
            FileKind::Png,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            FileKind::Pdf => PossibleValue::new("pdf").help("Pages, tagged and archivable"),
            FileKind::Html => PossibleValue::new("html").help("An accessible web page"),
            FileKind::Svg => PossibleValue::new("svg").help("A picture of each page"),
            #[cfg(feature = "png")]
            FileKind::Png => PossibleValue::new("png").help("A picture of each page, in pixels"),
        })
    }
}

impl ValueEnum for Topic {
    fn value_variants<'a>() -> &'a [Self] {
        &Topic::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Topic::Map => "Where cases were reported",
            Topic::Demographics => "The groups of cases",
            Topic::Venues => "The venues with the most cases",
            Topic::Calls => "Types of calls, and other groups of signals",
        };
        Some(PossibleValue::new(self.key()).help(help))
    }
}

impl ValueEnum for Paper {
    fn value_variants<'a>() -> &'a [Self] {
        &[Paper::Letter, Paper::A4, Paper::Legal]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Paper::Letter => PossibleValue::new("letter").help("8.5 × 11 inches"),
            Paper::A4 => PossibleValue::new("a4").help("210 × 297 millimeters"),
            Paper::Legal => PossibleValue::new("legal").help("8.5 × 14 inches"),
        })
    }
}

impl ValueEnum for Standard {
    fn value_variants<'a>() -> &'a [Self] {
        &[Standard::Ua1, Standard::Ua2]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Standard::Ua1 => PossibleValue::new("ua1").help("PDF/UA-1 and PDF/A-2a"),
            Standard::Ua2 => PossibleValue::new("ua2").help("PDF/UA-2 and PDF/A-4, of PDF 2.0"),
        })
    }
}

impl ValueEnum for Extent {
    fn value_variants<'a>() -> &'a [Self] {
        &[Extent::Full, Extent::OnePage]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Extent::Full => {
                PossibleValue::new("full").help("Statistics, laws, efforts and hotlines")
            }
            Extent::OnePage => {
                PossibleValue::new("one-page").help("Map, demographics, venues and hotlines")
            }
        })
    }
}

impl ValueEnum for Portal {
    fn value_variants<'a>() -> &'a [Self] {
        &[Portal::GrantsGov]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Portal::GrantsGov => PossibleValue::new("grants-gov").help("Grants.gov"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelled_state_is_reported_with_the_most_similar_one() {
        assert_eq!(state("new mexico").unwrap().code(), "NM");
        let failure = state("New Mexco").unwrap_err().to_string();
        assert!(failure.contains("New Mexico"), "{failure}");
    }

    #[test]
    fn only_protective_limits_are_accepted() {
        let least = |text| min_cell(text).map(Protection::min_cell);
        assert_eq!(least("5"), Ok(5));
        assert_eq!(least("0"), Ok(0));
        assert!(["1", "2", "-1"].iter().all(|text| least(text).is_err()));
    }
}
