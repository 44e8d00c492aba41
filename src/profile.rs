//! A state's profile: the laws, efforts and hotlines that people edit in `profiles/<state>.toml`.

mod embedded;
mod text;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use crate::failure::{Failure, Outcome, Position, is_unprintable};
use crate::jurisdiction::Jurisdiction;
use crate::text::Printed;
use crate::toml_file;

pub use embedded::embedded;
pub use text::Text;

/// The language of a profile that doesn't name one: that of the laws of the United States.
pub const LANGUAGE: &str = "en-US";

/// Years in which a law can have ended; others are typing errors.
const YEARS: std::ops::RangeInclusive<i32> = 1776..=2199;

/// What the sheet says about a state besides its statistics. A list may be empty; the sheet then leaves out its
/// heading.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// The language of its texts, by BCP 47; `None` is [`LANGUAGE`].
    pub language: Option<String>,
    /// The state's page on the hotline's site.
    pub hotline_page: Option<String>,
    /// Agencies that serve victims.
    pub agencies: Option<Agencies>,
    /// Statutes, in the order of the sheet.
    pub laws: Vec<Law>,
    /// The day on which somebody last checked the list of laws as a whole.
    pub laws_reviewed: Option<NaiveDate>,
    /// Collaborations.
    pub collaborations: Vec<Entry>,
    /// Resources.
    pub resources: Vec<Entry>,
    /// Sources of funding.
    pub funding: Vec<Entry>,
    /// The state's own hotlines.
    pub hotlines: Vec<Hotline>,
    /// Its texts, in which there may be letters that the fonts don't have.
    pub(crate) printed: Printed,
    /// For an area of several states, what is in the profile of each.
    pub states: Vec<OfState>,
}

/// What the sheet for several states says about one of them.
#[derive(Clone, Debug)]
pub struct OfState {
    /// Which one.
    pub state: Jurisdiction,
    /// Its page on the hotline's site, if its profile names one.
    pub hotline_page: Option<String>,
    /// Its statutes.
    pub laws: Vec<Law>,
}

/// Victim service agencies in the National Human Trafficking Referral Directory.
#[derive(Clone, Debug)]
pub struct Agencies {
    /// How many there are.
    pub count: u64,
    /// The directory's page.
    pub url: Option<String>,
}

/// A statute.
#[derive(Clone, Debug)]
pub struct Law {
    /// What the law is about.
    pub title: Text,
    /// As the state cites it: `§ 30-52-1`.
    pub citation: String,
    /// The address of its text.
    pub url: Option<String>,
    /// The day on which somebody last checked it.
    pub reviewed: Option<NaiveDate>,
    /// Its status; `None`: as far as is known, it is in force.
    pub status: Option<Status>,
}

/// The status of a law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It was repealed, or ended by its own terms; in the profile `status = "ended 2018"`, or `"ended"` if the year
    /// isn't known.
    Ended(Option<i32>),
}

/// A collaboration, resource or source of funding.
#[derive(Clone, Debug)]
pub struct Entry {
    /// As printed.
    pub title: Text,
    /// Its page.
    pub url: Option<String>,
    /// The day on which somebody last checked it.
    pub reviewed: Option<NaiveDate>,
}

