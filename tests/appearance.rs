//! The sheets look as a person has approved them, page by page.
//!
//! After a change that is meant to be visible, look at the new pages and approve them: `APPROVE=1 cargo test
//! --release --test appearance`

mod support;

use std::path::Path;

use image::{RgbImage, imageops};
use support::pictures::{DOTS_PER_INCH, assert_looks_as_approved, compare};
use support::{Workplace, poppler};

fn pages(sheet: &Path) -> Vec<RgbImage> {
    rendered(sheet, 2)
}

/// Pages are rendered this many times finer than they are compared, and then reduced: the mean of several dots
/// depends less on how a renderer draws the edges of letters.
fn rendered(sheet: &Path, finer: u32) -> Vec<RgbImage> {
    poppler::render(sheet, finer * DOTS_PER_INCH)
        .iter()
        .map(|page| {
            let (width, height) = page.dimensions();
            imageops::thumbnail(page, width / finer, height / finer)
        })
        .collect()
}

/// The sheet of a state from its own sample, and without a profile, because people edit profiles.
fn pages_of_sample(state: &str) -> Vec<RgbImage> {
    pages_in_form(state, "")
}

/// The same in another form.
fn pages_in_form(state: &str, form: &str) -> Vec<RgbImage> {
    let workplace = Workplace::empty();
    workplace.write("profiles/README", "none");
    workplace.succeed(&format!(
        "sample --state {state} --signals 3000 --seed 1 --output signals.csv"
    ));
    let options = "--data signals.csv --profiles profiles";
    pages(&workplace.build(&format!("build {options} --state {state} {form}")))
}

#[test]
fn new_mexico() {
    assert_looks_as_approved("NM", &pages(&Workplace::with_input().build("build")));
}

#[test]
fn a_wide_state() {
    assert_looks_as_approved("TN", &pages_of_sample("TN"));
}

#[test]
fn a_low_state_across_the_date_line() {
    assert_looks_as_approved("AK", &pages_of_sample("AK"));
}

#[test]
fn a_tall_territory_with_a_long_name() {
    assert_looks_as_approved("MP", &pages_of_sample("MP"));
}

#[test]
fn islands_far_apart() {
    assert_looks_as_approved("HI", &pages_of_sample("HI"));
}

#[test]
fn a_district_without_counties() {
    assert_looks_as_approved("DC", &pages_of_sample("DC"));
}

#[test]
fn a_small_territory() {
    assert_looks_as_approved("GU", &pages_of_sample("GU"));
}

#[test]
fn large_numbers_year_by_year() {
    assert_looks_as_approved("CA-trend", &pages_in_form("CA", "--trend"));
}

#[test]
fn a_wide_territory_in_spanish() {
    assert_looks_as_approved("PR-es", &pages_in_form("PR", "--wording es"));
}

#[test]
fn other_forms() {
    for (name, form) in [
        ("NM-large", "--large-print"),
        ("NM-2up", "--n-up 2"),
        ("NM-1page", "--layout one-page"),
        ("NM-bleed", "--print bleed"),
    ] {
        assert_looks_as_approved(name, &pages_in_form("NM", form));
    }
}

/// A comparison that accepts everything would approve nothing.
#[test]
fn changed_pictures_are_reported() {
    let before = pages(&Workplace::with_input().build("build"));
    let tolerable =
        |page: usize, other: &RgbImage| compare(&before[page], other).unwrap().is_tolerable();
    assert!(tolerable(0, &before[0]) && tolerable(1, &before[1]));

    let changed = |path: &str, old: &str, new: &str| {
        let workplace = Workplace::with_input();
        workplace.replace(path, old, new);
        pages(&workplace.build("build"))
    };
    let other_year = pages(&Workplace::with_input().build("build --year 2015"));
    assert!(
        !tolerable(0, &other_year[0]),
        "another year's map and numbers pass"
    );
    assert!(!tolerable(1, &other_year[1]), "another year's calls pass");

    let other_word = changed(
        "input/profiles/nm.toml",
        "Victims of Crime Act",
        "Restitution",
    );
    assert!(!tolerable(1, &other_word[1]), "another word passes");
    assert!(tolerable(0, &other_word[0]));

    let other_number = changed("input/profiles/nm.toml", "505-438-3733", "505-438-1000");
    assert!(
        !tolerable(1, &other_number[1]),
        "another phone number passes"
    );

    // The whole page a dot lower, as if a margin had changed.
    let (width, height) = before[0].dimensions();
    let lower = RgbImage::from_fn(width, height, |x, y| {
        *before[0].get_pixel(x, y.saturating_sub(1))
    });
    assert!(!tolerable(0, &lower), "a page that is shifted passes");

    // One patch of the map in another red.
    let mut stained = before[0].clone();
    for (x, y) in (0..14).flat_map(|x| (0..14).map(move |y| (160 + x, 300 + y))) {
        stained.get_pixel_mut(x, y).0[1] ^= 0xa0;
    }
    assert!(!tolerable(0, &stained), "a stain passes");

    // A different way of rendering the edges of letters and lines, as in another version, isn't a difference.
    let workplace = Workplace::with_input();
    let finer = rendered(&workplace.build("build"), 3);
    for (page, finer) in finer.iter().enumerate() {
        assert!(
            tolerable(page, finer),
            "page {page}: {:?}",
            compare(&before[page], finer)
        );
    }
}
