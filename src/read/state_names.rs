//! States, no matter how they are spelled: by postal or FIPS code, by name in English or Spanish, abbreviated, or by
//! code and name together.

use crate::geo::repaired;
use crate::jurisdiction::Jurisdiction;

/// The state that a text names; none if it could be another one, or something else.
pub(super) fn state_named(text: &str) -> Option<Jurisdiction> {
    Jurisdiction::from_code_or_name(text)
        .or_else(|| of_words(&words(text)))
        .or_else(|| of_words(&words(&repaired(text)?)))
}

fn of_words(words: &[String]) -> Option<Jurisdiction> {
    let words = without_country(words);
    of_name(words)
        .or_else(|| of_pair(words))
        .or_else(|| match words {
            [kind, of, the, name @ ..]
                if of == "of" && the == "the" && KINDS.contains(&kind.as_str()) =>
            {
                of_name(name)
            }
            [kind, of, name @ ..] if of == "of" && KINDS.contains(&kind.as_str()) => of_name(name),
            [name @ .., kind] if kind == "state" => of_name(name),
            _ => None,
        })
}

/// What may come before "of", and says nothing.
const KINDS: [&str; 3] = ["state", "commonwealth", "territory"];

/// "NM" in "US-NM" and "NM, USA"; but the "US Virgin Islands" keep their name.
fn without_country(words: &[String]) -> &[String] {
    let is_country = |word: &String| word == "us" || word == "usa";
    match words {
        [united, states, name @ ..] if united == "united" && states == "states" => name,
        [name @ .., united, states] if united == "united" && states == "states" => name,
        [u, s, name @ ..] if u == "u" && s == "s" => name,
        [name @ .., u, s] if u == "u" && s == "s" => name,
        [country, name @ ..] if is_country(country) => name,
        [name @ .., country] if is_country(country) => name,
        _ => words,
    }
}

/// A code next to the name of the same state: "NM - New Mexico", "New Mexico (NM)", "35 New Mexico".
fn of_pair(words: &[String]) -> Option<Jurisdiction> {
    let same = |code: &[String], name: &[String]| {
        let state = of_name(name)?;
        (of_name(code) == Some(state)).then_some(state)
    };
    let (first, behind_first) = words.split_at_checked(1)?;
    let (before_last, last) = words.split_at(words.len() - 1);
    same(first, behind_first).or_else(|| same(last, before_last))
}

fn of_name(words: &[String]) -> Option<Jurisdiction> {
    let name = words.concat();
    if name.is_empty() {
        return None;
    }
    if name.len() == 2 {
        let by_number = || Jurisdiction::all().find(|state| state.fips() == name);
        if let Some(state) = Jurisdiction::from_code(&name).or_else(by_number) {
            return Some(state);
        }
    }
    let is_named = |state: &Jurisdiction| plain(state.name()) == name;
    Jurisdiction::all().find(is_named).or_else(|| {
        let (_, code) = SPELLINGS.iter().find(|(spelling, _)| *spelling == name)?;
        Jurisdiction::from_code(code)
    })
}