/// A hotline of the state's own.
#[derive(Clone, Debug)]
pub struct Hotline {
    /// As printed.
    pub name: Text,
    /// As printed: `505-438-3733`.
    pub phone: String,
    /// What the hotline offers, in one or two sentences.
    pub text: Option<Text>,
    /// Its page.
    pub url: Option<String>,
    /// The day on which somebody last checked it.
    pub reviewed: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProfile {
    state: Spanned<String>,
    language: Option<Spanned<String>>,
    hotline_page: Option<Spanned<String>>,
    laws_reviewed: Option<Spanned<toml::Value>>,
    agencies: Option<RawAgencies>,
    #[serde(default)]
    laws: Vec<RawLaw>,
    #[serde(default)]
    collaborations: Vec<RawEntry>,
    #[serde(default)]
    resources: Vec<RawEntry>,
    #[serde(default)]
    funding: Vec<RawEntry>,
    #[serde(default)]
    hotlines: Vec<RawHotline>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAgencies {
    count: u64,
    url: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLaw {
    title: Spanned<toml::Value>,
    language: Option<Spanned<String>>,
    citation: Spanned<String>,
    url: Option<Spanned<String>>,
    status: Option<Spanned<String>>,
    reviewed: Option<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    title: Spanned<toml::Value>,
    language: Option<Spanned<String>>,
    url: Option<Spanned<String>>,
    reviewed: Option<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHotline {
    name: Spanned<toml::Value>,
    language: Option<Spanned<String>>,
    phone: Spanned<String>,
    text: Option<Spanned<toml::Value>>,
    url: Option<Spanned<String>>,
    reviewed: Option<Spanned<toml::Value>>,
}

impl Profile {
    /// What the sheet for several states takes from their profiles: pages and laws of each, and the hotlines of all,
    /// with each number once and the state's postal code after its name.
    pub fn of_area(profiles: Vec<(Jurisdiction, Profile)>) -> Profile {
        let mut whole = Profile::default();
        for (state, profile) in profiles {
            whole.printed.add_all(profile.printed);
            whole.states.push(OfState {
                state,
                hotline_page: profile.hotline_page,
                laws: profile.laws,
            });
            for hotline in profile.hotlines {
                if whole
                    .hotlines
                    .iter()
                    .any(|known| known.phone == hotline.phone)
                {
                    continue;
                }
                whole.hotlines.push(Hotline {
                    name: hotline.name.followed_by(&format!(" ({state})")),
                    ..hotline
                });
            }
        }
        whole
    }

    /// Reads the profile of a state.
    ///
    /// # Errors
    /// Names file, line and column of an unknown or missing key, of a text that is empty or has control characters,
    /// of a link that isn't a web, mail or phone address, of a phone number without digits, of an impossible date,
    /// and of a file for another state.
    pub fn parse(file: &str, text: &str, state: Jurisdiction) -> Outcome<Self> {
        let raw: RawProfile = toml_file::load(file, text)?;
        let mut check = Check {
            file,
            text,
            language: LANGUAGE.to_owned(),
        };
        check.state(&raw.state, state)?;
        let language = check.optional(raw.language)?;
        if let Some(language) = &language {
            check.language.clone_from(language);
        }
        let agencies = raw.agencies.map(|agencies| {
            Ok(Agencies {
                count: agencies.count,
                url: check.url(agencies.url)?,
            })
        });
        Ok(Profile {
            language,
            hotline_page: check.url(raw.hotline_page)?,
            agencies: agencies.transpose()?,
            laws: check.all(raw.laws, Check::law)?,
            laws_reviewed: check.date(raw.laws_reviewed)?,
            collaborations: check.all(raw.collaborations, Check::entry)?,
            resources: check.all(raw.resources, Check::entry)?,
            funding: check.all(raw.funding, Check::entry)?,
            hotlines: check.all(raw.hotlines, Check::hotline)?,
            printed: toml_file::printed(file, text, |_| true)?,
            states: Vec::new(),
        })
    }

    /// The day since when the laws have been checked, with those that haven't: the day of the list or, if laws have
    /// their own, the earliest of them. `None` if more than half have no day.
    pub fn laws_checked(&self) -> Option<(NaiveDate, Vec<&Law>)> {
        if let Some(day) = self.laws_reviewed {
            return Some((day, Vec::new()));
        }
        let day = self.laws.iter().filter_map(|law| law.reviewed).min()?;
        let unchecked: Vec<&Law> = self
            .laws
            .iter()
            .filter(|law| law.reviewed.is_none())
            .collect();
        (2 * unchecked.len() <= self.laws.len()).then_some((day, unchecked))
    }

    /// The telephone link for a number as printed: digits, with the country's 1 in front.
    pub fn phone_link(phone: &str) -> String {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        match digits.len() {
            10 => format!("tel:+1{digits}"),
            11 if digits.starts_with('1') => format!("tel:+{digits}"),
            _ => format!("tel:{digits}"),
        }
    }
}

/// A profile file to fill in, valid as it is.
pub fn template(state: Jurisdiction) -> String {
    let name = state.name();
    let slug = state.slug();
    format!(
        r#"# {name}: the laws, efforts and hotlines of page 2. Edit freely; an empty list loses its heading.
#
# Take the # away from the lines that you fill in. A list has one [[…]] block per entry. `url` makes an
# entry a link; `reviewed` is the day on which somebody last checked the entry; `language` says in which
# language it is, if it isn't English. `status` is for a law that has ended. A text in two
# languages is written {{en="…", es="…"}}.

state = "{state}"
hotline_page = "https://humantraffickinghotline.org/state/{slug}"

# Victim service agencies in the National Human Trafficking Referral Directory.
# [agencies]
# count = 0
# url = "https://humantraffickinghotline.org/training-resources/referral-directory"

# [[laws]]
# title = "Human Trafficking"
# citation = "§ …"
# url = "https://…"
# reviewed = 2026-01-31
# status = "ended 2018"

# Coalitions, task forces, working groups.
# [[collaborations]]
# title = "…"

# State research, publications, trainings.
# [[resources]]
# title = "…"

# [[funding]]
# title = "…"

# [[hotlines]]
# name = "…"
# phone = "555-555-0100"
# text = "What the hotline offers, in a sentence."
"#
    )
}

/// Checks of single values, with the position of what is wrong.
struct Check<'a> {
    file: &'a str,
    text: &'a str,
    /// For texts that don't name their own.
    language: String,
}

impl Check<'_> {
    fn failure<T>(&self, value: &Spanned<T>, message: String) -> Failure {
        Failure::data(message).at(Position::in_text(self.file, self.text, value.span().start))
    }

    fn state(&self, found: &Spanned<String>, wanted: Jurisdiction) -> Outcome<()> {
        if Jurisdiction::from_code_or_name(found.get_ref()) == Some(wanted) {
            return Ok(());
        }
        let message = format!(
            "this is the profile of “{}”, not of {wanted}",
            found.get_ref()
        );
        Err(self.failure(found, message).remedy(format!(
            "write state = \"{wanted}\", or choose that state’s own file"
        )))
    }

    fn text(&self, value: Spanned<String>) -> Outcome<String> {
        let trimmed = value.get_ref().trim();
        if trimmed.is_empty() {
            return Err(self
                .failure(&value, "an empty text".to_owned())
                .remedy("write a text, or remove the whole entry"));
        }
        if let Some(found) = trimmed.chars().find(|&c| is_unprintable(c)) {
            return Err(self
                .failure(
                    &value,
                    format!(
                        "the invisible character {} in a text",
                        found.escape_unicode()
                    ),
                )
                .remedy("retype the text instead of pasting it"));
        }
        Ok(trimmed.to_owned())
    }

    fn url(&self, value: Option<Spanned<String>>) -> Outcome<Option<String>> {
        let Some(value) = value else { return Ok(None) };
        let url = value.get_ref().trim();
        let allowed = ["https://", "http://", "mailto:", "tel:"]
            .iter()
            .any(|scheme| url.len() > scheme.len() && url.starts_with(scheme));
        let printable = url.bytes().all(|byte| byte.is_ascii_graphic());
        if allowed && printable {
            return Ok(Some(url.to_owned()));
        }
        Err(self
            .failure(
                &value,
                format!("“{}” isn't an address to link to", url.escape_debug()),
            )
            .remedy("begin with https://, http://, mailto: or tel:, without spaces"))
    }

    fn phone(&self, value: Spanned<String>) -> Outcome<String> {
        let digits = value.get_ref().chars().filter(char::is_ascii_digit).count();
        if !(3..=15).contains(&digits) {
            let message = format!("“{}” isn't a phone number", value.get_ref().escape_debug());
            return Err(self
                .failure(&value, message)
                .remedy("write it with its digits, as in 505-438-3733"));
        }
        self.text(value)
    }

    fn date(&self, value: Option<Spanned<toml::Value>>) -> Outcome<Option<NaiveDate>> {
        let Some(value) = value else { return Ok(None) };
        let written = match value.get_ref() {
            toml::Value::Datetime(date) => date.to_string(),
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        NaiveDate::parse_from_str(&written, "%Y-%m-%d")
            .map(Some)
            .map_err(|_| {
                self.failure(&value, format!("“{written}” isn't a date"))
                    .remedy("write year, month and day, as in 2026-01-31")
            })
    }

    fn all<R, T>(&self, raw: Vec<R>, one: impl Fn(&Self, R) -> Outcome<T>) -> Outcome<Vec<T>> {
        raw.into_iter().map(|raw| one(self, raw)).collect()
    }

    fn law(&self, law: RawLaw) -> Outcome<Law> {
        let language = self.language(law.language)?;
        Ok(Law {
            title: self.versions(law.title, &language)?,
            citation: self.text(law.citation)?,
            url: self.url(law.url)?,
            status: self.status(law.status)?,
            reviewed: self.date(law.reviewed)?,
        })
    }

    fn entry(&self, entry: RawEntry) -> Outcome<Entry> {
        let language = self.language(entry.language)?;
        Ok(Entry {
            title: self.versions(entry.title, &language)?,
            url: self.url(entry.url)?,
            reviewed: self.date(entry.reviewed)?,
        })
    }

    fn hotline(&self, hotline: RawHotline) -> Outcome<Hotline> {
        let language = self.language(hotline.language)?;
        let text = hotline.text.map(|text| self.versions(text, &language));
        Ok(Hotline {
            name: self.versions(hotline.name, &language)?,
            phone: self.phone(hotline.phone)?,
            text: text.transpose()?,
            url: self.url(hotline.url)?,
            reviewed: self.date(hotline.reviewed)?,
        })
    }

    /// An entry's own language, or otherwise the profile's.
    fn language(&self, own: Option<Spanned<String>>) -> Outcome<String> {
        match own {
            Some(own) => self.text(own),
            None => Ok(self.language.clone()),
        }
    }

    /// A single text, in the entry's language, or one for each of several languages.
    fn versions(&self, value: Spanned<toml::Value>, language: &str) -> Outcome<Text> {
        let span = value.span();
        let place = |text: String| Spanned::new(span.clone(), text);
        let wrong = || {
            let message = format!("{} isn't a text or texts by language", value.get_ref());
            self.failure(&value, message)
                .remedy("write \"…\", or { en = \"…\", es = \"…\" }")
        };
        match value.get_ref() {
            toml::Value::String(text) => {
                Ok(Text::in_one(language, self.text(place(text.clone()))?))
            }
            toml::Value::Table(texts) => {
                let versions = texts.iter().map(|(tag, text)| match text {
                    toml::Value::String(text) => Ok((tag.clone(), self.text(place(text.clone()))?)),
                    _ => Err(wrong()),
                });
                let versions = versions.collect::<Outcome<Vec<_>>>()?;
                Text::in_several(versions).ok_or_else(wrong)
            }
            _ => Err(wrong()),
        }
    }

    fn optional(&self, value: Option<Spanned<String>>) -> Outcome<Option<String>> {
        value.map(|text| self.text(text)).transpose()
    }

    fn status(&self, value: Option<Spanned<String>>) -> Outcome<Option<Status>> {
        let Some(value) = value else { return Ok(None) };
        let mut words = value.get_ref().split_whitespace();
        let year = |word: &str| word.parse().ok().filter(|year| YEARS.contains(year));
        let status = match (words.next(), words.next(), words.next()) {
            (Some("ended"), None, _) => Some(Status::Ended(None)),
            (Some("ended"), Some(word), None) => year(word).map(|year| Status::Ended(Some(year))),
            _ => None,
        };
        status.map(Some).ok_or_else(|| {
            let message = format!("“{}” isn't a status", value.get_ref().escape_debug());
            self.failure(&value, message).remedy(
                "write \"ended 2018\" with the year in which the law ended, or \"ended\"; leave `status` out while \
                 the law is in force",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nm() -> Jurisdiction {
        Jurisdiction::from_code("NM").unwrap()
    }

    fn parse(text: &str) -> Outcome<Profile> {
        Profile::parse("nm.toml", text, nm())
    }

    #[test]
    fn an_empty_profile_is_a_profile() {
        let profile = parse("state = \"NM\"").unwrap();
        assert!(profile.laws.is_empty() && profile.agencies.is_none());
    }

    #[test]
    fn the_template_is_valid_unchanged_and_filled_in() {
        for state in Jurisdiction::all() {
            let text = template(state);
            Profile::parse("new.toml", &text, state).unwrap();
            let filled: String = text
                .lines()
                .map(|line| match line.strip_prefix("# ") {
                    Some(rest) if rest.starts_with('[') || rest.contains(" = ") => rest,
                    _ => line,
                })
                .map(|line| format!("{line}\n"))
                .collect();
            // An address that was forgotten isn't printed.
            let forgotten = Profile::parse("new.toml", &filled, state).unwrap_err();
            assert!(forgotten.message.contains("https://…"), "{forgotten}");
            let filled = filled.replace("https://…", "https://example.org/");
            let profile = Profile::parse("new.toml", &filled, state).unwrap();
            assert_eq!(profile.laws.len() + profile.hotlines.len(), 2);
        }
    }

    #[test]
    fn every_mistake_is_reported_with_its_position() {
        for (text, place, word) in [
            ("state = \"AZ\"", "nm.toml:1:9", "AZ"),
            ("state = \"NM\"\n[[lawz]]\n", "nm.toml:2:", "laws"),
            (
                "state = \"NM\"\n[[laws]]\ntitle = \"A\"\n",
                "nm.toml:2:",
                "citation",
            ),
            (
                "state = \"NM\"\nhotline_page = \"javascript:x\"",
                "nm.toml:2:16",
                "javascript",
            ),
            (
                "state = \"NM\"\n[[hotlines]]\nname = \"A\"\nphone = \"no\"",
                "nm.toml:4:9",
                "a phone number",
            ),
            (
                "state = \"NM\"\n[[funding]]\ntitle = \" \"",
                "nm.toml:3:9",
                "empty",
            ),
            (
                "state = \"NM\"\n[[funding]]\ntitle = \"a\u{202e}b\"",
                "nm.toml:3:9",
                "202e",
            ),
            (
                "state = \"NM\"\n[[funding]]\ntitle = \"a\"\nreviewed = 2026-02-30",
                "nm.toml:4:",
                "2026-02-30",
            ),
            (
                "state = \"NM\"\n[[funding]]\ntitle = \"a\"\nreviewed = \"soon\"",
                "nm.toml:4:12",
                "soon",
            ),
            (
                "state = \"NM\"\n[[laws]]\ntitle = \"A\"\ncitation = \"1\"\nstatus = \"ended 18\"",
                "nm.toml:5:10",
                "ended 18",
            ),
            (
                "state = \"NM\"\n[[funding]]\ntitle = { en = 5 }",
                "nm.toml:3:9",
                "isn't a text",
            ),
            (
                "state = \"NM\"\n[[funding]]\ntitle = {}",
                "nm.toml:3:9",
                "en =",
            ),
            (
                "state = \"NM\"\nagencies = { count = -1 }",
                "nm.toml:2:",
                "count",
            ),
        ] {
            let failure = parse(text).unwrap_err().to_string();
            assert!(failure.starts_with(place), "{failure}");
            assert!(failure.contains(word), "{failure}");
        }
    }

    #[test]
    fn a_law_carries_its_status() {
        let law = |status: &str| format!("[[laws]]\ntitle = \"A\"\ncitation = \"§ 1\"\n{status}\n");
        let laws = ["", "status = \"ended 2018\"", "status = \"ended\""].map(law);
        let profile = parse(&format!("state = \"NM\"\n{}", laws.concat())).unwrap();
        let statuses = profile.laws.iter().map(|law| law.status);
        let ended = |year| Some(Status::Ended(year));
        assert!(statuses.eq([None, ended(Some(2018)), ended(None)]));
    }

    #[test]
    fn an_entry_may_have_its_own_language_or_several() {
        let profile = parse(
            "state = \"NM\"\nlanguage = \"es\"\n\
             [[funding]]\ntitle = \"Fondos\"\n\
             [[funding]]\ntitle = \"Funds\"\nlanguage = \"en-US\"\n\
             [[funding]]\ntitle = { en-US = \"Grants\", es = \"Ayudas\" }\n",
        );
        let funding = profile.unwrap().funding;
        let spanish: Vec<_> = funding
            .iter()
            .map(|entry| entry.title.version("es-US"))
            .collect();
        assert_eq!(
            spanish,
            [("Fondos", "es"), ("Funds", "en-US"), ("Ayudas", "es")]
        );
        assert_eq!(funding[2].title.version("en-US").0, "Grants");
    }

    #[test]
    fn the_date_of_laws_is_that_of_the_earliest_check_or_of_the_list() {
        let law = |more: &str| format!("[[laws]]\ntitle = \"a\"\ncitation = \"1\"\n{more}\n");
        let checked = |head: &str, laws: &[String]| {
            let text = format!("state = \"NM\"\n{head}\n{}", laws.concat());
            let profile = parse(&text).unwrap();
            let checked = profile.laws_checked();
            checked.map(|(day, unchecked)| format!("{day}, {} not", unchecked.len()))
        };
        let (early, late) = (law("reviewed = 2026-03-01"), law("reviewed = 2026-11-24"));
        let both = [late.clone(), early];
        assert_eq!(checked("", &both).as_deref(), Some("2026-03-01, 0 not"));
        let half = [late.clone(), law("")];
        assert_eq!(checked("", &half).as_deref(), Some("2026-11-24, 1 not"));
        assert_eq!(checked("", &[late, law(""), law("")]), None);
        assert_eq!(checked("", &[law("")]), None);
        let list = checked("laws_reviewed = 2026-11-26", &[law("status = \"ended\"")]);
        assert_eq!(list.as_deref(), Some("2026-11-26, 0 not"));
    }

    #[test]
    fn phone_links_have_the_country_code() {
        assert_eq!(Profile::phone_link("505-438-3733"), "tel:+15054383733");
        assert_eq!(Profile::phone_link("1-888-373-7888"), "tel:+18883737888");
        assert_eq!(Profile::phone_link("233733"), "tel:233733");
    }
}
