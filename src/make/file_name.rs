//! The name of a sheet's file. Every form has its own name, so that none overwrites another.

use super::form::{Form, Paper, Standard};
use crate::area::Area;
use crate::period::Period;
use crate::sheet::Extent;

/// The most characters that a name may have, with its extension, as grant portals require (Grants.gov applicant FAQ).
const LONGEST: usize = 50;
/// Those of the longest extension, `.html`.
const ENDING: usize = 5;
/// A letter that doesn't abbreviate a word of a form: it begins the abbreviation of a theme.
const OF_THEMES: [u8; 16] = *b"efhijkmnopqsuvwy";
/// Characters of a theme's name.
const LONGEST_THEME: usize = 12;

/// `NM-Human-Trafficking-Profile-2016`, followed by what distinguishes the form from the usual one: `…-es-large-bw`.
/// If that would be too long, each word is abbreviated to a letter: `…-es-gb`. A file that isn't for release says so
/// in full, however long its name becomes, because no portal gets it.
pub(super) fn stem(
    area: Area,
    period: &Period,
    language: &str,
    theme: Option<&str>,
    form: &Form,
    internal: bool,
) -> String {
    let mut name = format!("{}-{}", front(area), year(period));
    match language.split('-').next() {
        None | Some("" | "en") => {}
        Some(language) => name = format!("{name}-{language}"),
    }
    let theme = theme.map(letters_of).filter(|theme| !theme.is_empty());
    let parts = parts(form);
    let words: Vec<&str> = parts
        .iter()
        .map(|(word, _)| *word)
        .chain(theme.as_deref())
        .collect();
    let long = words
        .iter()
        .fold(name.clone(), |name, word| format!("{name}-{word}"));
    let mark = if internal { "-INTERNAL" } else { "" };
    if words.is_empty() || long.len() + ENDING <= LONGEST {
        return format!("{long}{mark}");
    }
    // One letter for two words that go together keeps the longest name within the limit.
    let codes: String = parts.iter().map(|(_, code)| *code).collect();
    let mut codes = codes.replace("cr", "z").replace("23", "4");
    if let Some(theme) = theme {
        let digest = digest(&theme);
        codes.push(char::from(OF_THEMES[usize::from(digest >> 4)]));
        codes.push_str(&format!("{:x}", digest & 15));
    }
    format!("{name}-{codes}{mark}")
}

/// Characters that name the area and the kind of document.
const LONGEST_FRONT: usize = 31;

/// `NM-Human-Trafficking-Profile` or, for several states and for regions, whose long names leave too little room for
/// the words of a form, `DC-NM-TX-Trafficking-Profile`. If states would still make a name too long, they are numbered
/// and identified by a digest: `5-States-a6d-Profile`.
fn front(area: Area) -> String {
    let title = "Human-Trafficking-Profile";
    let short = "Trafficking-Profile";
    match area {
        Area::States(states) if format!("{area}-{title}").len() > LONGEST_FRONT => {
            let name = format!("{area}-{short}");
            if name.len() <= LONGEST_FRONT {
                return name;
            }
            let digest = states.iter().fold(0_u32, |sum, state| {
                sum.wrapping_mul(57).wrapping_add(state.index() as u32 + 1)
            });
            format!("{}-States-{:03x}-Profile", states.count(), digest % 0x1000)
        }
        Area::Region(_) => format!("{area}-{short}"),
        _ => format!("{area}-{title}"),
    }
}

/// `2016`; for a fiscal year, with the month in which it begins, so that two different years never have the same
/// name: `2016m10`.
fn year(period: &Period) -> String {
    match period.starts.is_of_calendar() {
        true => period.year.to_string(),
        false => format!("{}m{:02}", period.year, period.starts.month()),
    }
}

/// What is unusual about a form: a word, and the letter that abbreviates it.
fn parts(form: &Form) -> Vec<(&'static str, char)> {
    [
        (form.extent == Extent::OnePage, "1page", '1'),
        (form.two_up, "2up", '2'),
        (form.standard == Standard::Ua2, "ua2", '3'),
        (form.large_print, "large", 'g'),
        (form.gray, "bw", 'b'),
        (form.bleeds, "bleed", 'x'),
        (form.paper == Paper::A4, "a4", 'a'),
        (form.paper == Paper::Legal, "legal", 'l'),
        (form.additions.trend, "trend", 't'),
        (form.additions.counties, "counties", 'c'),
        (form.additions.rate, "rate", 'r'),
        (form.data_page, "data", 'd'),
    ]
    .into_iter()
    .filter_map(|(is_so, word, code)| is_so.then_some((word, code)))
    .collect()
}