/// Other names than the English ones, without spaces and punctuation: abbreviations from before the postal codes (GPO
/// Style Manual, 2016, chapter 9), Spanish names, and those of the federal district and the territories.
const SPELLINGS: &[(&str, &str)] = &[
    ("ala", "AL"),
    ("alas", "AK"),
    ("amerikasamoa", "AS"),
    ("amersamoa", "AS"),
    ("amsamoa", "AS"),
    ("ariz", "AZ"),
    ("ark", "AR"),
    ("cal", "CA"),
    ("calif", "CA"),
    ("carolinadelnorte", "NC"),
    ("carolinadelsur", "SC"),
    ("cnmi", "MP"),
    ("colo", "CO"),
    ("conn", "CT"),
    ("dakotadelnorte", "ND"),
    ("dakotadelsur", "SD"),
    ("dccity", "DC"),
    ("dcwashington", "DC"),
    ("del", "DE"),
    ("distcolumbia", "DC"),
    ("distofcolumbia", "DC"),
    ("distritodecolumbia", "DC"),
    ("fla", "FL"),
    ("guahan", "GU"),
    ("hawai", "HI"),
    ("ill", "IL"),
    ("ind", "IN"),
    ("islasmarianasdelnorte", "MP"),
    ("islasvirgenes", "VI"),
    ("islasvirgenesdelosestadosunidos", "VI"),
    ("kan", "KS"),
    ("kans", "KS"),
    ("luisiana", "LA"),
    ("mass", "MA"),
    ("mich", "MI"),
    ("minn", "MN"),
    ("misisipi", "MS"),
    ("miss", "MS"),
    ("misuri", "MO"),
    ("mont", "MT"),
    ("ncar", "NC"),
    ("ncarolina", "NC"),
    ("ndak", "ND"),
    ("ndakota", "ND"),
    ("neb", "NE"),
    ("nebr", "NE"),
    ("nev", "NV"),
    ("newhamp", "NH"),
    ("newmex", "NM"),
    ("nhampshire", "NH"),
    ("njersey", "NJ"),
    ("nmarianaislands", "MP"),
    ("nmex", "NM"),
    ("nmexico", "NM"),
    ("nmi", "MP"),
    ("nocarolina", "NC"),
    ("nodakota", "ND"),
    ("nomarianaislands", "MP"),
    ("northcar", "NC"),
    ("northdak", "ND"),
    ("northernmarianas", "MP"),
    ("nthcarolina", "NC"),
    ("nthdakota", "ND"),
    ("nuevahampshire", "NH"),
    ("nuevajersey", "NJ"),
    ("nuevayork", "NY"),
    ("nuevohampshire", "NH"),
    ("nuevomejico", "NM"),
    ("nuevomexico", "NM"),
    ("nyork", "NY"),
    ("nys", "NY"),
    ("okla", "OK"),
    ("ore", "OR"),
    ("oreg", "OR"),
    ("penn", "PA"),
    ("penna", "PA"),
    ("pensilvania", "PA"),
    ("rhodeislandandprovidenceplantations", "RI"),
    ("samoaamericana", "AS"),
    ("scar", "SC"),
    ("scarolina", "SC"),
    ("sdak", "SD"),
    ("sdakota", "SD"),
    ("socarolina", "SC"),
    ("sodakota", "SD"),
    ("southcar", "SC"),
    ("southdak", "SD"),
    ("stateofny", "NY"),
    ("sthcarolina", "SC"),
    ("sthdakota", "SD"),
    ("tejas", "TX"),
    ("tenn", "TN"),
    ("tex", "TX"),
    ("usvi", "VI"),
    ("usvirginis", "VI"),
    ("virginiaoccidental", "WV"),
    ("virginis", "VI"),
    ("virginislands", "VI"),
    ("virginislandsoftheunitedstates", "VI"),
    ("virginislandsoftheus", "VI"),
    ("virginislandsus", "VI"),
    ("wash", "WA"),
    ("washdc", "DC"),
    ("washdistofcolumbia", "DC"),
    ("washingtondc", "DC"),
    ("washingtondistrictofcolumbia", "DC"),
    ("westva", "WV"),
    ("wis", "WI"),
    ("wisc", "WI"),
    ("wva", "WV"),
    ("wvirginia", "WV"),
    ("wyo", "WY"),
];

fn plain(text: &str) -> String {
    without_country(&words(text)).concat()
}

