//! The effects of a theme: logos of every kind, panels left out.

mod support;

use std::path::Path;

use lopdf::{Dictionary, Document, Object};
use support::{Workplace, pdf_file, repository};

/// A folder with the example's input, and a theme with this logo.
fn with_logo(file: &str, bytes: impl AsRef<[u8]>) -> Workplace {
    let workplace = Workplace::with_input();
    workplace.write(file, bytes);
    let theme = format!(
        "[logo]\nfile = \"{file}\"\nalt = \"Emblema de la coalición\"\nlanguage = \"es\"\n"
    );
    workplace.write("theme.toml", theme);
    workplace
}

fn picture(name: &str) -> Vec<u8> {
    std::fs::read(repository().join("tests/logos").join(name)).unwrap()
}

/// The pictures of a sheet: width, color space, and the bytes of their pixels.
fn pictures(pdf: &Path) -> Vec<(i64, String, Vec<u8>)> {
    let document = Document::load(pdf).unwrap();
    let streams = document
        .objects
        .values()
        .filter_map(|it| it.as_stream().ok());
    let is_picture = |dictionary: &Dictionary| {
        dictionary.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Image")
    };
    streams
        .filter(|stream| is_picture(&stream.dict))
        .map(|stream| {
            let width = stream.dict.get(b"Width").and_then(Object::as_i64).unwrap();
            let space = stream
                .dict
                .get(b"ColorSpace")
                .and_then(Object::as_name)
                .unwrap();
            let pixels = stream.decompressed_content();
            let pixels = pixels.unwrap_or_else(|_| stream.content.clone());
            (width, String::from_utf8_lossy(space).into_owned(), pixels)
        })
        .collect()
}

#[test]
fn a_pixel_logo_is_unchanged_on_the_sheet() {
    for (file, tolerance) in [("logo.png", 0), ("logo.jpg", 12)] {
        let workplace = with_logo(file, picture(file));
        let sheet = workplace.build("build --theme theme.toml");
        let found = pictures(&sheet);
        let [(120, space, pixels)] = &found[..] else {
            panic!("{file}: {} pictures", found.len());
        };
        assert_eq!((space.as_str(), pixels.len()), ("DeviceRGB", 120 * 48 * 3));
        let at = |x: usize, y: usize| &pixels[(y * 120 + x) * 3..][..3];
        for (place, color) in [
            ((20, 20), [91, 35, 51]),
            ((80, 24), [226, 140, 40]),
            ((110, 2), [255; 3]),
        ] {
            for (found, expected) in at(place.0, place.1).iter().zip(color) {
                assert!(
                    found.abs_diff(expected) <= tolerance,
                    "{file} at {place:?}: {found}"
                );
            }
        }
        // Its position: on the band, at the right margin.
        let page = &support::poppler::render(&sheet, 72)[0];
        let orange = (400..576).flat_map(|x| (0..100).map(move |y| (x, y)));
        let orange = orange.filter(|&(x, y)| {
            let [red, green, blue] = page.get_pixel(x, y).0;
            red.abs_diff(226) < 20 && green.abs_diff(140) < 20 && blue.abs_diff(40) < 20
        });
        assert!(orange.count() > 300, "{file} isn't seen");
    }
}

#[test]
fn a_pixel_logo_is_gray_without_color_and_in_inks_for_a_print_shop() {
    let workplace = with_logo("logo.png", picture("logo.png"));
    for (options, space, channels) in [
        ("--print bw", "DeviceGray", 1),
        ("--print bleed", "DeviceCMYK", 4),
        ("--print bw,bleed", "DeviceCMYK", 4),
    ] {
        let sheet = workplace.build(&format!("build --theme theme.toml {options}"));
        let found = pictures(&sheet);
        assert_eq!(found.len(), 1, "{options}");
        assert_eq!(found[0].1, space, "{options}");
        assert_eq!(found[0].2.len(), 120 * 48 * channels, "{options}");
        if options == "--print bw,bleed" {
            let colored = found[0].2.chunks(4).filter(|inks| inks[..3] != [0; 3]);
            assert_eq!(colored.count(), 0, "ink other than black");
        }
    }
}

