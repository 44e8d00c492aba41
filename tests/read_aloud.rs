//! What PDF/UA checkers don't see: names, languages and sizes of links, alternative texts, who made the file.

mod support;

use lopdf::{Dictionary, Document, Object};
use support::{Workplace, pdf_file, poppler};

/// Sheets of all 56 areas from synthetic signals.
fn all_sheets(options: &str) -> (Workplace, Vec<String>) {
    let workplace = Workplace::with_input();
    workplace.succeed("sample --signals 30000 --seed 5 --output nation.csv");
    workplace.succeed(&format!(
        "build --data nation.csv --all --empty --output sheets {options}"
    ));
    let files = workplace.files_in("sheets").into_iter();
    let files: Vec<String> = files.filter(|file| file.ends_with(".pdf")).collect();
    assert_eq!(files.len(), 56);
    (workplace, files)
}

fn area(annotation: &Dictionary) -> [f32; 4] {
    let corners = annotation.get(b"Rect").and_then(Object::as_array).unwrap();
    [0, 1, 2, 3].map(|index| corners[index].as_float().unwrap())
}

/// The link annotations of a sheet.
fn links(document: &Document) -> Vec<Dictionary> {
    let all = pdf_file::dictionaries(document).into_iter();
    all.filter(|it| it.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Link"))
        .collect()
}

/// 24 pixels at 96 per inch (WCAG 2.2, 2.5.8), in points, less rounding.
const LEAST: f32 = 17.99;

#[test]
fn links_are_large_enough_to_hit() {
    for options in ["", "--wording spanish", "--trend"] {
        let (workplace, files) = all_sheets(options);
        let mut small = Vec::new();
        for file in &files {
            let document = Document::load(workplace.path("sheets").join(file)).unwrap();
            for link in links(&document) {
                let [left, bottom, right, top] = area(&link);
                if right - left < LEAST || top - bottom < LEAST {
                    let name = pdf_file::decoded(link.get(b"Contents").unwrap());
                    small.push(format!(
                        "{file}: {:.1} by {:.1}: {name}",
                        right - left,
                        top - bottom
                    ));
                }
            }
        }
        assert!(small.is_empty(), "{options}\n{}", small.join("\n"));
    }
}

#[test]
fn county_lines_are_named_only_where_there_are_some() {
    let (workplace, files) = all_sheets("");
    let mut without = Vec::new();
    for file in &files {
        let document = Document::load(workplace.path("sheets").join(file)).unwrap();
        let texts = pdf_file::alternative_texts(&document);
        let map = texts
            .iter()
            .find(|text| text.starts_with("Map of "))
            .unwrap();
        if !map.contains("county lines") {
            without.push(&file[..2]);
        }
    }
    // On the islands of the Northern Marianas and the Virgin Islands, no line separates counties.
    assert_eq!(without, ["DC", "GU", "MP", "VI"]);
}

#[test]
fn a_logo_says_its_language_and_the_file_its_publisher() {
    let workplace = Workplace::with_input();
    workplace.replace(
        "input/themes/coalition.toml",
        "language = \"en-US\"",
        "language = \"es\"",
    );
    let sheet = workplace.build("build --theme input/themes/coalition.toml");
    let document = Document::load(&sheet).unwrap();
    let logo = pdf_file::dictionaries(&document).into_iter().find(|it| {
        let alt = it.get(b"Alt").map(pdf_file::decoded);
        alt.is_ok_and(|alt| alt.starts_with("Logo of the High Desert"))
    });
    let language = logo.unwrap().get(b"Lang").map(pdf_file::decoded).unwrap();
    assert_eq!(language, "es");
    let publisher = "High Desert Coalition Against Human Trafficking";
    let info = poppler::info(&sheet);
    assert!(
        info.contains(&("Author".to_owned(), publisher.to_owned())),
        "{info:?}"
    );
    let metadata = String::from_utf8_lossy(&std::fs::read(&sheet).unwrap()).into_owned();
    let creator = metadata.split("<dc:creator>").nth(1).unwrap();
    assert!(
        creator
            .split("</dc:creator>")
            .next()
            .unwrap()
            .contains(publisher)
    );
}

#[test]
fn the_hotline_on_page_1_is_under_a_heading() {
    let workplace = Workplace::with_input();
    let sheet = workplace.build("build");
    let document = Document::load(&sheet).unwrap();
    let headings = pdf_file::bookmarks(&document);
    let names: Vec<&str> = headings.iter().map(|(_, name)| name.as_str()).collect();
    let at = |name: &str| {
        names
            .iter()
            .position(|it| *it == name)
            .unwrap_or_else(|| panic!("{name}: {names:?}"))
    };
    assert!(at("National Human Trafficking Hotline") < at("New Mexico Human Trafficking Laws"));
}

#[test]
fn a_number_is_read_once_and_in_a_finding() {
    let workplace = Workplace::with_input();
    let sheet = workplace.build("build");
    let document = Document::load(&sheet).unwrap();
    for text in pdf_file::alternative_texts(&document) {
        assert!(
            !text.contains("104"),
            "a chart is said as words beside its table: {text}"
        );
    }
    let text = support::in_one_line(&poppler::text(&sheet));
    assert_eq!(text.matches("104").count(), 2, "{text}");
}

#[test]
fn pictures_of_years_name_what_they_count_and_the_highest() {
    let workplace = Workplace::with_input();
    workplace.succeed("build --trend --format html");
    let html = workplace.read("output/NM-Human-Trafficking-Profile-2016-trend.html");
    let words: Vec<&str> = html
        .split("aria-label=\"")
        .filter_map(|rest| rest.split('"').next())
        .filter(|words| words.starts_with("Line chart by year"))
        .collect();
    assert!(
        words
            .iter()
            .any(|words| words.contains("Cases") && words.contains("2016: 49")),
        "{words:?}"
    );
    assert!(
        words.iter().all(|words| words.contains("Highest: ")),
        "{words:?}"
    );
}

#[test]
fn links_of_text_are_underlined_and_printed_addresses_complete() {
    let workplace = Workplace::with_input();
    workplace.succeed("build --format pdf,html");
    let sheet = workplace.path("output/NM-Human-Trafficking-Profile-2016.pdf");
    let document = Document::load(&sheet).unwrap();
    let text = poppler::text(&sheet).split_whitespace().collect::<String>();
    let page = &poppler::render(&sheet, 144)[1];
    let mut underlined = 0;
    for link in links(&document) {
        let name = pdf_file::decoded(link.get(b"Contents").unwrap());
        let action = document.dereference(link.get(b"A").unwrap()).unwrap().1;
        let url = pdf_file::decoded(action.as_dict().unwrap().get(b"URI").unwrap());
        let address = url
            .split("://")
            .nth(1)
            .unwrap_or_default()
            .trim_end_matches('/');
        if name.contains("humantraffickinghotline.org") {
            assert!(text.contains(address), "{address} isn't printed whole");
        }
        if name.starts_with('§') {
            // A line in the link's color, right below the letters over their whole width.
            let [left, bottom, right, top] = area(&link).map(|points| (points * 2.0) as u32);
            let height = page.height();
            let is_blue = |x: u32, y: u32| {
                let [red, _, blue] = page.get_pixel(x, y).0.map(i16::from);
                blue > red + 60
            };
            let rows = (height - top)..(height - bottom);
            let whole = rows
                .filter(|&y| (left + 4..right - 4).all(|x| is_blue(x, y)))
                .count();
            assert!((1..=3).contains(&whole), "{name}: {whole} lines");
            underlined += 1;
        }
    }
    assert!(underlined >= 3);
    // On the web page, all except telephone numbers on a line of their own.
    let html = workplace.read("output/NM-Human-Trafficking-Profile-2016.html");
    assert_eq!(html.matches("text-decoration:none").count(), 1);
    assert!(html.contains(".number a{text-decoration:none"));
}