/// The words of a text in lower case without accents. A period or an apostrophe in a word doesn't divide it: "D.C.",
/// "Hawaiʻi"; "N. Mex." is two words.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in text.chars().flat_map(char::to_lowercase) {
        let plain = match letter {
            'a'..='z' | '0'..='9' => letter,
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' | 'ā' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' | 'ī' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'ō' => 'o',
            'ú' | 'ù' | 'û' | 'ü' | 'ū' => 'u',
            'ñ' => 'n',
            '.' | '\'' | '`' | '´' | '‘' | '’' | 'ʻ' | 'ʼ' | '\u{300}'..='\u{36f}' => {
                continue;
            }
            // Any other letter belongs to another name.
            _ if letter.is_alphanumeric() => letter,
            _ if crate::failure::is_unprintable(letter) => continue,
            _ => {
                words.push(String::new());
                continue;
            }
        };
        if let Some(word) = words.last_mut() {
            word.push(plain);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> &'static str {
        state_named(text).map_or("", Jurisdiction::code)
    }

    #[test]
    fn states_are_recognized_in_any_spelling() {
        for (state, spellings) in [
            (
                "NM",
                "NM|nm.|N.M.|N. Mex.|N.Mex.|N. Mexico|New  Mexico|NewMexico|New Mexico\u{a0}|NM - New Mexico|\
                 New Mexico (NM)|NM, New Mexico|US-NM|NM, USA|35|35 - New Mexico|State of New Mexico|\
                 Nuevo México|Nuevo MÃ©xico|New Mexico, United States|New\u{200b} Mexico",
            ),
            (
                "DC",
                "D.C.|Washington DC|Washington, DC|Washington, D.C.|District Of Columbia|Dist. of Columbia|DC",
            ),
            (
                "VI",
                "USVI|US Virgin Islands|Virgin Islands|U.S. Virgin Islands|U. S. Virgin Islands|\
                 Virgin Islands, U.S.|United States Virgin Islands|V.I.",
            ),
            (
                "MP",
                "CNMI|Commonwealth of the Northern Mariana Islands|Northern Marianas|Northern Mariana Islands",
            ),
            ("PR", "Commonwealth of Puerto Rico|P.R.|Puerto Rico|72"),
            ("HI", "Hawai‘i|Hawaiʻi|Hawai'i|Hawaii|hawaiʻi"),
            ("GU", "Guåhan|Guam|Territory of Guam"),
            (
                "WA",
                "Wash.|Washington|Washington State|State of Washington|WA",
            ),
            ("NY", "New York State|N.Y.|N.Y|36"),
            ("CA", "Calif.|Cal.|CA|06"),
            ("MA", "Mass.|Commonwealth of Massachusetts"),
            ("PA", "Penna.|Penn."),
            ("WV", "W. Virginia|W.Va.|West Virginia"),
            ("VA", "Commonwealth of Virginia|Va."),
        ] {
            for spelling in spellings.split('|') {
                assert_eq!(code(spelling), state, "{spelling}");
            }
        }
    }

    #[test]
    fn ambiguous_text_is_not_read_as_a_state() {
        for text in [
            "",
            " ",
            ".",
            "AE",
            "AP",
            "AA",
            "FM",
            "MH",
            "PW",
            "UM",
            "NM/TX",
            "NM, TX",
            "NM & TX",
            "Mexico",
            "Nationwide",
            "Multiple",
            "US",
            "USA",
            "United States",
            "state",
            "State of",
            "5",
            "03",
            "99",
            "350",
            "New",
            "Carolina",
            "Virginia Beach",
            "TX - New Mexico",
            "British Virgin Islands",
            "York",
            "Нью-Мексико",
            "New Mexcio",
        ] {
            assert_eq!(code(text), "", "{text}");
        }
    }

    #[test]
    fn each_spelling_is_listed_once_and_names_a_state() {
        let mut all: Vec<&str> = SPELLINGS.iter().map(|(spelling, _)| *spelling).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), SPELLINGS.len());
        for (spelling, code) in SPELLINGS {
            assert!(Jurisdiction::from_code(code).is_some());
            assert_eq!(plain(spelling), *spelling);
        }
        for state in Jurisdiction::all() {
            assert_eq!(state_named(state.fips()), Some(state));
        }
    }
}
