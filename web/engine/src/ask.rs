//! What the page asks for, and the library's types for it.

use std::str::FromStr;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hotline_profile::area::Area;
use hotline_profile::audit::{self, Sheet};
use hotline_profile::failure::{Failure, Outcome};
use hotline_profile::make::Extent;
use hotline_profile::make::{
    Additions, Counting, Form, Paper, Portal, Protection, Request, Standard,
};
use hotline_profile::period::{Month, Timeframe, YearStart};
use hotline_profile::profile::{self, Profile};
use hotline_profile::read::{Limits, Mapping};
use hotline_profile::tally::Unit;
use hotline_profile::theme::Theme;
use hotline_profile::vocabulary::Vocabulary;
use hotline_profile::wording::{self, Wording};
use serde::Deserialize;

/// The user's choices; anything left out has its default.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ask {
    /// Code of a state, a region or the nation: `NM`, `Region-VI`, `US`.
    state: String,
    year: Option<i32>,
    /// The month in which a year begins, 1 to 12.
    year_starts: Option<u32>,
    /// Months, as in `2012-12`.
    from: Option<String>,
    to: Option<String>,
    /// Whether each mention of a victim counts.
    victims: bool,
    min_cell: Option<u64>,
    internal: bool,
    /// The sheet's language, `en` or `es`.
    language: String,
    /// The page's language, for the names of numbers.
    page_language: String,
    form: AskedForm,
    /// Mapping, profile and theme as TOML; none: the default.
    pub mapping: Option<String>,
    profile: Option<String>,
    theme: Option<String>,
    /// The file that the theme names: SVG as text, pixels as a data URL.
    logo: Option<String>,
    /// Names and texts of published sheets.
    released: Vec<(String, String)>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct AskedForm {
    /// `letter`, `a4`, `legal`
    paper: String,
    one_page: bool,
    large_print: bool,
    two_up: bool,
    gray: bool,
    bleeds: bool,
    trend: bool,
    counties: bool,
    rate: bool,
    data_page: bool,
    attach: bool,
}

/// Whatever decides how the files are counted, for any area and time.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    unit: Unit,
    mapping: Option<String>,
}

/// The area with a code.
pub fn area(code: &str) -> Outcome<Area> {
    Area::from_code(code).ok_or_else(|| {
        Failure::usage(format!("“{code}” isn't a state")).remedy("choose one from the list")
    })
}

impl Ask {
    pub fn parse(text: &str) -> Outcome<Self> {
        serde_json::from_str(text).map_err(Failure::bug)
    }

    pub fn area(&self) -> Outcome<Area> {
        area(&self.state)
    }

    /// The same for another year.
    pub fn in_year(&self, year: i32) -> Ask {
        Ask {
            year: Some(year),
            to: None,
            ..self.clone()
        }
    }

    pub fn time(&self) -> Outcome<Timeframe> {
        let month = |given: &Option<String>| {
            let month = given.as_deref().map(Month::from_str).transpose();
            month.map_err(Failure::usage)
        };
        Ok(Timeframe {
            year: self.year,
            from: month(&self.from)?,
            to: month(&self.to)?,
            starts: self.year_starts.and_then(YearStart::of).unwrap_or_default(),
        })
    }

    pub fn counts(&self) -> Counts {
        Counts {
            unit: if self.victims {
                Unit::Victims
            } else {
                Unit::Cases
            },
            mapping: self.mapping.clone(),
        }
    }

    /// What to count for the requested area.
    pub fn counting<'v, 'm>(
        &self,
        vocabulary: &'v Vocabulary,
        mapping: &'m Mapping,
    ) -> Outcome<Counting<'v, 'm>> {
        let counts = self.counts();
        Ok(counts.counting(vocabulary, mapping, vec![self.area()?], self.time()?))
    }

    pub fn mapping(&self, vocabulary: &Vocabulary) -> Outcome<Mapping> {
        match &self.mapping {
            Some(text) => Mapping::from_toml("mapping.toml", text, vocabulary),
            None => Ok(Mapping::canonical_with(vocabulary)),
        }
    }

