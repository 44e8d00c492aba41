//! What people write for a place instead of its name: codes, former names, typing errors, and letters that a program
//! has read in the wrong encoding.

use std::sync::OnceLock;

use ahash::AHashMap;
use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

use super::embedded;
use crate::jurisdiction::Jurisdiction;

/// Former and other names of counties and of what stands in their place, and the name that the gazetteer has: New
/// York's boroughs, and Connecticut's councils of governments, whose areas are its planning regions.
pub(super) const FORMER_NAMES: [(&str, &str, &str); 57] = [
    ("AK", "Mat-Su", "Matanuska-Susitna"),
    ("AK", "Mat-Su Borough", "Matanuska-Susitna"),
    (
        "AK",
        "Prince of Wales-Outer Ketchikan",
        "Prince of Wales-Hyder",
    ),
    ("AK", "Skagway-Hoonah-Angoon", "Hoonah-Angoon"),
    ("AK", "Wade Hampton", "Kusilvak"),
    ("AK", "Wrangell-Petersburg", "Petersburg"),
    ("CT", "CRCOG", "Capitol"),
    ("CT", "Capitol Region", "Capitol"),
    ("CT", "Capitol Region COG", "Capitol"),
    ("CT", "Capitol Region Council of Governments", "Capitol"),
    ("CT", "Connecticut Metropolitan", "Greater Bridgeport"),
    ("CT", "Connecticut Metropolitan COG", "Greater Bridgeport"),
    (
        "CT",
        "Connecticut Metropolitan Council of Governments",
        "Greater Bridgeport",
    ),
    (
        "CT",
        "Lower CT River Valley",
        "Lower Connecticut River Valley",
    ),
    (
        "CT",
        "Lower Connecticut River Valley COG",
        "Lower Connecticut River Valley",
    ),
    (
        "CT",
        "Lower Connecticut River Valley Council of Governments",
        "Lower Connecticut River Valley",
    ),
    ("CT", "MetroCOG", "Greater Bridgeport"),
    ("CT", "NECCOG", "Northeastern Connecticut"),
    ("CT", "NHCOG", "Northwest Hills"),
    ("CT", "NVCOG", "Naugatuck Valley"),
    ("CT", "Naugatuck Valley COG", "Naugatuck Valley"),
    (
        "CT",
        "Naugatuck Valley Council of Governments",
        "Naugatuck Valley",
    ),
    ("CT", "Northeastern", "Northeastern Connecticut"),
    ("CT", "Northeastern CT", "Northeastern Connecticut"),
    (
        "CT",
        "Northeastern Connecticut COG",
        "Northeastern Connecticut",
    ),
    (
        "CT",
        "Northeastern Connecticut Council of Governments",
        "Northeastern Connecticut",
    ),
    ("CT", "Northwest Hills COG", "Northwest Hills"),
    (
        "CT",
        "Northwest Hills Council of Governments",
        "Northwest Hills",
    ),
    ("CT", "RiverCOG", "Lower Connecticut River Valley"),
    ("CT", "SCCOG", "Southeastern Connecticut"),
    ("CT", "SCRCOG", "South Central Connecticut"),
    ("CT", "South Central", "South Central Connecticut"),
    ("CT", "South Central CT", "South Central Connecticut"),
    (
        "CT",
        "South Central Regional COG",
        "South Central Connecticut",
    ),
    (
        "CT",
        "South Central Regional Council of Governments",
        "South Central Connecticut",
    ),
    ("CT", "Southeastern", "Southeastern Connecticut"),
    ("CT", "Southeastern CT", "Southeastern Connecticut"),
    (
        "CT",
        "Southeastern Connecticut COG",
        "Southeastern Connecticut",
    ),
    (
        "CT",
        "Southeastern Connecticut Council of Governments",
        "Southeastern Connecticut",
    ),
    ("CT", "WestCOG", "Western Connecticut"),
    ("CT", "Western", "Western Connecticut"),
    ("CT", "Western CT", "Western Connecticut"),
    ("CT", "Western Connecticut COG", "Western Connecticut"),
    (
        "CT",
        "Western Connecticut Council of Governments",
        "Western Connecticut",
    ),
    ("FL", "Dade", "Miami-Dade"),
    ("NY", "Brooklyn", "Kings"),
    ("NY", "Kings (Brooklyn)", "Kings"),
    ("NY", "Manhattan", "New York"),
    ("NY", "New York (Manhattan)", "New York"),
    ("NY", "Richmond (Staten Island)", "Richmond"),
    ("NY", "Staten Island", "Richmond"),
    ("SD", "Shannon", "Oglala Lakota"),
    ("SD", "Washabaugh", "Jackson"),
    ("VA", "Bedford City", "Bedford"),
    ("VA", "Clifton Forge", "Alleghany"),
    ("VA", "Nansemond", "Suffolk"),
    ("VA", "South Boston", "Halifax"),
];