#[test]
fn web_pages_and_pictures_contain_the_logo_and_need_no_other_file() {
    let workplace = with_logo("logo.jpg", picture("logo.jpg"));
    workplace.succeed("build --theme theme.toml --format html,svg,png");
    let files = workplace.files_in("output");
    let named = |end: &str| {
        let file = files.iter().find(|file| file.ends_with(end));
        format!(
            "output/{}",
            file.unwrap_or_else(|| panic!("no {end} in {files:?}"))
        )
    };
    let html = workplace.read(&named(".html"));
    let svg = workplace.read(&named("page-1.svg"));
    for text in [&html, &svg] {
        assert_eq!(text.matches("href=\"data:image/png;base64,").count(), 1);
        assert!(!text.contains("logo.jpg"));
    }
    assert!(html.contains("aria-label=\"Emblema de la coalición\""));
    let png = workplace.path(&named("page-1.png"));
    let png = image::open(png).unwrap().into_rgb8();
    let orange = png.pixels().filter(|pixel| {
        let [red, green, blue] = pixel.0;
        red.abs_diff(226) < 20 && green.abs_diff(140) < 20 && blue.abs_diff(40) < 20
    });
    assert!(orange.count() > 1000, "the picture lacks the logo");
}

#[test]
fn the_letters_of_a_vector_logo_are_set_in_the_theme_s_fonts() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 120 40'><style>.name { fill: #5b2333; \
               font-family: Impact; font-size: 18px }</style><text class='name' x='4' y='26'>Coalition</text></svg>";
    let workplace = with_logo("logo.svg", svg);
    let usual = workplace.build("build --theme theme.toml");
    let document = Document::load(&usual).unwrap();
    let alternatives = pdf_file::alternative_texts(&document);
    assert!(
        alternatives
            .iter()
            .any(|it| it == "Emblema de la coalición")
    );
    let seen = |sheet: &Path| {
        let page = support::poppler::render(sheet, 150).remove(0);
        let wine: Vec<(u32, u32)> = page
            .enumerate_pixels()
            .filter(|(_, _, pixel)| {
                let [red, green, blue] = pixel.0;
                red.abs_diff(0x5b) < 12 && green.abs_diff(0x23) < 12 && blue.abs_diff(0x33) < 12
            })
            .map(|(x, y, _)| (x, y))
            .collect();
        assert!(wine.len() > 200, "the letters aren't seen");
        wine
    };
    let in_usual = seen(&usual);
    // Another font in the theme gives other letters.
    let font = std::fs::read(repository().join("fonts/Merriweather-Bold.ttf")).unwrap();
    workplace.write("own.ttf", font);
    workplace.replace(
        "theme.toml",
        "[logo]",
        "[fonts]\nsans = \"own.ttf\"\n[logo]",
    );
    let own = workplace.build("build --theme theme.toml");
    assert!(in_usual != seen(&own), "the letters are the same");
    // A letter that no font has is reported with the theme's line.
    workplace.replace("logo.svg", "Coalition", "\u{6c49}");
    let ran = workplace.run("build --theme theme.toml");
    assert_eq!(ran.code, 1);
    assert!(
        ran.err
            .contains("theme.toml:4:8: logo.svg: the fonts have no “\u{6c49}”"),
        "{}",
        ran.err
    );
}

#[test]
fn a_theme_can_leave_the_panels_out() {
    let workplace = Workplace::with_input();
    workplace.succeed("sample --state GU --signals 400 --output data.csv");
    // Guam with no content of its own.
    workplace.write("profiles/gu.toml", "state = \"GU\"\n");
    workplace.write("plain.toml", "panels = false\n");
    let page = |options: &str| {
        let sheet = workplace.build(&format!(
            "build --data data.csv --state GU --profiles profiles {options}"
        ));
        support::in_one_line(&support::poppler::text(&sheet))
    };
    assert!(page("").contains("Know the Signs"));
    let without = page("--theme plain.toml");
    for words in ["Know the Signs", "What to Do"] {
        assert!(!without.contains(words), "{words}");
    }
    assert!(without.contains("888-373-7888") && without.contains("Types of Calls"));
}

#[test]
fn a_sheet_with_only_signals_fills_its_page_with_charts() {
    let workplace = Workplace::with_input();
    workplace.write("mapping.toml", "cases = \"none\"\n");
    let sheet = workplace.build("build --mapping mapping.toml");
    let words = &support::poppler::words(&sheet)[0].words;
    let has = |text: &str| words.iter().any(|word| word.text == text);
    assert!(has("Webchat") && has("Referral"));
    assert!(!has("Demographics") && !has("DEMOGRAPHICS"));
}