    /// The profile of the state; for an area of several states, what its sheet takes from theirs.
    pub fn profile(&self) -> Outcome<Profile> {
        let area = self.area()?;
        let of = |state, own: Option<&str>| {
            let (name, built_in) = profile::embedded(state);
            Profile::parse(name, own.unwrap_or(built_in), state)
        };
        if let Some(state) = area.state() {
            return of(state, self.profile.as_deref());
        }
        let mut of_states = Vec::new();
        for state in area.states().iter() {
            of_states.push((state, of(state, None)?));
        }
        Ok(Profile::of_area(of_states))
    }

    pub fn additions(&self) -> Additions {
        self.form.form().additions
    }

    /// The name of the sheet in messages.
    pub fn name_of_sheet(&self) -> String {
        match self.page_language.as_str() {
            "es" => "esta hoja".to_owned(),
            _ => "this sheet".to_owned(),
        }
    }

    /// The published sheets.
    pub fn released(&self, vocabulary: &Vocabulary) -> Outcome<Vec<Sheet>> {
        let mut sheets = Vec::new();
        for (name, text) in &self.released {
            sheets.extend(audit::read_text(name, text, vocabulary)?);
        }
        Ok(sheets)
    }

    /// Whether the user edited the profile.
    pub fn has_profile(&self) -> bool {
        self.profile.is_some()
    }

    pub fn theme(&self) -> Outcome<Theme> {
        let Some(text) = &self.theme else {
            return Theme::usual();
        };
        Theme::from_toml("theme.toml", text, &|named| match &self.logo {
            Some(logo) => Ok(content(logo)),
            None => Err(Failure::data(format!("the file {named} isn't here"))
                .remedy("choose the logo's file")),
        })
    }

    pub fn wording(&self) -> Outcome<Wording> {
        built_in_wording(&self.language)
    }

    pub fn page_wording(&self) -> Outcome<Wording> {
        built_in_wording(&self.page_language)
    }

    pub fn protection(&self) -> Outcome<Protection> {
        match (self.internal, self.min_cell) {
            (true, _) => Ok(Protection::INTERNAL),
            (false, None) => Ok(Protection::default()),
            (false, Some(least)) => Protection::of(least),
        }
    }

    pub fn request<'a>(
        &self,
        theme: &'a Theme,
        wording: &'a Wording,
        vocabulary: &Vocabulary,
    ) -> Outcome<Request<'a>> {
        let request = Request::new(wording, theme, self.form.form(), self.protection()?)?;
        Ok(request.with_released(self.released(vocabulary)?))
    }
}

impl AskedForm {
    fn form(&self) -> Form {
        Form {
            paper: match self.paper.as_str() {
                "a4" => Paper::A4,
                "legal" => Paper::Legal,
                _ => Paper::Letter,
            },
            extent: if self.one_page {
                Extent::OnePage
            } else {
                Extent::Full
            },
            large_print: self.large_print,
            two_up: self.two_up,
            gray: self.gray,
            bleeds: self.bleeds,
            standard: Standard::default(),
            additions: Additions {
                trend: self.trend,
                counties: self.counties,
                rate: self.rate,
            },
            data_page: self.data_page,
            attach: self.attach.then_some(Portal::GrantsGov),
        }
    }
}

impl Counts {
    pub fn counting<'v, 'm>(
        &self,
        vocabulary: &'v Vocabulary,
        mapping: &'m Mapping,
        areas: Vec<Area>,
        time: Timeframe,
    ) -> Counting<'v, 'm> {
        Counting {
            vocabulary,
            mapping,
            limits: Limits::default(),
            areas,
            time,
            unit: self.unit,
            strict: false,
        }
    }
}

/// A built-in wording.
fn built_in_wording(language: &str) -> Outcome<Wording> {
    let mut all = wording::BUILT_IN.into_iter();
    let found = all.find(|(name, ..)| *name == language);
    let (_, file, text) = found.unwrap_or(wording::ENGLISH);
    Wording::parse(file, text)
}

/// The bytes of a file that the page has as text or, in base64, as a data URL (RFC 2397).
fn content(file: &str) -> Vec<u8> {
    let address = file.strip_prefix("data:");
    let encoded = address.and_then(|address| address.split_once(";base64,"));
    let bytes = encoded.and_then(|(_, bytes)| BASE64_STANDARD.decode(bytes).ok());
    bytes.unwrap_or_else(|| file.as_bytes().to_vec())
}
