//! Wording: every sentence and heading on the sheet, from an editable file.

mod template;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::area::{Area, Region};
use crate::failure::{Failure, Outcome, Position};
use crate::jurisdiction::Jurisdiction;
use crate::period::{Month, Period};
use crate::protect::{Count, Rate};
use crate::text::Printed;
use crate::toml_file;
use crate::vocabulary::Vocabulary;

pub use template::Template;
pub use texts::{
    Areas, Calls, Counties, Data, Dates, Demographics, Disclaimer, Document, Efforts, GroupWords,
    Groups, Hotlines, Introduction, KeyNumbers, Laws, Map, Names, Numbers, Outline, Plural, Screen,
    Signs, States, Trend, Venues,
};
use texts::{
    RawAreas, RawCalls, RawCounties, RawData, RawDates, RawDemographics, RawDisclaimer,
    RawDocument, RawEfforts, RawGroupWords, RawHotlines, RawIntroduction, RawKeyNumbers, RawLaws,
    RawMap, RawNumbers, RawOutline, RawScreen, RawSigns, RawStates, RawTrend, RawVenues, Source,
};

/// The built-in wordings: name on the command line, file, text.
pub const BUILT_IN: [(&str, &str, &str); 2] = [ENGLISH, SPANISH];

/// The English wording.
pub const ENGLISH: (&str, &str, &str) = (
    "en",
    "input/wording/en.toml",
    include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/input/wording/en.toml"
    )),
);

/// The Spanish wording.
pub const SPANISH: (&str, &str, &str) = (
    "es",
    "input/wording/es.toml",
    include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/input/wording/es.toml"
    )),
);

/// The built-in wording for a language name: `es`, `es-US`, `Spanish`, `español`.
pub fn built_in(name: &str) -> Option<(&'static str, &'static str, &'static str)> {
    let name = name.trim().to_lowercase();
    let is_one_of = |names: &[&str]| names.contains(&name.as_str());
    if is_one_of(&["en", "en-us", "english", "inglés", "ingles"]) {
        return Some(ENGLISH);
    }
    is_one_of(&["es", "es-us", "spanish", "español", "espanol"]).then_some(SPANISH)
}

/// The section with texts that only web pages use, in the reader's fonts.
const SCREEN: &str = "screen";

