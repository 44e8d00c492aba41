use super::*;
use crate::failure::Outcome;
use crate::jurisdiction::Jurisdiction;
use crate::profile::{Profile, Status};
use crate::read::{Input, Limits};
use crate::vocabulary::Vocabulary;

fn nm() -> Jurisdiction {
    Jurisdiction::from_code("NM").unwrap()
}

/// The pages of a workbook with these rows.
fn workbook(pages: &[(&str, &[&[&str]])]) -> Input {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in pages {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                if !cell.is_empty() {
                    sheet.write_string(row, column, *cell).unwrap();
                }
            }
        }
    }
    Input::of_bytes("log.xlsx", book.save_to_buffer().unwrap())
}

fn profile(pages: &[(&str, &[&[&str]])], is_only_state: bool) -> Outcome<Profile> {
    let pages = profile_pages(&workbook(pages), Limits::default())?;
    let (name, text) = crate::profile::embedded(nm());
    let known = Profile::parse(name, text, nm())?;
    pages.complete(known, nm(), is_only_state)
}

const LAWS: &[&str] = &["state", "title", "citation", "url", "reviewed", "status"];

#[test]
fn the_same_vocabulary_gives_the_same_bytes_and_pages_without_rows_change_nothing() {
    let mut one = Vec::new();
    let mut other = Vec::new();
    write(&Vocabulary::embedded(), &mut one).unwrap();
    write(&Vocabulary::embedded(), &mut other).unwrap();
    assert!(one == other);
    let pages = profile_pages(&Input::of_bytes("t.xlsx", one), Limits::default()).unwrap();
    let known = Profile {
        hotline_page: Some("https://example.org/".to_owned()),
        ..Profile::default()
    };
    let same = pages.complete(known.clone(), nm(), false).unwrap();
    assert_eq!(format!("{same:?}"), format!("{known:?}"));
}

#[test]
fn a_page_with_rows_takes_the_place_of_the_list_and_of_no_other() {
    let rows: &[&[&str]] = &[
        LAWS,
        &[
            "",
            "A \"law\"",
            "§ 1",
            "https://example.org/",
            "2026-01-31",
            "ended 2018",
        ],
        &["TX", "Another state's", "§ 2"],
    ];
    let profile = profile(&[("laws", rows)], true).unwrap();
    assert_eq!(profile.laws.len(), 1);
    assert_eq!(profile.laws[0].title.first(), "A \"law\"");
    assert_eq!(profile.laws[0].status, Some(Status::Ended(Some(2018))));
    assert_eq!(profile.laws[0].reviewed.unwrap().to_string(), "2026-01-31");
    assert!(!profile.hotlines.is_empty() && profile.agencies.is_some());
}

#[test]
fn a_mistake_is_named_with_page_row_and_column() {
    let law = |cells: &'static [&'static str]| {
        let rows: &[&[&str]] = &[LAWS, &[], cells];
        profile(&[("Laws", rows)], true).unwrap_err().to_string()
    };
    for (failure, place, word) in [
        (
            law(&["", "A", "§ 1", "example.org"]),
            "log.xlsx (sheet “Laws”):3:4: ",
            "address",
        ),
        (
            law(&["", "A", "§ 1", "", "soon"]),
            "log.xlsx (sheet “Laws”):3:5: ",
            "soon",
        ),
        (law(&["", "A"]), "log.xlsx (sheet “Laws”):3: ", "citation"),
        (
            law(&["Texs", "A", "§ 1"]),
            "log.xlsx (sheet “Laws”):3:1: ",
            "did you mean",
        ),
    ] {
        assert!(
            failure.starts_with(place) && failure.contains(word),
            "{failure}"
        );
    }
    let efforts: &[&[&str]] = &[
        &["state", "list", "title", "url", "reviewed"],
        &["", "parties", "A"],
    ];
    let failure = profile(&[("Efforts", efforts)], true)
        .unwrap_err()
        .to_string();
    assert!(
        failure.starts_with("log.xlsx (sheet “Efforts”):2:2: "),
        "{failure}"
    );
}

#[test]
fn with_several_states_a_row_must_name_its_own() {
    let rows: &[&[&str]] = &[LAWS, &["", "A", "§ 1"]];
    let failure = profile(&[("Laws", rows)], false).unwrap_err();
    assert!(failure.message.contains("which state"), "{failure}");
    let named: &[&[&str]] = &[LAWS, &["New Mexico", "A", "§ 1"]];
    assert_eq!(profile(&[("Laws", named)], false).unwrap().laws.len(), 1);
}

/// A page with that name that somebody else made isn't ours.
#[test]
fn other_workbooks_have_no_pages() {
    let rows: &[&[&str]] = &[&["citation", "title"], &["§ 1", "A"]];
    let (_, text) = crate::profile::embedded(nm());
    let known = Profile::parse("nm.toml", text, nm()).unwrap();
    let laws = profile(&[("Laws", rows)], true).unwrap().laws;
    assert_eq!(laws.len(), known.laws.len());
    let csv = Input::of_bytes("a.csv", *b"signal_id\n");
    assert!(profile_pages(&csv, Limits::default()).is_ok());
}
