//! The bundled New Mexico sheet from end to end: its numbers, its text and its file.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use serde_json::json;
use sha2::{Digest, Sha256};
use support::poppler;
use support::{Workplace, in_one_line, pdf_file, text_of};

const SHEET: &str = "NM-Human-Trafficking-Profile-2016.pdf";

/// The sheet that the program makes by default; built once for all tests.
fn sheet() -> PathBuf {
    static SHEET_OF_ALL: OnceLock<Workplace> = OnceLock::new();
    let workplace = SHEET_OF_ALL.get_or_init(|| {
        let workplace = Workplace::with_input();
        assert_eq!(workplace.succeed(""), format!("output/{SHEET}\n"));
        workplace
    });
    workplace.path("output").join(SHEET)
}

/// A text of the English wording about New Mexico, December 2012 to December 2016.
fn worded(section: &str, key: &str) -> String {
    let wording: toml::Table = text_of("input/wording/en.toml").parse().unwrap();
    filled(wording[section][key].as_str().unwrap())
}

/// A text with its placeholders filled in.
fn filled(text: &str) -> String {
    let filled = [
        ("{state}", "New Mexico"),
        ("{year}", "2016"),
        ("{from}", "December 2012"),
        ("{to}", "December 2016"),
        ("{last}", "December 31, 2016"),
        ("{region}", "VI"),
        ("{source}", "the National Human Trafficking Hotline"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (name, value)| {
        text.replace(name, value)
    });
    in_one_line(&filled)
}

/// Every text and every address of the New Mexico profile.
fn profile_texts() -> (Vec<String>, BTreeSet<String>) {
    fn collect(
        key: &str,
        value: &toml::Value,
        texts: &mut Vec<String>,
        links: &mut BTreeSet<String>,
    ) {
        match value {
            toml::Value::Table(table) => {
                table
                    .iter()
                    .for_each(|(key, value)| collect(key, value, texts, links));
            }
            toml::Value::Array(items) => {
                items
                    .iter()
                    .for_each(|value| collect(key, value, texts, links));
            }
            toml::Value::String(text) if key == "url" || key == "hotline_page" => {
                links.insert(text.clone());
            }
            // Of a text in several languages the sheet has the English version.
            toml::Value::String(text) if !["state", "es"].contains(&key) => {
                texts.push(text.clone());
            }
            _ => {}
        }
    }
    let profile: toml::Table = text_of("input/profiles/nm.toml").parse().unwrap();
    let (mut texts, mut links) = (Vec::new(), BTreeSet::new());
    collect("", &toml::Value::Table(profile), &mut texts, &mut links);
    assert!(texts.len() >= 13 && links.len() >= 6, "{texts:?} {links:?}");
    (texts, links)
}

#[test]
fn the_numbers_are_those_that_were_published() {
    let workplace = Workplace::with_input();
    let found = workplace.statistics("");
    assert_eq!(
        found["demographics"],
        json!({
            "citizenship": {"us_citizen_lpr": 48, "foreign_national": 25},
            "gender": {"female": 104, "male": 29, "gender_minority": 0},
            "age": {"adult": 80, "minor": 50},
        })
    );
    let venues = |kind: &str| -> Vec<String> {
        let listed = found["venues"][kind].as_array().unwrap();
        listed
            .iter()
            .map(|venue| venue["venue"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        venues("sex"),
        [
            "Online Ad, Venue Unknown",
            "Truck Stop-Based",
            "Other Venues",
            "Commercial-Front Brothels",
            "Hotel-/Motel-Based"
        ]
    );
    assert_eq!(
        venues("labor"),
        [
            "Traveling Sales Crews",
            "Hospitality",
            "Domestic Work",
            "Construction",
            "Illicit Activities"
        ]
    );
    // All numbers of the sample can be printed exactly.
    // There may be few signals by some contact methods; these aren't on any sheet. The period is given in months.
    let mut on_sheet = found.clone();
    for key in ["groups", "period"] {
        on_sheet.as_object_mut().unwrap().remove(key).unwrap();
    }
    let on_sheet = on_sheet.to_string();
    assert!(
        !on_sheet.contains("\"<5\"") && !on_sheet.contains("\"from\""),
        "{on_sheet}"
    );
}

#[test]
fn the_json_has_the_keys_of_the_specification_in_order() {
    let found = Workplace::with_input().statistics("");
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(
        keys(&found),
        [
            "synthetic",
            "schema",
            "state",
            "period",
            "year",
            "unit",
            "min_cell",
            "cases",
            "groups",
            "demographics",
            "venues",
            "calls",
            "map"
        ]
    );
    assert_eq!(keys(&found["period"]), ["from", "to"]);
    assert_eq!(keys(&found["cases"]), ["period", "year", "located_year"]);
    assert_eq!(
        keys(&found["demographics"]),
        ["citizenship", "gender", "age"]
    );
    assert_eq!(keys(&found["venues"]), ["sex", "labor"]);
    assert_eq!(keys(&found["venues"]["sex"][0]), ["venue", "cases"]);
    assert_eq!(keys(&found["calls"]), ["types", "total"]);
    assert_eq!(
        keys(&found["calls"]["types"]),
        [
            "crisis_assistance",
            "tip_report",
            "referral",
            "training_technical_assistance",
            "general_information",
            "other"
        ]
    );
    assert_eq!(keys(&found["map"]), ["points", "unlocated_cases"]);
    // What only the user may know.
    let internal = Workplace::with_input().statistics("--internal");
    assert_eq!(
        keys(&internal),
        [
            vec!["internal".to_owned()],
            keys(&found),
            vec!["ledger".to_owned()]
        ]
        .concat()
    );
    assert_eq!(
        keys(&internal["calls"]),
        ["types", "total", "non_substantive"]
    );
    assert_eq!(
        keys(&internal["ledger"]),
        [
            "rows_read",
            "used",
            "outside_period",
            "other_state",
            "duplicate",
            "rejected"
        ]
    );
    assert_eq!(found["schema"], "hotline-profile/statistics/2");
    assert_eq!(
        (&found["state"], &found["year"]),
        (&json!("NM"), &json!(2016))
    );
    assert_eq!(found["period"], json!({"from": "2012-12", "to": "2016-12"}));
    assert_eq!(
        (&found["unit"], &found["min_cell"]),
        (&json!("cases"), &json!(5))
    );
}

#[test]
fn the_ledger_balances_and_the_rejected_rows_are_as_many_as_it_says() {
    let workplace = Workplace::with_input();
    let found = workplace.statistics("--internal --rejects rejects.csv");
    let ledger = found["ledger"].as_object().unwrap();
    let number = |key: &str| ledger[key].as_u64().unwrap();
    let parts: u64 = [
        "used",
        "outside_period",
        "other_state",
        "duplicate",
        "rejected",
    ]
    .into_iter()
    .map(number)
    .sum();
    assert_eq!(number("rows_read"), parts);
    let data = workplace.read("input/signals.csv");
    assert_eq!(number("rows_read") as usize, data.lines().count() - 1);
    let rejects = workplace.read("rejects.csv");
    let (mark, rejects) = rejects.split_once('\n').unwrap();
    assert_eq!(mark, "INTERNAL – NOT FOR RELEASE");
    assert!(rejects.starts_with("file,line,column,reason,signal_id,"));
    let mut rejects = csv::Reader::from_reader(rejects.as_bytes());
    // Rows are also rejected because of the wrong number of fields.
    let mut rows = 0;
    for row in rejects.byte_records() {
        match row {
            Ok(_) => rows += 1,
            Err(error) if matches!(error.kind(), csv::ErrorKind::UnequalLengths { .. }) => {
                rows += 1
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(number("rejected"), rows);
    assert!(rows > 0, "the sample has rows to be rejected");
}

#[test]
fn every_text_of_wording_and_profile_is_on_the_sheet_and_can_be_copied() {
    let sheet = sheet();
    let (profile, _) = profile_texts();
    let wanted: Vec<String> = [
        ("document", "title"),
        ("document", "department"),
        ("document", "source"),
        ("introduction", "text"),
        ("map", "heading"),
        ("map", "caption"),
        ("map", "limits"),
        ("map", "fewer"),
        ("map", "more"),
        ("demographics", "heading"),
        ("demographics", "footnote"),
        ("demographics", "more"),
        ("disclaimer", "heading"),
        ("disclaimer", "text"),
        ("laws", "heading"),
        ("laws", "kinds"),
        ("efforts", "heading"),
        ("efforts", "collaborations"),
        ("efforts", "collaborations_gloss"),
        ("efforts", "resources"),
        ("efforts", "resources_gloss"),
        ("efforts", "funding"),
        ("hotlines", "heading"),
        ("hotlines", "text"),
        ("hotlines", "strip"),
        ("hotlines", "local"),
    ]
    .into_iter()
    .map(|(section, key)| worded(section, key))
    .chain(profile)
    .chain(
        [
            "TOP 5 SEX TRAFFICKING VENUES",
            "TOP 5 LABOR TRAFFICKING VENUES",
            "Shading is strongest around Las Cruces, Albuquerque and Farmington, in the south, center and northwest of New Mexico.",
            "Four victim service agencies in New Mexico",
            // Long dash, section sign, curly apostrophe, and letters that fonts join or kern.
            "December 2012 – December 2016",
            "§ 30-52-1",
            "New Mexico’s",
            "Efforts",
            "Traffick",
            "identified",
            "888-373-7888",
            "humantraffickinghotline.org/state/new-mexico",
            "humantraffickinghotline.org/training-resources/referral-directory",
            "Page 1 of 2",
            "Page 2 of 2",
            "Data through December 2016",
            "SYNTHETIC SAMPLE DATA – NOT REAL",
        ]
        .map(str::to_owned),
    )
    .collect();
    for (reader, text) in [
        ("pdftotext", poppler::text(&sheet)),
        ("pdftotext -raw", poppler::raw_text(&sheet)),
    ] {
        let text = in_one_line(&text);
        for wanted in &wanted {
            assert!(
                in_text(&text, wanted),
                "{reader} does not find {wanted:?} in:\n{text}"
            );
        }
        for odd in ['\u{fffd}', '\u{fb01}', '\u{fb00}', '\u{fb03}', '\u{ad}'] {
            assert!(!text.contains(odd), "{reader} reads {odd:?}");
        }
    }
}

/// Whether a text contains another. Thin spaces around a dash make no difference (poppler drops one or both), nor do
/// hyphens (which it drops at the end of a line).
fn in_text(text: &str, wanted: &str) -> bool {
    let close = |text: &str| {
        let text = text.replace(" –", "–").replace("– ", "–");
        text.replace("- ", "").replace('-', "")
    };
    close(text).contains(&close(&in_one_line(wanted)))
}

#[test]
fn numbers_are_next_to_their_categories() {
    let text = in_one_line(&poppler::raw_text(&sheet()));
    for wanted in [
        "U.S. Citizen/Legal Permanent Resident 48",
        "Foreign National 25",
        "Female 104",
        "Male 29",
        "Gender Minorities 0",
        "Adult 80",
        "Minor 50",
        "1. Online Ad, Venue Unknown 38",
        "5. Illicit Activities 5",
        "49 cases in 2016",
        "158 cases, December 2012–December 2016",
        "181 substantive signals in 2016",
        "181 substantive signals concerning New Mexico",
        "Crisis Assistance 34",
        "Tip Report 57",
        "Training and Technical Assistance 7",
        "Sex and Labor 7",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is not in:\n{text}");
    }
}

/// The headings in the order of section 4 of the specification, with their levels.
/// The heading of the chart of call types, with the year filled in.
fn chart_of_calls() -> String {
    let wording: toml::Table = text_of("input/wording/en.toml").parse().unwrap();
    filled(wording["groups"]["calls"]["chart"].as_str().unwrap())
}

fn headings() -> Vec<(usize, String)> {
    vec![
        (0, worded("document", "title")),
        (1, worded("key_numbers", "heading")),
        (2, worded("map", "heading")),
        (2, worded("demographics", "heading")),
        (3, "Citizenship".into()),
        (3, "Gender: 104 of 158 cases mention women or girls".into()),
        (3, "Age: 80 of 158 cases mention adults".into()),
        (2, "TOP 5 SEX TRAFFICKING VENUES".into()),
        (2, "TOP 5 LABOR TRAFFICKING VENUES".into()),
        (1, worded("hotlines", "national")),
        (1, chart_of_calls()),
        (1, "Type of Trafficking".into()),
        (1, "Contact Method, 2016".into()),
        (1, worded("disclaimer", "heading")),
        (1, worded("laws", "heading")),
        (1, worded("efforts", "heading")),
        (2, worded("efforts", "collaborations")),
        (2, worded("efforts", "resources")),
        (2, worded("efforts", "funding")),
        (1, worded("hotlines", "heading")),
        (2, worded("hotlines", "local")),
    ]
}

#[test]
fn headings_are_read_in_the_order_of_the_specification() {
    let text = in_one_line(&poppler::raw_text(&sheet()));
    let mut from = 0;
    for (_, heading) in headings() {
        let found = text[from..].find(&heading);
        let at = found.unwrap_or_else(|| panic!("{heading:?} does not follow:\n{}", &text[..from]));
        from += at + heading.len();
    }
}

#[test]
fn bookmarks_are_the_headings() {
    assert_eq!(pdf_file::bookmarks(&pdf_file::load(&sheet())), headings());
}

#[test]
fn every_web_address_is_a_link() {
    let links = poppler::links(&sheet());
    let found: BTreeSet<&str> = links.iter().map(|(_, address)| address.as_str()).collect();
    let (_, mut wanted) = profile_texts();
    let of_wording = [
        "tel:+18883737888",
        "tel:+15054383733",
        "sms:233733",
        "tel:711",
        "https://humantraffickinghotline.org/chat",
    ];
    wanted.extend(of_wording.map(str::to_owned));
    assert_eq!(found, wanted.iter().map(String::as_str).collect());
    let pages = |address: &str| -> BTreeSet<u32> {
        links
            .iter()
            .filter(|(_, to)| to == address)
            .map(|(page, _)| *page)
            .collect()
    };
    // The hotline's number is on both pages, so that each can be used alone.
    assert_eq!(pages("tel:+18883737888"), BTreeSet::from([1, 2]));
}

#[test]
fn the_metadata_say_what_the_sheet_is_and_what_it_is_made_from() {
    let info = poppler::info(&sheet());
    let value = |name: &str| -> &str {
        let found = info.iter().find(|(found, _)| found == name);
        &found.unwrap_or_else(|| panic!("no {name} in {info:?}")).1
    };
    let sha256 = |text: String| -> String {
        let digest = Sha256::digest(text);
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    // A digest of the data would reveal whether a known row is among them.
    let of_numbers = sha256(Workplace::with_input().statistics("").to_string());
    let of_data = sha256(text_of("input/signals.csv"));
    assert_eq!(value("Title"), worded("document", "title"));
    assert_eq!(value("Subject"), worded("document", "subject"));
    assert_eq!(value("Keywords"), worded("document", "keywords"));
    assert_eq!(value("NumbersSHA256"), of_numbers);
    assert!(
        info.iter()
            .all(|(name, text)| name != "DataSHA256" && !text.contains(&of_data)),
        "{info:?}"
    );
    assert_eq!(value("Synthetic"), "SYNTHETIC SAMPLE DATA – NOT REAL");
    assert_eq!(value("DataPeriod"), "2012-12/2016-12");
    assert_eq!(
        (value("State"), value("Year"), value("MinCell")),
        ("NM", "2016", "5")
    );
    // The last day of the data, not that of the run.
    for date in ["CreationDate", "ModDate"] {
        assert!(
            value(date).starts_with("Sat Dec 31 00:00:00 2016"),
            "{}",
            value(date)
        );
    }
    assert_eq!(value("Tagged"), "yes");
    assert_eq!(value("Pages"), "2");
    assert!(value("Page size").starts_with("612 x 792 pts"));
    let document = pdf_file::load(&sheet());
    let catalog = document.catalog().unwrap();
    assert_eq!(pdf_file::decoded(catalog.get(b"Lang").unwrap()), "en-US");
}

#[test]
fn fonts_are_ours_embedded_subset_and_readable() {
    let fonts = poppler::fonts(&sheet());
    assert!(fonts.len() >= 4, "{fonts:?}");
    for font in &fonts {
        assert!(font.embedded && font.subset && font.to_unicode, "{font:?}");
        let (tag, name) = font.name.split_once('+').unwrap();
        assert!(
            tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()),
            "{tag}"
        );
        assert!(
            name.starts_with("PublicSans-") || name.starts_with("Merriweather-"),
            "{name}"
        );
    }
}

#[test]
fn the_file_is_small_valid_and_contains_nothing_active() {
    let sheet = sheet();
    poppler::check_syntax(&sheet);
    let size = fs::metadata(&sheet).unwrap().len();
    assert!(size < 500_000, "{size} bytes");
    let name = sheet.file_name().unwrap().to_str().unwrap();
    assert!(name.len() <= 50, "{name}");
    assert!(
        name.trim_end_matches(".pdf")
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
        "{name}"
    );
    let document = pdf_file::load(&sheet);
    assert!(!document.is_encrypted());
    for dictionary in pdf_file::dictionaries(&document) {
        for key in [
            b"JS".as_slice(),
            b"JavaScript",
            b"OpenAction",
            b"AA",
            b"EmbeddedFiles",
            b"AcroForm",
            b"RichMedia",
            b"Encrypt",
        ] {
            assert!(
                !dictionary.has(key),
                "{} in {dictionary:?}",
                String::from_utf8_lossy(key)
            );
        }
        let is = |key: &[u8], name: &[u8]| {
            dictionary
                .get(key)
                .and_then(lopdf::Object::as_name)
                .is_ok_and(|found| found == name)
        };
        assert!(
            !is(b"Subtype", b"Image"),
            "all drawings are vector: {dictionary:?}"
        );
        for action in [
            b"Launch".as_slice(),
            b"JavaScript",
            b"SubmitForm",
            b"GoToR",
            b"ImportData",
        ] {
            assert!(!is(b"S", action), "{dictionary:?}");
        }
    }
}

/// Lines in a paragraph may overlap slightly in height, and kerned letters in width.
const TOLERANCE: f32 = 1.0;

#[test]
fn text_stays_in_the_margins_and_never_overlaps_other_text() {
    assert_text_has_room(&sheet());
}

fn assert_text_has_room(sheet: &std::path::Path) {
    const MARGIN: f32 = 36.0;
    for (index, page) in poppler::words(sheet).iter().enumerate() {
        assert!(page.words.len() > 100);
        for word in &page.words {
            let is_inside = word.left >= MARGIN - TOLERANCE
                && word.right <= page.width - MARGIN + TOLERANCE
                && word.top >= MARGIN - TOLERANCE
                && word.bottom <= page.height - MARGIN + TOLERANCE;
            assert!(is_inside, "page {}: {word:?} is in the margin", index + 1);
        }
        for (number, one) in page.words.iter().enumerate() {
            for other in &page.words[number + 1..] {
                let width = one.right.min(other.right) - one.left.max(other.left);
                let height = one.bottom.min(other.bottom) - one.top.max(other.top);
                let least = (one.bottom - one.top).min(other.bottom - other.top);
                assert!(
                    width <= TOLERANCE || height <= 0.25 * least + TOLERANCE,
                    "page {}: {one:?} and {other:?} overlap",
                    index + 1
                );
            }
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_anywhere() {
    let first = fs::read(sheet()).unwrap();
    let other = Workplace::with_input();
    let elsewhere = Workplace::empty();
    let data = other.path("input/signals.csv");
    for (workplace, data) in [
        (&other, "input/signals.csv"),
        (&elsewhere, data.to_str().unwrap()),
    ] {
        let output = workplace
            .program()
            .args(["build", "--data", data, "--output", "some/where"])
            .env("TZ", "Asia/Tokyo")
            .env("LANG", "de_DE.UTF-8")
            .env("SOURCE_DATE_EPOCH", "1")
            .output()
            .unwrap();
        assert!(output.status.success());
        let again = fs::read(workplace.path("some/where").join(SHEET)).unwrap();
        assert!(
            first == again,
            "the bytes differ in {}",
            workplace.folder().display()
        );
    }
}

#[test]
fn an_edited_law_is_on_the_sheet() {
    let workplace = Workplace::with_input();
    let profile = "input/profiles/nm.toml";
    workplace.replace(
        profile,
        "citation = \"§ 30-52-1\"",
        "citation = \"§ 99-1-7 (b)\"",
    );
    workplace.replace(
        profile,
        "title = \"Human Trafficking; Benefits and Services for Human Trafficking Victims\"",
        "title = \"A “Quoted” Title & <Others>, in Español\"",
    );
    let text = in_one_line(&poppler::text(&workplace.build("build")));
    assert!(
        text.contains("§ 99-1-7 (b)") && !text.contains("§ 30-52-1"),
        "{text}"
    );
    assert!(
        text.contains("A “Quoted” Title & <Others>, in Español"),
        "{text}"
    );
}

#[test]
fn twenty_laws_get_another_page_and_none_is_lost() {
    let workplace = Workplace::with_input();
    let mut profile = workplace.read("input/profiles/nm.toml");
    for number in 0..40 {
        profile += &format!(
            "\n[[laws]]\ntitle = \"Law number {number} about a matter that takes long words to describe\"\n\
             citation = \"§ 77-{number}-5\"\n"
        );
    }
    workplace.write("input/profiles/nm.toml", profile);
    let sheet = workplace.build("build");
    let text = in_one_line(&poppler::text(&sheet));
    for number in 0..40 {
        assert!(
            text.contains(&format!("Law number {number} about")),
            "{number}"
        );
        assert!(text.contains(&format!("§ 77-{number}-5")), "{number}");
    }
    assert!(text.contains("Page 3 of "), "{text}");
    let pages = poppler::words(&sheet);
    assert!(pages.len() > 2);
    poppler::check_syntax(&sheet);
}

#[test]
fn an_empty_list_loses_its_heading() {
    let workplace = Workplace::with_input();
    workplace.write("input/profiles/nm.toml", "state = \"NM\"\n");
    let text = poppler::text(&workplace.build("build"));
    for heading in [
        "Laws",
        "Statewide Efforts",
        "COLLABORATIONS",
        "RESOURCES",
        "FUNDING",
        "LOCAL",
    ] {
        assert!(!text.contains(heading), "{heading} is still there:\n{text}");
    }
    assert!(text.contains("888-373-7888"));
}

#[test]
fn another_year_has_other_numbers_and_is_named() {
    let workplace = Workplace::with_input();
    let sheet = workplace.build("build --year 2015");
    assert!(sheet.ends_with("NM-Human-Trafficking-Profile-2015.pdf"));
    // The sample begins in July 2012, less than four years and a month before the end of 2015.
    let text = in_one_line(&poppler::text(&sheet));
    assert!(
        text.contains("Hotline in 2015") && !text.contains("Hotline in 2016"),
        "{text}"
    );
    assert!(in_text(&text, "July 2012 – December 2015"), "{text}");
    let [of_2015, of_2016] = ["--year 2015", ""].map(|year| workplace.statistics(year));
    assert_ne!(of_2015["calls"]["total"], of_2016["calls"]["total"]);
}

#[test]
fn one_more_row_is_one_more_on_the_sheet() {
    let workplace = Workplace::with_input();
    let row = "X-1,X-CASE,2016-05-05,Phone Call,Crisis Assistance,NM,NM,,Santa Fe,,,,Sex,Truck Stop-Based,,\
               U.S. Citizen/Legal Permanent Resident,Female,Minor,yes\n";
    let data = workplace.read("input/signals.csv");
    workplace.write("input/signals.csv", data.clone() + row);
    let text = in_one_line(&poppler::raw_text(&workplace.build("build")));
    for wanted in [
        "U.S. Citizen/Legal Permanent Resident 49",
        "Female 105",
        "Male 29",
        "Minor 51",
        "2. Truck Stop-Based 20",
        "Crisis Assistance 35",
        "182 substantive signals",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is not in:\n{text}");
    }
    // Repeating the same row changes only the ledger, which isn't published.
    let [published, once] = ["", "--internal"].map(|options| workplace.statistics(options));
    workplace.write("input/signals.csv", data + row + row);
    assert_eq!(workplace.statistics(""), published);
    let mut twice = workplace.statistics("--internal");
    let ledger = twice["ledger"].as_object_mut().unwrap();
    for (key, more) in [("rows_read", 1), ("duplicate", 1)] {
        ledger[key] = (ledger[key].as_u64().unwrap() - more).into();
    }
    assert_eq!(once, twice);
}

#[test]
fn a_spreadsheets_way_of_writing_the_csv_changes_no_number() {
    let workplace = Workplace::with_input();
    let before = workplace.statistics("");
    let data = workplace.read("input/signals.csv");
    workplace.write(
        "input/signals.csv",
        format!("\u{feff}{}", data.replace('\n', "\r\n")),
    );
    assert_eq!(workplace.statistics(""), before);
    // In two files, each with the header.
    let (header, rows) = data.split_once('\n').unwrap();
    let middle = rows[..rows.len() / 2].rfind('\n').unwrap() + 1;
    workplace.write("early.csv", format!("{header}\n{}", &rows[..middle]));
    workplace.write("late.csv", format!("{header}\n{}", &rows[middle..]));
    assert_eq!(workplace.statistics("--data early.csv late.csv"), before);
}

#[test]
fn sheets_of_other_states_stay_in_the_margins_too() {
    let workplace = Workplace::empty();
    for (state, name) in [
        ("AK", "Alaska"),
        ("TN", "Tennessee"),
        ("MP", "Northern Mariana Islands"),
    ] {
        workplace.succeed(&format!(
            "sample --state {state} --signals 3000 --output {state}.csv"
        ));
        let sheet = workplace.build(&format!("build --data {state}.csv --state {state}"));
        assert!(poppler::text(&sheet).contains(name));
        assert_eq!(poppler::words(&sheet).len(), 2, "pages of {state}");
        for page in poppler::words(&sheet) {
            for word in page.words {
                assert!(
                    word.left >= 35.0 && word.right <= 577.0,
                    "{state}: {word:?}"
                );
            }
        }
        poppler::check_syntax(&sheet);
    }
}
