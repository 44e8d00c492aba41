//! Single figures and pages as pictures, as SVG and PNG: complete, marked, and of the requested size.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::Workplace;
use usvg::{Options, Tree};

const FIGURES: [&str; 4] = ["map", "demographics", "venues", "calls"];

fn made(workplace: &Workplace, options: &str) -> Vec<PathBuf> {
    let out = workplace.succeed(&format!("build {options}"));
    out.lines().map(|line| workplace.path(line)).collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// What is between two marks.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap();
    rest.split_once(end).unwrap().0
}

#[test]
fn each_figure_is_a_separate_picture_in_both_formats() {
    let workplace = Workplace::with_input();
    let files = made(&workplace, "--figure map,demographics,venues,calls");
    let names: Vec<String> = files.iter().map(|path| name(path)).collect();
    let expected: Vec<String> = ["svg", "png"]
        .into_iter()
        .flat_map(|kind| {
            FIGURES.map(|figure| format!("NM-Human-Trafficking-Profile-2016-{figure}.{kind}"))
        })
        .collect();
    assert_eq!(names, expected);
    for path in &files[..4] {
        let tree = Tree::from_data(&fs::read(path).unwrap(), &Options::default()).unwrap();
        assert_eq!(
            (tree.size().width(), tree.size().height()),
            (1920.0, 1080.0)
        );
    }
    for path in &files[4..] {
        let picture = image::open(path).unwrap();
        assert_eq!(
            (picture.width(), picture.height()),
            (1920, 1080),
            "{path:?}"
        );
    }
}

#[test]
fn a_figure_names_its_publisher_its_subject_and_made_up_data() {
    let workplace = Workplace::with_input();
    for path in made(
        &workplace,
        "--format svg --figure map,demographics,venues,calls",
    ) {
        let text = fs::read_to_string(&path).unwrap();
        let title = between(&text, "<title id=\"title\">", "</title>");
        assert!(title.starts_with("New Mexico: "), "{title}");
        let words = between(&text, "<desc id=\"words\">", "</desc>");
        assert!(
            words.starts_with("SYNTHETIC SAMPLE DATA – NOT REAL"),
            "{words}"
        );
        assert!(words.contains("Source: the National Human Trafficking Hotline"));
        let says = match name(&path).rsplit_once('-').unwrap().1 {
            "map.svg" => "Map of New Mexico",
            "demographics.svg" => "Female: 104",
            "venues.svg" => "Truck Stop-Based: 19",
            _ => "Tip Report: 57",
        };
        assert!(words.contains(says), "{words}");
        // Text is drawn as outlines: it doesn't need the reader's fonts.
        assert!(!text.contains("<text") && !text.contains("<image"));
    }
}

/// The same numbers as on the sheet, whatever protects them.
#[test]
fn a_figure_shows_no_small_number() {
    let workplace = Workplace::with_input();
    let words = |options: &str| -> String {
        let files = made(&workplace, &format!("--format svg {options}"));
        let texts = files.iter().map(|path| fs::read_to_string(path).unwrap());
        texts
            .map(|text| between(&text, "<desc id=\"words\">", "</desc>").to_owned())
            .collect()
    };
    let protected = words("--figure venues --min-cell 10");
    assert!(
        protected.contains("Commercial-Front Brothels: 11"),
        "{protected}"
    );
    assert!(!protected.contains("Hotel-/Motel-Based"), "{protected}");
    let internal = words("--figure venues,calls --internal");
    assert!(internal.starts_with("INTERNAL – NOT FOR RELEASE"));
}

#[test]
fn pages_become_pixels_of_the_requested_width() {
    let workplace = Workplace::with_input();
    let files = made(&workplace, "--format pdf,png --width 850");
    let names: Vec<String> = files.iter().map(|path| name(path)).collect();
    let stem = "NM-Human-Trafficking-Profile-2016";
    assert_eq!(
        names,
        [
            format!("{stem}.pdf"),
            format!("{stem}-page-1.png"),
            format!("{stem}-page-2.png")
        ]
    );
    for path in &files[1..] {
        let picture = image::open(path).unwrap().to_rgb8();
        assert_eq!((picture.width(), picture.height()), (850, 1100));
        let paper = picture.pixels().filter(|pixel| pixel.0 == [255; 3]).count();
        assert!((300_000..800_000).contains(&paper), "{paper}");
        // The title band.
        assert_eq!(picture.get_pixel(3, 3).0, [0x16, 0x2e, 0x51]);
    }
}

#[test]
fn formats_that_are_not_pictures_are_errors() {
    let workplace = Workplace::with_input();
    for (options, says) in [
        ("--format pdf --figure map", "--figure makes pictures"),
        ("--width 900", "--width is for pictures"),
        ("--figure maps", "map"),
        ("--format png --width 9", "200..=8000"),
    ] {
        let ran = workplace.run(&format!("build {options}"));
        assert_eq!(ran.code, 2, "{options}");
        assert!(ran.err.contains(says), "{}", ran.err);
        assert!(workplace.files_in("output").is_empty());
    }
}

#[test]
fn a_figure_missing_from_the_sheet_is_reported() {
    let workplace = Workplace::with_input();
    let rows: String = (1..=40)
        .map(|row| format!("{row},2016-{:02}-01,Tip Report,NM\n", row % 12 + 1))
        .collect();
    let header = "signal_id,received,call_type,state\n";
    workplace.write("calls.csv", format!("{header}{rows}"));
    workplace.write("mapping.toml", "cases = \"none\"\n");
    let line = "build --data calls.csv --mapping mapping.toml --format svg --figure venues,calls";
    let ran = workplace.run(line);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("no picture of venues"), "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    assert!(ran.out.contains("-calls.svg"));
}

#[test]
fn figures_follow_language_theme_and_print() {
    let workplace = Workplace::with_input();
    let spanish = made(&workplace, "--format svg --figure calls --wording spanish");
    let text = fs::read_to_string(&spanish[0]).unwrap();
    assert!(between(&text, "<title id=\"title\">", "</title>").starts_with("Nuevo México: "));
    for path in made(&workplace, "--format png --figure map --print bw") {
        let picture = image::open(path).unwrap().to_rgb8();
        let is_gray = |pixel: &image::Rgb<u8>| pixel.0[0] == pixel.0[1] && pixel.0[1] == pixel.0[2];
        assert!(picture.pixels().all(is_gray));
    }
    let themed = made(
        &workplace,
        "--format svg --figure demographics --theme input/themes/coalition.toml",
    );
    let text = fs::read_to_string(&themed[0]).unwrap();
    let theme = fs::read_to_string(workplace.path("input/themes/coalition.toml")).unwrap();
    let main = between(&theme, "main = \"", "\"").to_lowercase();
    assert!(text.contains(&main), "{main}");
}