/// `by-coalition`: the letters and digits of a theme's name, as many as fit in a file name.
fn letters_of(theme: &str) -> String {
    let letters = theme.chars().filter(char::is_ascii_alphanumeric);
    let letters: String = letters.take(LONGEST_THEME).collect();
    match letters.is_empty() {
        true => letters,
        // So that a theme is never taken for a word of a form.
        false => format!("by-{letters}"),
    }
}

/// A number from 0 to 255 that is different for most names.
fn digest(text: &str) -> u8 {
    let bytes = text.bytes();
    bytes.fold(7, |sum: u8, byte| sum.wrapping_mul(31).wrapping_add(byte))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    use crate::make::Additions;
    use crate::period::YearStart;

    fn period(starts: u32) -> Period {
        Period {
            from: "2012-12".parse().unwrap(),
            to: "2016-12".parse().unwrap(),
            year: 2016,
            starts: YearStart::of(starts).unwrap(),
        }
    }

    fn forms() -> Vec<Form> {
        let mut forms = Vec::new();
        for paper in [Paper::Letter, Paper::A4, Paper::Legal] {
            for flags in 0..1024_u32 {
                let is = |flag: u32| flags & (1 << flag) != 0;
                let form = Form {
                    paper,
                    extent: if is(0) { Extent::OnePage } else { Extent::Full },
                    large_print: is(1),
                    two_up: is(2),
                    gray: is(3),
                    bleeds: is(4),
                    standard: match is(9) {
                        true => Standard::Ua2,
                        false => Standard::Ua1,
                    },
                    data_page: is(6),
                    additions: Additions {
                        trend: is(5),
                        counties: is(7),
                        rate: is(8),
                    },
                    attach: None,
                };
                if form.check().is_ok() {
                    forms.push(form);
                }
            }
        }
        forms
    }

    #[test]
    fn every_form_has_its_own_name_that_portals_accept() {
        let area = Area::from_code("NM").unwrap();
        let mut names = BTreeSet::new();
        let forms = forms();
        for form in &forms {
            for language in ["en-US", "es"] {
                for theme in [None, Some("coalition"), Some("state-agency of 2016")] {
                    let name = stem(area, &period(1), language, theme, form, false) + ".pdf";
                    assert!(name.len() <= LONGEST, "{name}");
                    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
                    assert!(name.chars().all(is_plain), "{name}");
                    assert!(names.insert(name.clone()), "{name} twice");
                    let internal = stem(area, &period(1), language, theme, form, true);
                    assert!(internal.ends_with("-INTERNAL"), "{internal}");
                }
            }
        }
        assert_eq!(names.len(), forms.len() * 6);
        assert!(forms.len() > 100);
    }

    #[test]
    fn every_area_and_kind_of_year_has_its_own_name() {
        let states = Area::Nation.states();
        let several: crate::area::StateSet = states.iter().take(9).collect();
        let areas = [
            "NM",
            "NM-TX",
            "DC-NM-TX",
            "AR-LA-NM-OK-TX",
            "Region-VIII",
            "US",
        ];
        let areas = areas.map(|code| Area::from_code(code).unwrap());
        let mut names = BTreeSet::new();
        for area in areas.into_iter().chain([Area::States(several)]) {
            for starts in [1, 7, 10] {
                for form in [
                    Form::default(),
                    Form {
                        gray: true,
                        data_page: true,
                        ..Form::default()
                    },
                ] {
                    let name = stem(area, &period(starts), "es", None, &form, false);
                    assert!(name.len() + ENDING <= LONGEST, "{name}");
                    assert!(names.insert(name.clone()), "{name} twice");
                }
            }
        }
    }

    #[test]
    fn the_standard_form_has_the_plain_name() {
        let area = Area::from_code("NM").unwrap();
        let name = |form: &Form| stem(area, &period(1), "en-US", None, form, false);
        assert_eq!(name(&Form::default()), "NM-Human-Trafficking-Profile-2016");
        let form = Form {
            large_print: true,
            gray: true,
            ..Form::default()
        };
        assert_eq!(name(&form), "NM-Human-Trafficking-Profile-2016-large-bw");
        let of_three = Area::from_code("DC-NM-TX").unwrap();
        let name = stem(of_three, &period(1), "en-US", None, &Form::default(), false);
        assert_eq!(name, "DC-NM-TX-Trafficking-Profile-2016");
    }
}
