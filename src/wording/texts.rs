//! The texts in the wording file, section by section, and which placeholders each may use.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::template::Template;
use crate::failure::{Failure, Outcome, Position};

/// The wording file as text, for the positions of errors.
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
}

/// A kind of text that is read from the file and then checked for its placeholders.
trait Text: Sized {
    type Raw: DeserializeOwned;

    fn check(raw: Self::Raw, allowed: &[&str], source: &Source<'_>) -> Outcome<Self>;
}

impl Text for Template {
    type Raw = Spanned<String>;

    fn check(raw: Self::Raw, allowed: &[&str], source: &Source<'_>) -> Outcome<Self> {
        Template::parse(raw.get_ref(), allowed).map_err(|message| {
            Failure::data(message)
                .at(Position::in_text(
                    source.file,
                    source.text,
                    raw.span().start,
                ))
                .remedy("write a brace only around a placeholder that this text takes")
        })
    }
}

/// A text that depends on a number.
#[derive(Clone, Debug)]
pub struct Plural {
    one: Template,
    other: Template,
}

impl Plural {
    /// The form for a number. English and Spanish have two: one, and all others.
    pub fn form(&self, number: u64) -> &Template {
        if number == 1 { &self.one } else { &self.other }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPlural {
    one: Spanned<String>,
    other: Spanned<String>,
}

impl Text for Plural {
    type Raw = RawPlural;

    fn check(raw: Self::Raw, allowed: &[&str], source: &Source<'_>) -> Outcome<Self> {
        Ok(Plural {
            one: Template::check(raw.one, allowed, source)?,
            other: Template::check(raw.other, allowed, source)?,
        })
    }
}

/// Names by key, such as those of categories.
pub type Names = BTreeMap<String, String>;

impl Text for Names {
    type Raw = Names;

    fn check(raw: Names, _: &[&str], _: &Source<'_>) -> Outcome<Self> {
        Ok(raw)
    }
}

/// Words in a fixed order.
pub type Words = Vec<String>;

impl Text for Words {
    type Raw = Words;

    fn check(raw: Words, _: &[&str], _: &Source<'_>) -> Outcome<Self> {
        Ok(raw)
    }
}

impl Text for String {
    type Raw = String;

    fn check(raw: String, _: &[&str], _: &Source<'_>) -> Outcome<Self> {
        Ok(raw)
    }
}

/// Declares a section: its texts, their kinds, and the placeholders of each.
macro_rules! section {
    ($(#[$doc:meta])* $name:ident, $raw:ident { $($field:ident: $kind:ident [$($allowed:literal)*],)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $(
                #[doc = concat!("The text `", stringify!($field), "` of the wording file's section.")]
                pub $field: $kind,
            )*
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $raw {
            $($field: <$kind as Text>::Raw,)*
        }

        impl $name {
            pub(super) fn check(raw: $raw, source: &Source<'_>) -> Outcome<Self> {
                Ok($name {
                    $($field: <$kind as Text>::check(raw.$field, &[$($allowed),*], source)?,)*
                })
            }
        }
    };
}

section! {
    /// Title, metadata, header and footer.
    Document, RawDocument {
        title: Template ["state"],
        department: Template ["region"],
        department_alone: Template [],
        subject: Template ["state" "from" "to"],
        keywords: Template ["state" "source" "year"],
        running_head: Template ["state"],
        source: Template ["source" "from" "to"],
        through: Template ["last"],
        default_source: Template [],
        page: Template ["page" "pages"],
        internal: Template [],
        synthetic: Template [],
    }
}

section! {
    /// What only a screen needs.
    Screen, RawScreen {
        skip: Template [],
        as_table: Template [],
    }
}

section! {
    /// The paragraph under the title.
    Introduction, RawIntroduction {
        text: Template ["state" "source" "from" "to"],
    }
}

section! {
    /// The numbers that summarize the sheet.
    KeyNumbers, RawKeyNumbers {
        heading: Template [],
        cases_year: Plural ["year"],
        cases_period: Plural ["from" "to"],
        signals_year: Plural ["year"],
        all_signals_year: Plural ["year"],
        rate: Template ["year"],
        rate_note: Template ["year" "residents" "rate"],
        rate_note_census: Template ["year" "residents" "census" "rate"],
    }
}

section! {
    /// The heat map.
    Map, RawMap {
        heading: Template ["state" "year"],
        caption: Template ["state" "source" "year"],
        caption_gray: Template ["state" "source" "year"],
        strongest: Template ["place"],
        around: Template ["cities"],
        around_in_parts: Template ["cities" "parts" "state"],
        around_on_island: Template ["cities" "island"],
        on_island: Template ["island"],
        city_on_island: Template ["city" "island"],
        unshaded: Template ["state"],
        limits: Template ["state" "year"],
        fewer: Template [],
        more: Template [],
        none: Template [],
        miles: Template [],
        none_shaded: Template [],
        alt: Template ["state" "lines" "year" "strongest"],
        alt_unshaded: Template ["state" "lines" "year" "strongest"],
        county_lines: Template [],
        no_lines: Template [],
        state_lines: Template [],
        city_in_state: Template ["city" "state"],
        alt_cases: Template ["located" "cases" "year"],
        zones: Names [],
        islands: Names [],
    }
}

section! {
    /// The map for totals without places.
    Outline, RawOutline {
        heading: Template ["state" "year"],
        caption: Template ["state" "year"],
        legend: Template [],
        alt: Template ["state" "lines" "year"],
    }
}

section! {
    /// Citizenship, gender, age.
    Demographics, RawDemographics {
        heading: Template [],
        period_cases: Template ["from" "to"],
        period_victims: Template ["from" "to"],
        further: Template [],
        footnote: Template [],
        more: Template ["state"],
        unknown: Template [],
        alt: Template ["group" "values"],
        alt_victims: Template ["group" "values"],
        with_finding: Template ["group" "finding"],
        of_cases: Template ["group"],
    }
}

/// The names of the vocabulary's groups, by key.
pub type Groups = BTreeMap<String, GroupWords>;

/// The name of a group, if it differs from the vocabulary's.
#[derive(Clone, Debug)]
pub struct GroupWords {
    /// Its name as a heading.
    pub heading: Option<String>,
    /// The heading of a chart of signals.
    pub chart: Option<Template>,
    /// The text alternative of a chart of signals.
    pub alt: Option<Template>,
    /// The name of its categories, as the header of a table.
    pub category: Option<String>,
    /// Names of categories by their keys.
    pub categories: Names,
    /// What to say if a category leads, by its key.
    pub findings: BTreeMap<String, Template>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGroupWords {
    heading: Option<String>,
    chart: Option<Spanned<String>>,
    alt: Option<Spanned<String>>,
    category: Option<String>,
    #[serde(default)]
    categories: Names,
    #[serde(default)]
    findings: BTreeMap<String, Spanned<String>>,
}

impl Text for Groups {
    type Raw = BTreeMap<String, RawGroupWords>;

    fn check(raw: Self::Raw, _: &[&str], source: &Source<'_>) -> Outcome<Self> {
        let time = ["source", "year", "from", "to"];
        let with_values = ["source", "year", "from", "to", "values"];
        let of_all = ["count", "total"];
        let template = |raw: Option<Spanned<String>>, allowed: &[&str]| {
            raw.map(|raw| Template::check(raw, allowed, source))
                .transpose()
        };
        raw.into_iter()
            .map(|(key, raw)| {
                let words = GroupWords {
                    heading: raw.heading,
                    chart: template(raw.chart, &time)?,
                    alt: template(raw.alt, &with_values)?,
                    category: raw.category,
                    categories: raw.categories,
                    findings: raw
                        .findings
                        .into_iter()
                        .map(|(key, raw)| Ok((key, Template::check(raw, &of_all, source)?)))
                        .collect::<Outcome<_>>()?,
                };
                Ok((key, words))
            })
            .collect()
    }
}

/// Reads the names of groups.
pub(super) fn groups(raw: BTreeMap<String, RawGroupWords>, source: &Source<'_>) -> Outcome<Groups> {
    Groups::check(raw, &[], source)
}

section! {
    /// Sex and labor trafficking venues.
    Venues, RawVenues {
        sex: Plural ["count"],
        labor: Plural ["count"],
        gloss: Template ["from" "to"],
        ranked: Template ["rank" "venue"],
        alt: Template ["heading" "values"],
        tie: Plural ["place" "venues"],
        places: Words [],
        sex_unlisted: Template [],
        labor_unlisted: Template [],
        unlisted: Template ["limit"],
        names: Names [],
    }
}

section! {
    /// Groups of signals, such as the types of calls.
    Calls, RawCalls {
        in_year: Template ["group" "year"],
        in_period: Template ["group" "from" "to"],
        total: Plural ["count" "state" "year"],
        alt: Template ["group" "values"],
        none: Template ["state" "year"],
        none_in_period: Template ["state" "from" "to"],
        unknown: Template [],
    }
}

section! {
    /// What the numbers mean, and what they don't.
    Disclaimer, RawDisclaimer {
        heading: Template [],
        text: Template ["source"],
        hidden: Template ["highest" "below"],
        ranges: Template ["range"],
        below: Template ["limit"],
        range: Template ["from" "to"],
    }
}

section! {
    /// The state's laws.
    Laws, RawLaws {
        heading: Template ["state"],
        kinds: Template [],
        checked: Template ["month"],
        checked_except: Template ["month" "laws"],
        ended: Template [],
        ended_in: Template ["year"],
        title: Template [],
        citation: Template [],
    }
}

section! {
    /// The state's efforts.
    Efforts, RawEfforts {
        heading: Template ["state"],
        heading_district: Template ["state"],
        heading_territory: Template ["state"],
        agencies: Plural ["Count" "count" "state"],
        find_them: Template [],
        collaborations: Template [],
        collaborations_gloss: Template [],
        resources: Template [],
        resources_gloss: Template [],
        resources_gloss_district: Template [],
        resources_gloss_territory: Template [],
        funding: Template [],
    }
}

section! {
    /// The hotlines.
    Hotlines, RawHotlines {
        heading: Template [],
        national: Template [],
        number: Template [],
        strip: Template [],
        text: Template [],
        danger: Template [],
        by_text: Template [],
        text_number: String [],
        by_chat: Template [],
        chat_address: String [],
        by_relay: Template [],
        relay_number: String [],
        site: String [],
        code_alt: Template ["address"],
        local: Template [],
    }
}

section! {
    /// The signs of trafficking, and what to do.
    Signs, RawSigns {
        heading: Template [],
        signs: Words [],
        to_do_heading: Template [],
        to_do: Words [],
        more: Template [],
        source: String [],
        reviewed: String [],
    }
}

section! {
    /// Names of states that differ from the program's.
    States, RawStates {
        names: Names [],
        in_text: Names [],
    }
}

section! {
    /// The names of areas that are larger than a state.
    Areas, RawAreas {
        region: Template ["region"],
        region_in_text: Template ["region"],
        nation: Template [],
        nation_in_text: Template [],
        states: Template ["states" "state"],
        states_of_list: Template ["states"],
        kinds: Template [],
        kinds_district: Template [],
        kinds_territories: Template [],
        kinds_all: Template [],
        states_gloss: Template [],
        states_laws_gloss: Template [],
        states_name: Template [],
        states_laws: Template [],
        states_no_laws: Template [],
    }
}

section! {
    /// The page with the numbers behind the charts.
    Data, RawData {
        heading: Template [],
        gloss: Template ["state" "from" "to" "year"],
        cases: Template [],
        category: Template [],
        venue: Template [],
        number: Template [],
        number_of_cases: Template [],
        number_of_victims: Template [],
        number_of_signals: Template [],
        period: Template ["from" "to"],
        year: Template ["year"],
        trend: Template [],
        trend_year: Template [],
        located: Template ["year"],
        unlocated: Template ["year"],
        points: Template ["year"],
        sex_venues: Template [],
        labor_venues: Template [],
        total: Template [],
        non_substantive: Template [],
    }
}

section! {
    /// The page of counties.
    Counties, RawCounties {
        heading: Template ["county" "year"],
        gloss: Template ["state" "year" "source"],
        county: Template [],
        counties_of: Names [],
        cases: Template [],
        others: Template ["limit"],
        none: Template ["limit"],
        unlocated: Template [],
    }
}

section! {
    /// Cases and signals of each year.
    Trend, RawTrend {
        heading: Template [],
        cases: Template [],
        signals: Template [],
        alt: Template ["name" "values"],
        highest: Template ["year" "count"],
    }
}

section! {
    /// How numbers and lists are written.
    Numbers, RawNumbers {
        words: Words [],
        thousands: String [],
        and: String [],
    }
}

section! {
    /// How dates are written.
    Dates, RawDates {
        months: Words [],
        month_year: Template ["month" "year"],
        day: Template ["month" "day" "year"],
        fiscal_year: Template ["year"],
        fiscal_year_in_heading: Template ["year"],
        short_fiscal_year: Template ["year"],
        fiscal_year_gloss: Template ["year" "from" "to"],
    }
}
