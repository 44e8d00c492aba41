//! From rows to the PDF: with any accepted numbers, profile and wording, in every form.

use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::make::Extent;
use hotline_profile::make::{self, Additions, Form, Paper, Protection, Request, Standard};
use hotline_profile::pdf;
use hotline_profile::profile::Profile;
use hotline_profile::read::{Limits, Mapping};
use hotline_profile::report;
use hotline_profile::tally::{Statistics, Unit};
use hotline_profile::theme::Theme;
use hotline_profile::vocabulary::Vocabulary;
use hotline_profile::wording::Wording;
use proptest::prelude::*;
use proptest::sample::select;

use crate::mutation::{mutated, mutations, new_texts};
use crate::reading::{Counting, assert_told, repository, text_of};

const FEW_ROWS: &str = "signal_id,case_id,received,call_type,state,city,sex_venue,gender\n";

/// Groups of similar cases: how many, and of what kind.
fn groups() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..9_usize, 0..1000_usize), 0..5)
}

/// The statistics of some cases, and everything that is made from them except the PDF.
fn statistics(state: Jurisdiction, groups: &[(usize, usize)]) -> Statistics {
    let mut text = FEW_ROWS.to_owned();
    let mut id = 0;
    for &(count, kind) in groups {
        let pick = |from: &[&'static str], part: usize| from[kind / part % from.len()];
        for _ in 0..count {
            id += 1;
            text += &format!(
                "{id},C{id},{},{},{state},{},{},{}\n",
                pick(&["2016-03-01", "2013-05-05", "2015-12-31"], 1),
                pick(&["Tip Report", "Referral", "Hang-Up", ""], 3),
                pick(&["Albuquerque", "", "Gallup"], 12),
                pick(&["Street-Based", "", "Pornography"], 36),
                pick(&["Female", "Male", "", "Female;Male"], 108),
            );
        }
    }
    let vocabulary = Vocabulary::embedded();
    let mut counting = Counting::new(&vocabulary, Unit::Cases);
    counting
        .read(
            "x.csv",
            text.as_bytes(),
            Mapping::canonical(),
            None,
            Limits::default(),
        )
        .unwrap();
    counting
        .finish()
        .0
        .into_iter()
        .find(|it| it.area == state.into())
        .unwrap()
}

/// A form with compatible parts, and how small numbers are protected.
fn form() -> impl Strategy<Value = (Form, Protection)> {
    let paper = select(vec![Paper::Letter, Paper::A4, Paper::Legal]);
    let flags = any::<[bool; 11]>();
    (paper, flags, select(vec![0_u64, 3, 5, 10])).prop_map(|(paper, flags, min_cell)| {
        let [
            large,
            gray,
            bleeds,
            two_up,
            one_page,
            data_page,
            trend,
            counties,
            rate,
            internal,
            ua2,
        ] = flags;
        let form = Form {
            paper,
            extent: if one_page {
                Extent::OnePage
            } else {
                Extent::Full
            },
            large_print: large && !two_up && !one_page,
            two_up,
            gray,
            bleeds: bleeds && !two_up,
            standard: if ua2 && (two_up || !bleeds) {
                Standard::Ua2
            } else {
                Standard::Ua1
            },
            additions: Additions {
                trend,
                counties,
                rate,
            },
            data_page,
            attach: None,
        };
        let protection = match internal {
            true => Protection::INTERNAL,
            false => Protection::of(min_cell).expect("a limit that protects"),
        };
        (form, protection)
    })
}

/// Makes the PDF; reading it back gives what was put in.
fn print(
    statistics: &Statistics,
    profile: &Profile,
    wording: &Wording,
    (form, protection): (Form, Protection),
) {
    let request = Request::new(wording, theme(), form, protection).unwrap();
    let made = match make::sheet(statistics, profile, &request) {
        Err(failure)
            if failure.message.starts_with("the fonts have no")
                || failure.message.ends_with("which a sheet can't show") =>
        {
            let file = failure
                .position
                .as_ref()
                .map(|position| position.file.clone());
            return assert_told(&failure, &file.expect("a file with the letter"));
        }
        made => made.unwrap(),
    };
    report::json(&made.published);
    assert!(made.files[0].bytes.starts_with(b"%PDF-") && made.pages > 0);
    pdf::read_back(&made.files[0].bytes).unwrap();
}

fn theme() -> &'static Theme {
    static THEME: std::sync::OnceLock<Theme> = std::sync::OnceLock::new();
    THEME.get_or_init(|| Theme::usual().unwrap())
}

fn english() -> &'static str {
    static TEXT: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    TEXT.get_or_init(|| text_of("input/wording/en.toml"))
}

fn states() -> Vec<(Jurisdiction, String)> {
    ["nm", "tx", "vi"]
        .map(|code| {
            let state = Jurisdiction::from_code(&code.to_uppercase()).unwrap();
            (state, text_of(&format!("input/profiles/{code}.toml")))
        })
        .to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn a_changed_profile_is_used_or_rejected(
        (state, text) in select(states()),
        mutations in mutations(),
    ) {
        if let Err(failure) = Profile::parse("nm.toml", &mutated(&text, &mutations), state) {
            assert_told(&failure, "nm.toml");
        }
    }

    #[test]
    fn a_changed_wording_is_used_or_rejected(
        language in select(vec!["en", "es"]),
        mutations in mutations(),
    ) {
        let text = text_of(&format!("input/wording/{language}.toml"));
        if let Err(failure) = Wording::parse("en.toml", &mutated(&text, &mutations)) {
            assert_told(&failure, "en.toml");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A whole build, from rows to the file.
    #[test]
    fn everything_accepted_is_printed(
        (state, profile) in select(states()),
        changed_profile in mutations(),
        changed_wording in mutations(),
        (profile_texts, wording_texts) in (new_texts(), new_texts()),
        laws in prop_oneof![4 => 0..3_usize, 1 => 0..60_usize],
        groups in groups(),
        form in form(),
    ) {
        let law = "\n[[laws]]\ntitle = \"Law\"\ncitation = \"§ 1\"\nurl = \"https://example.org/law\"\n";
        let profile = mutated(&(profile + &law.repeat(laws)), &profile_texts);
        let parse = |text: &str| Profile::parse("p.toml", text, state);
        let profile = parse(&mutated(&profile, &changed_profile))
            .or_else(|_| parse(&profile))
            .or_else(|_| parse(&text_of("input/profiles/nm.toml").replace("\"NM\"", &format!("\"{state}\""))))
            .unwrap();
        let text = mutated(english(), &wording_texts);
        let parse = |text: &str| Wording::parse("w.toml", text);
        let wording = parse(&mutated(&text, &changed_wording))
            .or_else(|_| parse(&text))
            .or_else(|_| parse(english()))
            .unwrap();
        print(&statistics(state, &groups), &profile, &wording, form);
    }
}

#[test]
fn the_changed_files_are_valid() {
    assert!(repository("input/profiles/nm.toml").is_file());
    for (state, text) in states() {
        Profile::parse("p.toml", &text, state).unwrap();
    }
    Wording::parse("w.toml", english()).unwrap();
}