/// The wording of a sheet in one language.
#[derive(Clone, Debug)]
pub struct Wording {
    /// The language of every text, by BCP 47: `en-US`.
    pub language: String,
    /// Title, metadata, header and footer.
    pub document: Document,
    /// What the sheet is, in its first lines.
    pub introduction: Introduction,
    /// The numbers that summarize the sheet.
    pub key_numbers: KeyNumbers,
    /// The heat map, its caption and legend.
    pub map: Map,
    /// The map for totals without places.
    pub outline: Outline,
    /// Demographics.
    pub demographics: Demographics,
    /// Names of groups and their categories.
    pub groups: Groups,
    /// Venues.
    pub venues: Venues,
    /// Types of calls.
    pub calls: Calls,
    /// What the numbers don't mean.
    pub disclaimer: Disclaimer,
    /// Laws.
    pub laws: Laws,
    /// Efforts.
    pub efforts: Efforts,
    /// Hotlines.
    pub hotlines: Hotlines,
    /// Signs of trafficking.
    pub signs: Signs,
    states: States,
    /// The names of areas that are larger than a state.
    pub areas: Areas,
    /// The page with the numbers behind the charts.
    pub data: Data,
    /// The page of counties.
    pub counties: Counties,
    /// The years side by side.
    pub trend: Trend,
    numbers: Numbers,
    dates: Dates,
    /// Texts that only the web page uses.
    pub screen: Screen,
    /// Its texts, in which there may be letters that the fonts don't have.
    pub(crate) printed: Printed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWording {
    language: String,
    document: RawDocument,
    introduction: RawIntroduction,
    key_numbers: RawKeyNumbers,
    map: RawMap,
    outline: RawOutline,
    demographics: RawDemographics,
    #[serde(default)]
    groups: BTreeMap<String, RawGroupWords>,
    venues: RawVenues,
    calls: RawCalls,
    disclaimer: RawDisclaimer,
    laws: RawLaws,
    efforts: RawEfforts,
    hotlines: RawHotlines,
    signs: RawSigns,
    states: RawStates,
    areas: RawAreas,
    data: RawData,
    counties: RawCounties,
    trend: RawTrend,
    numbers: RawNumbers,
    dates: RawDates,
    screen: RawScreen,
}

impl Wording {
    /// Reads a wording file.
    ///
    /// # Errors
    /// Names the line of a missing or unknown text, or of a placeholder that can't be filled in.
    pub fn parse(file: &str, text: &str) -> Outcome<Self> {
        let raw: RawWording = toml_file::load(file, text)?;
        let source = Source { file, text };
        let wording = Wording {
            language: raw.language,
            document: Document::check(raw.document, &source)?,
            introduction: Introduction::check(raw.introduction, &source)?,
            key_numbers: KeyNumbers::check(raw.key_numbers, &source)?,
            map: Map::check(raw.map, &source)?,
            outline: Outline::check(raw.outline, &source)?,
            demographics: Demographics::check(raw.demographics, &source)?,
            groups: texts::groups(raw.groups, &source)?,
            venues: Venues::check(raw.venues, &source)?,
            calls: Calls::check(raw.calls, &source)?,
            disclaimer: Disclaimer::check(raw.disclaimer, &source)?,
            laws: Laws::check(raw.laws, &source)?,
            efforts: Efforts::check(raw.efforts, &source)?,
            hotlines: Hotlines::check(raw.hotlines, &source)?,
            signs: Signs::check(raw.signs, &source)?,
            states: States::check(raw.states, &source)?,
            areas: Areas::check(raw.areas, &source)?,
            data: Data::check(raw.data, &source)?,
            counties: Counties::check(raw.counties, &source)?,
            trend: Trend::check(raw.trend, &source)?,
            numbers: Numbers::check(raw.numbers, &source)?,
            dates: Dates::check(raw.dates, &source)?,
            screen: Screen::check(raw.screen, &source)?,
            printed: toml_file::printed(file, text, |section| section != SCREEN)?,
        };
        if wording.dates.months.len() != 12 {
            let found = wording.dates.months.len();
            return Err(Failure::data(format!("[dates] months has {found} names"))
                .at(Position::file(file))
                .remedy("give the names of the twelve months"));
        }
        Ok(wording)
    }

    /// A state's name by itself, as in a heading.
    pub fn state(&self, state: Jurisdiction) -> String {
        self.states
            .names
            .get(state.code())
            .map_or_else(|| state.name().to_owned(), String::clone)
    }

    /// A state's name within a sentence: `the District of Columbia`.
    pub fn state_in_text(&self, state: Jurisdiction) -> String {
        self.states
            .in_text
            .get(state.code())
            .map_or_else(|| self.state(state), String::clone)
    }

    /// An area's name by itself, as in a heading.
    pub fn area(&self, area: Area) -> String {
        match area {
            Area::State(state) => self.state(state),
            Area::States(states) => {
                let names: Vec<String> = states.iter().map(|state| self.state(state)).collect();
                self.enumerate(&names)
            }
            Area::Region(region) => self.areas.region.fill(&[("region", region.roman())]),
            Area::Nation => self.areas.nation.fill(&[]),
        }
    }

    /// An area's name within a sentence: `the District of Columbia`, `the United States`.
    pub fn area_in_text(&self, area: Area) -> String {
        match area {
            Area::State(state) => self.state_in_text(state),
            Area::States(states) => {
                let names = states.iter().map(|state| self.state_in_text(state));
                self.enumerate(&names.collect::<Vec<_>>())
            }
            Area::Region(region) => self
                .areas
                .region_in_text
                .fill(&[("region", region.roman())]),
            Area::Nation => self.areas.nation_in_text.fill(&[]),
        }
    }

    /// The federal department, with the region if the area is a region.
    pub fn department(&self, area: Area) -> String {
        let states = area.states().iter();
        let regions: BTreeSet<Region> = states.map(Region::of).collect();
        match (regions.first(), regions.len()) {
            (Some(region), 1) => self.document.department.fill(&[("region", region.roman())]),
            _ => self.document.department_alone.fill(&[]),
        }
    }

    /// The focal year in a sentence: `2016`, `fiscal year 2016`.
    pub fn year(&self, period: &Period) -> String {
        self.year_called(period, period.year, &self.dates.fiscal_year)
    }

    /// The focal year in a heading: `2016`, `Fiscal Year 2016`.
    pub fn year_in_heading(&self, period: &Period) -> String {
        self.year_called(period, period.year, &self.dates.fiscal_year_in_heading)
    }