/// Former codes of counties, and their current codes (U.S. Census Bureau, "Substantial Changes to Counties and County
/// Equivalent Entities: 1970-Present").
const FORMER_CODES: [(u32, u32); 10] = [
    (2201, 2198),
    (2232, 2105),
    (2270, 2158),
    (2280, 2195),
    (12025, 12086),
    (29193, 29186),
    (46113, 46102),
    (51515, 51019),
    (51560, 51005),
    (51780, 51083),
];

/// The county number within its state for a FIPS code: five digits; four if a spreadsheet has removed the leading
/// zero; only the number, in three digits; or the Census Bureau's long form (`0500000US35001`). None if the text
/// isn't a code in the state.
pub(super) fn county_number(code: &str, state: Jurisdiction) -> Option<u16> {
    let code = code.trim();
    let code = code.strip_suffix(".0").unwrap_or(code);
    let code = code
        .strip_prefix("0500000US")
        .or_else(|| code.strip_prefix("05000US"))
        .unwrap_or(code);
    if !(3..=5).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: u32 = code.parse().ok()?;
    let of_state = state.fips().parse::<u32>().ok()? * 1000;
    let whole = match code.len() {
        3 => of_state + number,
        _ => number,
    };
    let mut former = FORMER_CODES.iter();
    let now = former.find(|(then, _)| *then == whole).map(|(_, now)| *now);
    let within = now.unwrap_or(whole).checked_sub(of_state)?;
    u16::try_from(within).ok().filter(|number| *number < 1000)
}

/// The number of a ZIP code of three to five digits, without the four digits after it; none if it isn't a code.
pub(super) fn zip_number(code: &str) -> Option<u32> {
    let code = code.trim();
    let code = code.strip_suffix(".0").unwrap_or(code);
    let (five, plus_four) = match code.split_once('-') {
        Some((five, plus_four)) => (five.trim_end(), plus_four.trim_start()),
        None if code.len() == 9 && code.is_ascii() => code.split_at(5),
        None => (code, ""),
    };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // 501 is 00501, in Holtsville, New York: the shortest one.
    let sound = (3..=5).contains(&five.len())
        && matches!(plus_four.len(), 0 | 4)
        && all_digits(five)
        && all_digits(plus_four);
    if sound { five.parse().ok() } else { None }
}

/// The state of a ZIP code that is written as [`super::Gazetteer::zip`] accepts it.
pub fn state_of_zip(code: &str) -> Option<Jurisdiction> {
    static STATES: OnceLock<AHashMap<u32, Jurisdiction>> = OnceLock::new();
    let states = STATES.get_or_init(|| {
        let mut states = AHashMap::new();
        for state in Jurisdiction::all() {
            // They are the last rows of a table.
            let rows = embedded::files_of(state).places.lines().rev();
            let zips = rows.map_while(|row| row.strip_prefix("zip,"));
            let zips = zips.filter_map(|rest| rest.get(..5)?.parse().ok());
            states.extend(zips.map(|zip: u32| (zip, state)));
        }
        states
    });
    states.get(&zip_number(code)?).copied()
}

/// Encodings that UTF-8 is mistaken for, on Windows and on old Macs.
const TAKEN_FOR: [&Encoding; 2] = [WINDOWS_1252, MACINTOSH];
/// How often a text may have been decoded wrongly.
const MOST_TURNS: usize = 2;

