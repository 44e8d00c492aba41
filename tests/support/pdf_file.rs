//! A PDF taken apart, for what no tool prints.

use std::path::Path;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object};

pub fn load(pdf: &Path) -> Document {
    Document::load(pdf).unwrap_or_else(|error| panic!("{}: {error}", pdf.display()))
}

/// A text string in the file, whatever its encoding.
pub fn decoded(string: &Object) -> String {
    lopdf::decode_text_string(string).expect("a text string")
}

/// Every operator of every page.
pub fn operations(document: &Document) -> Vec<Operation> {
    let pages = document.get_pages().into_values();
    pages
        .flat_map(|page| {
            let content = document.get_page_content(page);
            Content::decode(&content).unwrap().operations
        })
        .collect()
}

/// Every dictionary in the file, including those of streams and those inside others.
pub fn dictionaries(document: &Document) -> Vec<Dictionary> {
    let mut found = Vec::new();
    for object in document
        .objects
        .values()
        .chain([&Object::Dictionary(document.trailer.clone())])
    {
        walk(object, &mut |object| {
            if let Object::Dictionary(dictionary) = object {
                found.push(dictionary.clone());
            }
        });
    }
    found
}

/// Everything in the file that can contain words: its bytes, its decompressed streams, its decoded strings.
pub fn everything_readable(pdf: &Path) -> Vec<Vec<u8>> {
    let document = load(pdf);
    let mut found = vec![std::fs::read(pdf).unwrap()];
    for object in document.objects.values() {
        if let Object::Stream(stream) = object {
            let plain = stream.decompressed_content();
            found.push(plain.unwrap_or_else(|_| stream.content.clone()));
        }
        walk(object, &mut |object| {
            if let Object::String(bytes, _) = object {
                found.push(bytes.clone());
                found.extend(lopdf::decode_text_string(object).map(String::into_bytes));
            }
        });
    }
    found
}

fn walk(object: &Object, visit: &mut dyn FnMut(&Object)) {
    visit(object);
    match object {
        Object::Array(items) => items.iter().for_each(|item| walk(item, visit)),
        Object::Dictionary(dictionary) => dictionary.iter().for_each(|(_, item)| walk(item, visit)),
        Object::Stream(stream) => walk(&Object::Dictionary(stream.dict.clone()), visit),
        _ => {}
    }
}

/// The words for figures and links, for people who can't see them.
pub fn alternative_texts(document: &Document) -> Vec<String> {
    dictionaries(document)
        .iter()
        .filter_map(|dictionary| dictionary.get(b"Alt").ok())
        .map(decoded)
        .collect()
}

/// The bookmarks, in order, with their level from 0.
pub fn bookmarks(document: &Document) -> Vec<(usize, String)> {
    let outlines = document.catalog().unwrap().get(b"Outlines").unwrap();
    let root = document.dereference(outlines).unwrap().1.as_dict().unwrap();
    let mut found = Vec::new();
    add_bookmarks(document, root, 0, &mut found);
    found
}

fn add_bookmarks(
    document: &Document,
    parent: &Dictionary,
    level: usize,
    found: &mut Vec<(usize, String)>,
) {
    let mut next = parent.get(b"First").ok().cloned();
    while let Some(reference) = next {
        let entry = document
            .dereference(&reference)
            .unwrap()
            .1
            .as_dict()
            .unwrap();
        found.push((level, decoded(entry.get(b"Title").unwrap())));
        add_bookmarks(document, entry, level + 1, found);
        next = entry.get(b"Next").ok().cloned();
    }
}
