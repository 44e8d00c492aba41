//! Pages as SVG: one picture each, which shows what the PDF shows.

mod support;

use std::fs;
use std::path::PathBuf;

use support::Workplace;
use usvg::{Node, Options, Tree};

fn pictures(workplace: &Workplace, options: &str) -> Vec<PathBuf> {
    let out = workplace.succeed(&format!("build --format svg {options}"));
    out.lines().map(|line| workplace.path(line)).collect()
}

fn tree(path: &PathBuf) -> Tree {
    Tree::from_data(&fs::read(path).unwrap(), &Options::default()).unwrap()
}

/// The number of shapes that are painted.
fn shapes(nodes: &[Node]) -> usize {
    nodes
        .iter()
        .map(|node| match node {
            Node::Group(group) => shapes(group.children()),
            Node::Path(_) => 1,
            // Text would need the reader's fonts, and bitmaps aren't drawings.
            other => panic!("{other:?}"),
        })
        .sum()
}

#[test]
fn each_page_is_a_picture_of_its_size_without_text_or_bitmaps() {
    let workplace = Workplace::with_input();
    for (options, size, pages) in [
        ("", (816.0, 1056.0), 2),
        ("--paper legal --wording es", (816.0, 1344.0), 2),
        ("--n-up 2", (1056.0, 816.0), 2),
    ] {
        let pictures = pictures(&workplace, options);
        assert_eq!(pictures.len(), pages, "{options}");
        for path in &pictures {
            let tree = tree(path);
            // In pixels, of which 96 are an inch.
            let (width, height) = (tree.size().width(), tree.size().height());
            assert!(
                (width - size.0).abs() < 0.1 && (height - size.1).abs() < 0.1,
                "{width} {height}"
            );
            assert!(shapes(tree.root().children()) > 300, "{options}");
        }
    }
}

#[test]
fn pictures_have_titles_and_alt_texts_and_mark_internal_numbers() {
    let workplace = Workplace::with_input();
    let [first, _] = &pictures(&workplace, "")[..] else {
        panic!("not two pages")
    };
    let text = fs::read_to_string(first).unwrap();
    assert!(text.contains(
        "<title id=\"title\">New Mexico: Efforts to Combat Human Trafficking (1/2)</title>"
    ));
    assert!(
        !text.contains("INTERNAL")
            && !text.contains("<script")
            && !text.contains("http://www.w3.org/1999")
    );
    for path in pictures(&workplace, "--internal") {
        assert!(path.to_string_lossy().contains("INTERNAL"));
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains("<desc id=\"words\">INTERNAL – NOT FOR RELEASE"));
    }
}

#[test]
fn pictures_without_colour_have_none() {
    let workplace = Workplace::with_input();
    for path in pictures(&workplace, "--print bw") {
        let text = fs::read_to_string(path).unwrap();
        let colours = text.split('#').skip(1).filter_map(|rest| rest.get(..6));
        let colours =
            colours.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let mut count = 0;
        for colour in colours {
            assert!(
                colour[..2] == colour[2..4] && colour[2..4] == colour[4..],
                "{colour}"
            );
            count += 1;
        }
        assert!(count > 50);
    }
}
