//! Letters beyond English and Spanish: set from the bundled fonts, marks on their letters, or refused by name.

mod support;

use support::{Workplace, poppler};

const TITLE: &str = "title = \"Human Trafficking\"";

/// The New Mexico sheet with this title of a law.
fn with_title(title: &str) -> Workplace {
    let workplace = Workplace::with_input();
    workplace.replace(
        "input/profiles/nm.toml",
        TITLE,
        &format!("title = \"{title}\""),
    );
    workplace
}

#[test]
fn other_alphabets_are_set_from_the_bundled_fonts() {
    let title = "Nạn buôn người; Торговля людьми; Εμπορία ανθρώπων; Ádahooníłígíí; ʻOkina; Łódź";
    let workplace = with_title(title);
    let sheet = workplace.build("build");
    let text = support::in_one_line(&poppler::text(&sheet));
    for word in title.split([' ', ';']).filter(|word| !word.is_empty()) {
        assert!(text.contains(word), "{word} is missing in {text}");
    }
    let fonts = poppler::fonts(&sheet);
    assert!(
        fonts
            .iter()
            .any(|font| font.name.ends_with("+NotoSans-Regular"))
    );
    // Other sheets don't contain fonts that they don't use.
    let workplace = Workplace::with_input();
    let usual = workplace.build("build");
    assert!(
        poppler::fonts(&usual)
            .iter()
            .all(|font| !font.name.contains("Noto"))
    );
}

#[test]
fn marks_are_read_with_their_letters_and_drawn_on_them() {
    let navajo =
        "Dinék\u{2bc}ehjí Ą\u{301}ą\u{301} ą\u{301}ą\u{301} į\u{301}į\u{301} ǫ\u{301}ǫ\u{301}";
    let workplace = with_title(navajo);
    workplace.succeed("build --format pdf,svg");
    let text = support::in_one_line(&poppler::text(
        &workplace.path("output/NM-Human-Trafficking-Profile-2016.pdf"),
    ));
    for word in navajo.split(' ') {
        assert!(text.contains(word), "{word} is missing in {text}");
    }
    // In a picture of the page, a mark is raised to its letter.
    let svg = workplace.read("output/NM-Human-Trafficking-Profile-2016-page-2.svg");
    assert!(svg.contains(" y=\"-"), "no glyph is raised");
}

#[test]
fn text_that_cannot_be_set_is_rejected_with_its_line() {
    for (letters, message) in [
        ("인신매매", "the fonts have no “인”"),
        ("人口贩运", "the fonts have no “人”"),
        ("ການຄ້າມະນຸດ", "the fonts have no “ກ”"),
        ("الاتجار", "“ا” (\\u{627}) is written from right to left"),
        ("סחר", "“ס” (\\u{5e1}) is written from right to left"),
        ("ᠮᠣᠩ", "is written from top to bottom"),
    ] {
        let workplace = with_title(letters);
        let line = workplace.read("input/profiles/nm.toml");
        let line = line
            .lines()
            .position(|line| line.contains(letters))
            .unwrap()
            + 1;
        let ran = workplace.run("build");
        assert_eq!(ran.code, 1, "{letters}");
        let place = format!("nm.toml:{line}:");
        assert!(
            ran.err.contains(&place) && ran.err.contains(message),
            "{}",
            ran.err
        );
        assert!(workplace.files_in("output").is_empty(), "{letters}");
    }
}