/// What a text was before its UTF-8 was read in another encoding: “Doña Ana” for “DoÃ±a Ana”. None if that makes no
/// sense, so the text is what it says.
pub fn repaired(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    TAKEN_FOR.iter().find_map(|encoding| {
        let mut found: Option<String> = None;
        for _ in 0..MOST_TURNS {
            match repaired_once(found.as_deref().unwrap_or(text), encoding) {
                Some(before) => found = Some(before),
                None => break,
            }
        }
        found
    })
}

fn repaired_once(text: &str, taken_for: &'static Encoding) -> Option<String> {
    let (bytes, _, has_others) = taken_for.encode(text);
    let before = String::from_utf8(bytes.into_owned()).ok()?;
    (!has_others && before != text).then_some(before)
}

/// The number of typing errors that a name of this length may have and still be recognized.
fn slips_allowed(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=6 => 1,
        7..=11 => 2,
        _ => 3,
    }
}

/// Among names with their weights, the one most similar to a text, if it is similar enough. Texts have no spaces and
/// a consistent spelling.
pub(super) fn nearest<T: Copy>(
    text: &str,
    names: impl Iterator<Item = (String, u32, T)>,
) -> Option<T> {
    let letters = text.chars().count();
    let most = slips_allowed(letters);
    let near = names.filter_map(|(name, weight, found)| {
        let difference = name.chars().count().abs_diff(letters);
        let slips = (difference <= most).then(|| strsim::damerau_levenshtein(text, &name))?;
        let same_start = name.chars().next() == text.chars().next();
        (slips <= most).then_some((slips, !same_start, u32::MAX - weight, found))
    });
    near.min_by_key(|(slips, other_start, weight, _)| (*slips, *other_start, *weight))
        .map(|(.., found)| found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{Gazetteer, PointKind};

    fn state(code: &str) -> Jurisdiction {
        Jurisdiction::from_code(code).unwrap()
    }

    fn of(code: &str) -> &'static Gazetteer {
        Gazetteer::shared(state(code))
    }

    #[test]
    fn counties_are_found_by_every_spelling_of_their_code() {
        for (code, name, codes) in [
            (
                "NM",
                "Bernalillo",
                &["35001", "001", "35001.0", " 0500000US35001 "][..],
            ),
            ("AL", "Autauga", &["01001", "1001", "001"]),
            ("SD", "Oglala Lakota", &["46102", "46113", "113"]),
            ("AK", "Kusilvak", &["02158", "2158", "02270", "2270"]),
            ("FL", "Miami-Dade", &["12086", "12025"]),
            ("VA", "Bedford", &["51019", "51515"]),
        ] {
            let county = of(code).county(name);
            assert!(county.is_some());
            for fips in codes {
                assert_eq!(of(code).county(fips), county, "{code} {fips}");
            }
        }
        for code in [
            "1001", "35", "1", "36001", "35999", "999", "35001-1", "−35001",
        ] {
            assert_eq!(of("NM").county(code), None, "{code}");
        }
    }

    #[test]
    fn connecticut_has_its_counties_and_its_planning_regions() {
        let connecticut = of("CT");
        for (name, fips) in [
            ("Capitol", "09110"),
            ("Greater Bridgeport", "09120"),
            ("Lower Connecticut River Valley", "09130"),
            ("Naugatuck Valley", "09140"),
            ("Northeastern Connecticut", "09150"),
            ("Northwest Hills", "09160"),
            ("South Central Connecticut", "09170"),
            ("Southeastern Connecticut", "09180"),
            ("Western Connecticut", "09190"),
        ] {
            let region = connecticut.county(name);
            assert!(region.is_some(), "{name}");
            assert_eq!(region.unwrap().plain_name(), name);
            assert_eq!(region.unwrap().wider(), None);
            for spelling in [
                fips.to_owned(),
                fips[1..].to_owned(),
                format!("{name} Planning Region"),
                format!("{} PLANNING REGION, CT", name.to_uppercase()),
                format!("{name} Council of Governments"),
            ] {
                assert_eq!(connecticut.county(&spelling), region, "{spelling}");
            }
        }
        for name in ["Hartford", "Fairfield County", "09009", "New London"] {
            assert!(connecticut.county(name).is_some(), "{name}");
        }
        // If a city has few cases, they move to its county, as before there were regions.
        let hartford = connecticut.city("Hartford").unwrap();
        assert_eq!(hartford.wider(), connecticut.county("Hartford"));
        assert_eq!(connecticut.county("Capitol").unwrap().city(), hartford);
    }

    #[test]
    fn counties_that_were_split_are_known_in_addition_to_their_parts() {
        let alaska = of("AK");
        let points = ["Valdez-Cordova", "Chugach", "Copper River"].map(|name| alaska.county(name));
        assert!(points.iter().all(Option::is_some));
        assert!(points[0] != points[1] && points[1] != points[2]);
        assert_eq!(alaska.county("02261"), points[0]);
        assert_eq!(alaska.city("Valdez").unwrap().wider(), points[1]);
    }

    #[test]
    fn the_most_similar_name_is_the_intended_one() {
        for (code, kind, text, name) in [
            ("NM", PointKind::City, "Albuqerque", "Albuquerque"),
            ("NM", PointKind::City, "ALBURQUERQUE, NM", "Albuquerque"),
            ("NM", PointKind::City, "Las Crucez", "Las Cruces"),
            ("NM", PointKind::County, "Bernalilo Cnty", "Bernalillo"),
            ("NM", PointKind::County, "Bernallilo County", "Bernalillo"),
            (
                "CT",
                PointKind::County,
                "Naugatuk Valley Planning Region",
                "Naugatuck Valley",
            ),
            ("PA", PointKind::City, "Pittsburg", "Pittsburgh"),
            ("OH", PointKind::City, "Cincinatti", "Cincinnati"),
            ("CA", PointKind::City, "San Fransisco", "San Francisco"),
        ] {
            assert_eq!(of(code).nearest_name(kind, text), Some(name), "{text}");
        }
        for (kind, text) in [
            (PointKind::City, ""),
            (PointKind::City, "unknown"),
            (PointKind::City, "see notes"),
            (PointKind::City, "?"),
            (PointKind::County, "Los Angeles"),
            (PointKind::Zip, "87999"),
        ] {
            assert_eq!(of("NM").nearest_name(kind, text), None, "{text}");
        }
    }

    #[test]
    fn text_in_the_wrong_encoding_is_repaired() {
        for (garbled, before) in [
            ("DoÃ±a Ana", "Doña Ana"),
            ("DoÃƒÂ±a Ana", "Doña Ana"),
            ("Do√±a Ana", "Doña Ana"),
            ("Nuevo MÃ©xico", "Nuevo México"),
            ("Oâ€™Fallon", "O’Fallon"),
        ] {
            assert_eq!(repaired(garbled).as_deref(), Some(before), "{garbled}");
        }
        for sound in ["Doña Ana", "Bernalillo", "", "Mayagüez", "東京", "Ã"] {
            assert_eq!(repaired(sound), None, "{sound}");
        }
        assert_eq!(of("NM").county("DoÃ±a Ana"), of("NM").county("Doña Ana"));
        assert_eq!(of("PR").city("MayagÃ¼ez"), of("PR").city("Mayagüez"));
    }

    #[test]
    fn a_zip_code_identifies_its_state() {
        for (zip, code) in [
            ("87102", Some("NM")),
            ("02108-1234", Some("MA")),
            ("2108", Some("MA")),
            ("601", Some("PR")),
            ("96910", Some("GU")),
            ("00000", None),
            ("Albuquerque", None),
        ] {
            assert_eq!(state_of_zip(zip), code.map(state), "{zip}");
        }
    }

    #[test]
    fn a_city_is_found_if_state_and_zip_code_follow_it() {
        let santa_fe = of("NM").city("Santa Fe");
        for text in [
            "Santa Fe, NM 87501",
            "Santa Fe NM 87501-1234",
            "santa fe, New Mexico, 87501",
        ] {
            assert_eq!(of("NM").city(text), santa_fe, "{text}");
        }
        assert_eq!(of("NM").city("87501"), None);
    }
}