    /// A year next to others: `2016`, `FY 2016`.
    pub fn short_year(&self, period: &Period, year: i32) -> String {
        self.year_called(period, year, &self.dates.short_fiscal_year)
    }

    fn year_called(&self, period: &Period, year: i32, fiscal: &Template) -> String {
        let year = year.to_string();
        match period.starts.is_of_calendar() {
            true => year,
            false => fiscal.fill(&[("year", &year)]),
        }
    }

    /// The months of a fiscal year: `Fiscal year 2016: October 2015 – September 2016.`; `None` for a calendar year.
    pub fn fiscal_year_gloss(&self, period: &Period) -> Option<String> {
        let (first, last) = period.months_of_year();
        (!period.starts.is_of_calendar()).then(|| {
            self.dates.fiscal_year_gloss.fill(&[
                ("year", &period.year.to_string()),
                ("from", &self.month(first)),
                ("to", &self.month(last)),
            ])
        })
    }

    /// A month as the sheet writes it: `December 2012`.
    pub fn month(&self, month: Month) -> String {
        let name = &self.dates.months[month.month as usize - 1];
        self.dates
            .month_year
            .fill(&[("month", name), ("year", &month.year.to_string())])
    }

    /// A day as the sheet writes it: `December 31, 2016`.
    pub fn day(&self, date: NaiveDate) -> String {
        let name = &self.dates.months[date.month0() as usize];
        self.dates.day.fill(&[
            ("month", name),
            ("day", &date.day().to_string()),
            ("year", &date.year().to_string()),
        ])
    }

    /// The name for a key in a table of names; a key without a name stands for itself.
    pub fn name_in(&self, names: &Names, key: &str) -> String {
        names.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    /// The names of groups, categories and venues, each with the name of its figures: `gender`, `gender.female`,
    /// `venues.sex.street_based`.
    pub fn labels(&self, vocabulary: &Vocabulary) -> Vec<(String, String)> {
        let mut labels = Vec::new();
        for (key, words) in &self.groups {
            labels.extend(words.heading.clone().map(|heading| (heading, key.clone())));
            let categories = words.categories.iter();
            labels.extend(categories.map(|(of, name)| (name.clone(), format!("{key}.{of}"))));
        }
        for (figure, list) in [
            ("venues.sex", &vocabulary.sex_venue),
            ("venues.labor", &vocabulary.labor_venue),
        ] {
            for venue in list.entries() {
                let name = self.venues.names.get(&venue.key);
                labels.extend(name.map(|name| (name.clone(), format!("{figure}.{}", venue.key))));
            }
        }
        labels
    }

    /// A number in digits, with a thousands separator: `12,345`.
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut text = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push_str(&self.numbers.thousands);
            }
            text.push(digit);
        }
        text
    }

    /// A number in words if the wording has one for it, otherwise in digits.
    pub fn number_in_words(&self, number: u64) -> String {
        usize::try_from(number)
            .ok()
            .and_then(|index| self.numbers.words.get(index))
            .cloned()
            .unwrap_or_else(|| self.number(number))
    }

    /// A published number as the sheet prints it: `48`, `<5`, `33–36`.
    pub fn count(&self, count: Count) -> String {
        match count {
            Count::Shown(number) => self.number(number),
            Count::Below(limit) => self
                .disclaimer
                .below
                .fill(&[("limit", &self.number(limit))]),
            Count::Range { from, to } => self
                .disclaimer
                .range
                .fill(&[("from", &self.number(from)), ("to", &self.number(to))]),
        }
    }

    /// A rate as the sheet prints it: `2.3`, `<0.24`, `1.6–1.7`.
    pub fn rate(&self, rate: Rate) -> String {
        let words = &self.disclaimer;
        match rate {
            Rate::Shown(rate) => rate.to_string(),
            Rate::Below(limit) => words.below.fill(&[("limit", &limit.to_string())]),
            Rate::Range { from, to } => words
                .range
                .fill(&[("from", &from.to_string()), ("to", &to.to_string())]),
        }
    }

    /// A list: `a`, `a and b`, `a, b and c`.
    pub fn enumerate(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.numbers.and),
        }
    }
}

