//! What makes pages look calm: one color for each meaning, numbers aligned at one edge.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use support::{Workplace, poppler};

/// The right edges of the numbers on a page below a word, to a tenth of a point.
fn edges(sheet: &Path, page: usize, below: &str, above: &str) -> BTreeSet<i32> {
    let page = &poppler::words(sheet)[page];
    let top = |text: &str| {
        let word = page.words.iter().find(|word| word.text == text);
        word.unwrap_or_else(|| panic!("no {text}")).top
    };
    let (from, to) = (top(below), top(above));
    let is_number = |text: &str| {
        let digits = text.trim_start_matches('<').replace([',', '–'], "");
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let numbers = page
        .words
        .iter()
        .filter(|word| (from + 1.0..to).contains(&word.top) && is_number(&word.text));
    numbers
        .map(|word| (word.right * 10.0).round() as i32)
        .collect()
}

/// The number of edges, if those within half a point of each other count as one.
fn apart(edges: &BTreeSet<i32>) -> usize {
    let edges: Vec<i32> = edges.iter().copied().collect();
    1 + edges
        .windows(2)
        .filter(|pair| pair[1] - pair[0] > 5)
        .count()
}

#[test]
fn numbers_in_rankings_and_tables_are_right_aligned() {
    let workplace = Workplace::with_input();
    workplace.succeed("sample --signals 60000 --seed 3 --output nation.csv");
    let sheet = workplace.build("build --data nation.csv --state CA --counties");
    // Venues: numbers of one to three digits, sex at the left and labor at the right.
    let page = &poppler::words(&sheet)[0];
    let heading = page.words.iter().find(|word| word.text == "LABOR").unwrap();
    let line = page
        .words
        .iter()
        .filter(|word| word.top > heading.bottom + 14.0 && word.top < heading.bottom + 95.0);
    let mut columns = [BTreeSet::new(), BTreeSet::new()];
    for word in line.filter(|word| word.text.bytes().all(|byte| byte.is_ascii_digit())) {
        let is_right = word.left > page.width / 2.0;
        columns[usize::from(is_right)].insert((word.right * 10.0).round() as i32);
    }
    for column in &columns {
        assert_eq!(apart(column), 1, "{column:?}");
    }
    // Counties, in two tables side by side.
    let counties = edges(&sheet, 2, "Alameda", "What");
    assert_eq!(apart(&counties), 2, "{counties:?}");
}

/// The colors of a page's pixels, without those at the edges of letters.
fn plain_colors(page: &image::RgbImage) -> BTreeSet<[u8; 3]> {
    let mut colors = BTreeSet::new();
    for (x, y, pixel) in page.enumerate_pixels() {
        let is_plain = (1..6).all(|step| {
            let beside = page.get_pixel((x + step).min(page.width() - 1), y);
            let below = page.get_pixel(x, (y + step).min(page.height() - 1));
            beside == pixel && below == pixel
        });
        if is_plain {
            colors.insert(pixel.0);
        }
    }
    colors
}

#[test]
fn each_color_has_one_meaning() {
    let workplace = Workplace::with_input();
    let sheet = workplace.build("build");
    let pages = poppler::render(&sheet, 100);
    // Page 2: paper, bands, bars, the code's black, ink. Nothing else is painted.
    let colors = plain_colors(&pages[1]);
    let of = |hex: u32| [(hex >> 16) as u8, (hex >> 8) as u8, hex as u8];
    let expected = [0xffffff, 0x162e51, 0x1a4480, 0x000000, 0x1b1b1b].map(of);
    let expected = BTreeSet::from(expected);
    assert!(colors.is_subset(&expected), "{colors:02x?}");
    assert!(colors.contains(&of(0x1a4480)), "the bars aren't seen");
    // Only the map is red.
    let is_red = |color: &[u8; 3]| i16::from(color[0]) - i16::from(color[2]) > 60;
    let page = &pages[0];
    let (mut on_map, mut elsewhere) = (0, 0);
    for (x, _, pixel) in page.enumerate_pixels() {
        match is_red(&pixel.0) {
            true if x < page.width() / 2 => on_map += 1,
            true => elsewhere += 1,
            false => {}
        }
    }
    assert!(
        on_map > 500 && elsewhere == 0,
        "{on_map} on the map, {elsewhere} elsewhere"
    );
}
