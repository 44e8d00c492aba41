//! The web page of a sheet: it says what the PDF says, needs nothing else, and is marked like the PDF.

mod support;

use std::fs;

use hotline_profile::pdf::read_back;

use support::Workplace;

/// Makes PDF and web page, and returns the PDF's bytes and the page.
fn both(workplace: &Workplace, options: &[&str]) -> (Vec<u8>, String) {
    let ran = workplace.run_words(&[&["build", "--format", "pdf,html"], options].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let paths: Vec<&str> = ran.out.lines().collect();
    let [pdf, html] = paths[..] else {
        panic!("not two files: {}", ran.out)
    };
    assert!(
        pdf.ends_with(".pdf") && html.ends_with(".html"),
        "{}",
        ran.out
    );
    assert_eq!(pdf.trim_end_matches("pdf"), html.trim_end_matches("html"));
    let pdf = fs::read(workplace.path(pdf)).unwrap();
    (pdf, fs::read_to_string(workplace.path(html)).unwrap())
}

/// What is read on a page: text and alternative texts, without spaces, which are up to the browser.
fn read(page: &str) -> String {
    let mut text = String::new();
    let body = &page[page.find("<body>").expect("a body")..];
    let mut rest = body;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let end = rest.find('>').expect("an element ends");
        if let Some((_, words)) = rest[..end].split_once("aria-label=\"") {
            text.push_str(words.split('"').next().unwrap_or_default());
        }
        rest = &rest[end + 1..];
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    without_spaces(&text)
}

fn without_spaces(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

#[test]
fn the_page_has_the_same_content_as_the_pdf() {
    let workplace = Workplace::with_input();
    for options in [
        &[][..],
        &["--wording", "es", "--trend", "--data-page"],
        &["--state", "TX"],
        &["--layout", "one-page"],
        &["--internal", "--state", "TX"],
    ] {
        let (pdf, page) = both(&workplace, options);
        let printed = read_back(&pdf).unwrap();
        let page = read(&page);
        assert!(printed.lines.len() > 20, "{}", printed.lines.len());
        for line in &printed.lines {
            // The browser numbers the items of a list.
            let label = Some(&line.label).filter(|label| !label.ends_with(['.', '•']));
            for words in [&line.heading, &line.text].into_iter().chain(label) {
                assert!(
                    page.contains(&without_spaces(words)),
                    "{options:?}: not on the page: {words}"
                );
            }
        }
    }
}

#[test]
fn an_internal_page_is_marked_and_hidden_from_search_engines() {
    let workplace = Workplace::with_input();
    let (_, page) = both(&workplace, &["--internal"]);
    assert!(page.matches("INTERNAL – NOT FOR RELEASE").count() >= 3);
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    // Search engines shouldn't find synthetic data any more than internal data.
    let (_, page) = both(&workplace, &[]);
    assert!(!page.contains("INTERNAL") && page.contains("SYNTHETIC"));
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    let header = fs::read_to_string(workplace.path("input/signals.csv")).unwrap();
    let header = header.lines().next().unwrap().to_owned();
    let row = header.split(',').map(|column| match column {
        "signal_id" => "1",
        "received" => "2016-03-01",
        "state" => "NM",
        _ => "",
    });
    let row = row.collect::<Vec<_>>().join(",");
    workplace.write("real.csv", format!("{header}\n{row}\n"));
    let (_, page) = both(&workplace, &["--data", "real.csv"]);
    assert!(!page.contains("SYNTHETIC") && !page.contains("noindex"));
}

#[test]
fn the_page_needs_no_other_files_and_no_scripts() {
    let workplace = Workplace::with_input();
    let profile = workplace.path("input/profiles/nm.toml");
    let text = fs::read_to_string(&profile).unwrap();
    let hostile = "title = \"<script>alert(1)</script><img src=x onerror=alert(1)>\"";
    fs::write(
        &profile,
        text.replacen("title = \"Human Trafficking\"", hostile, 1),
    )
    .unwrap();
    let (_, page) = both(&workplace, &["--theme", "input/themes/coalition.toml"]);
    assert!(page.contains("&lt;script&gt;"), "the title is not there");
    for active in [
        "<script", "<img", "<iframe", "<object", "@import", "url(http",
    ] {
        assert!(!page.contains(active), "{active}");
    }
    let policy = "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"";
    assert!(page.contains(policy));
}

#[test]
fn the_same_input_gives_the_same_page() {
    let workplace = Workplace::with_input();
    assert_eq!(both(&workplace, &[]), both(&workplace, &[]));
}

#[test]
fn paper_forms_cannot_be_combined_with_a_page() {
    let workplace = Workplace::with_input();
    for form in [
        &["--n-up", "2"][..],
        &["--large-print"],
        &["--print", "bleed"],
        &["--attach", "grants-gov"],
    ] {
        let ran = workplace.run_words(&[&["build", "--format", "html"], form].concat());
        assert_eq!(ran.code, 2, "{form:?}: {}", ran.err);
    }
}