/// A word with its first letter as a capital.
pub fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Wording {
        Wording::parse(ENGLISH.1, ENGLISH.2).unwrap()
    }

    #[test]
    fn numbers_and_enumerations() {
        let wording = english();
        assert_eq!(wording.number(999), "999");
        assert_eq!(wording.number(1_234_567), "1,234,567");
        assert_eq!(wording.number_in_words(4), "four");
        assert_eq!(wording.number_in_words(12), "12");
        assert_eq!(wording.count(Count::Below(5)), "<5");
        let items: Vec<_> = ["a", "b", "c"].map(String::from).into();
        assert_eq!(wording.enumerate(&items), "a, b and c");
        assert_eq!(wording.enumerate(&items[..2]), "a and b");
    }

    fn spanish() -> Wording {
        Wording::parse(SPANISH.1, SPANISH.2).unwrap()
    }

    #[test]
    fn spanish_has_its_own_dates_and_names() {
        let wording = spanish();
        let month = "2012-12".parse().unwrap();
        assert_eq!(wording.month(month), "diciembre de 2012");
        let day = NaiveDate::from_ymd_opt(2016, 3, 1).unwrap();
        assert_eq!(wording.day(day), "1 de marzo de 2016");
        let state = |code| Jurisdiction::from_code(code).unwrap();
        assert_eq!(wording.state(state("NM")), "Nuevo México");
        assert_eq!(wording.state(state("DC")), "Distrito de Columbia");
        assert_eq!(
            wording.state_in_text(state("DC")),
            "el Distrito de Columbia"
        );
        let agencies = |count| {
            let words = wording.number_in_words(count);
            let form = wording.efforts.agencies.form(count);
            form.fill(&[("Count", &capitalized(&words)), ("state", "Utah")])
        };
        assert!(agencies(1).starts_with("Una organización de "));
        assert!(agencies(4).starts_with("Cuatro organizaciones de "));
    }

    /// Missing texts are errors in the file; missing names aren't, because a key stands for itself.
    #[test]
    fn spanish_names_everything_that_english_names() {
        let (english, spanish) = (english(), spanish());
        let (one, other) = (&english.map.zones, &spanish.map.zones);
        assert!(one.keys().eq(other.keys()), "{one:?} {other:?}");
        assert!(one.values().all(|name| !other.values().any(|n| n == name)));
        // Most islands have one name.
        assert!(english.map.islands.keys().eq(spanish.map.islands.keys()));
        let islands = include_str!("../../input/geo/islands.csv").lines().skip(1);
        for island in islands {
            let key = island.split(',').nth(1).unwrap();
            assert!(english.map.islands.contains_key(key), "{key}");
        }
        let insets = include_str!("../../input/geo/insets.csv").lines().skip(1);
        for key in insets.filter_map(|row| row.split(',').nth(1)) {
            assert!(english.map.islands.contains_key(key), "{key}");
        }
        let vocabulary = crate::vocabulary::Vocabulary::embedded();
        for group in vocabulary.groups() {
            let (one, other) = (&english.groups[&group.key], &spanish.groups[&group.key]);
            assert_ne!(one.heading, other.heading);
            for (_, category) in group.counted() {
                let (one, other) = (
                    &one.categories[&category.key],
                    &other.categories[&category.key],
                );
                assert_ne!(one, other);
            }
        }
        let venues = [&vocabulary.sex_venue, &vocabulary.labor_venue]
            .map(|list| list.entries().to_vec())
            .concat();
        assert!(venues.len() > 20);
        for venue in venues {
            assert!(
                spanish.venues.names.contains_key(&venue.key),
                "{}",
                venue.key
            );
        }
    }

    #[test]
    fn a_misspelled_key_is_reported_with_its_line_and_a_suggestion() {
        let text = ENGLISH.2.replacen("footnote =", "footnot =", 1);
        let failure = Wording::parse("my.toml", &text).unwrap_err().to_string();
        assert!(failure.starts_with("my.toml:"), "{failure}");
        assert!(
            failure.contains("footnot") && failure.contains("footnote"),
            "{failure}"
        );
    }

    #[test]
    fn a_wrong_placeholder_is_reported_with_its_line() {
        let text = ENGLISH.2.replacen("{state}: Efforts", "{stat}: Efforts", 1);
        let failure = Wording::parse("my.toml", &text).unwrap_err().to_string();
        assert!(failure.starts_with("my.toml:8:"), "{failure}");
        assert!(failure.contains("{stat}"), "{failure}");
    }
}
