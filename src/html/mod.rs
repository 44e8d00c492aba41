//! The web page: the document model as one accessible HTML file.
//!
//! It is written from the [`Sheet`], not from its pages: headings, lists, tables and figures are HTML elements,
//! columns are side by side if the screen has room, and in print, the pages are the same as in the PDF. The file is
//! complete: it needs no script, font, picture or style from elsewhere.

mod blocks;
mod colours;
mod figures;

use crate::failure::Outcome;
use crate::look::Look;
use crate::markup::Markup;
use crate::program;
use crate::sheet::Sheet;
use crate::text::Faces;

use blocks::Writer;
use colours::Tokens;

/// The page's styles, except for its colors.
const STYLE: &str = include_str!("style.css");

/// Paper for printing the page; lengths in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// Width of the sheet of paper.
    pub width: f32,
    /// Height of the sheet of paper.
    pub height: f32,
}

/// Writes a sheet as a web page in a look; with `gray`, the page has no color and is the same by day and at night.
/// The same sheet gives the same bytes.
///
/// # Errors
/// If a chart can't be drawn, which only a bug in the program can cause.
pub fn page(
    sheet: &Sheet,
    faces: &Faces,
    look: &Look,
    gray: bool,
    paper: Paper,
) -> Outcome<String> {
    let tokens = Tokens::of(&look.palette);
    let mut markup = Markup::default();
    markup.raw("<!DOCTYPE html>\n");
    markup.open("html", &[("lang", &sheet.metadata.language)]);
    let night = (!gray).then(|| look.palette.at_night());
    let style = [
        &tokens.style(night.as_ref()),
        STYLE,
        &format!("@page{{size:{}pt {}pt}}", paper.width, paper.height),
    ];
    head(sheet, &style.concat(), gray, &mut markup);
    markup.open("body", &[]);
    markup.element(
        "a",
        &[("class", "skip"), ("href", "#content")],
        &sheet.screen.skip,
    );
    band(sheet, &mut markup);
    markup.open("main", &[("id", "content"), ("tabindex", "-1")]);
    let mut writer = Writer::new(sheet, faces, look, &tokens, &mut markup);
    for part in &sheet.parts {
        writer.part(part)?;
    }
    markup.close();
    foot(sheet, &mut markup);
    let mut page = markup.finish();
    page.push('\n');
    Ok(page)
}

/// What the file says about itself, like the PDF's metadata.
fn head(sheet: &Sheet, style: &str, gray: bool, markup: &mut Markup) {
    let metadata = &sheet.metadata;
    markup.open("head", &[]);
    markup.void("meta", &[("charset", "utf-8")]);
    markup.element("title", &[], &sheet.title);
    let viewport = "width=device-width, initial-scale=1";
    let scheme = if gray { "light" } else { "light dark" };
    let mut named = vec![
        ("viewport", viewport),
        ("description", &metadata.subject),
        ("keywords", &metadata.keywords),
        ("generator", program::NAME),
        ("color-scheme", scheme),
        // People who follow a link don't need to reveal where they came from.
        ("referrer", "no-referrer"),
    ];
    if sheet.mark.is_some() {
        named.push(("robots", "noindex"));
    }
    named.extend(
        metadata
            .custom
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    );
    for (name, content) in named {
        markup.void("meta", &[("name", name), ("content", content)]);
    }
    // Nothing is fetched from anywhere, not even an icon.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
    let equivalent = ("http-equiv", "Content-Security-Policy");
    markup.void("meta", &[equivalent, ("content", policy)]);
    markup.void("link", &[("rel", "icon"), ("href", "data:,")]);
    markup.open("style", &[]);
    markup.raw(style);
    markup.close();
    markup.close();
}

/// The band across the top, with the title and the department.
fn band(sheet: &Sheet, markup: &mut Markup) {
    markup.open("header", &[]);
    markup.open("div", &[("class", "inner")]);
    markup.open("div", &[]);
    markup.element("h1", &[], &sheet.title);
    markup.element("p", &[], &sheet.department);
    if let Some(mark) = &sheet.mark {
        markup.element("p", &[("class", "mark")], mark);
    }
    markup.close();
    if let Some(logo) = &sheet.logo {
        figures::logo(logo, markup);
    }
    markup.close();
    markup.close();
}

/// The source of the numbers, and the agency's own line.
fn foot(sheet: &Sheet, markup: &mut Markup) {
    markup.open("footer", &[]);
    markup.open("div", &[("class", "inner")]);
    if let Some(mark) = &sheet.mark {
        markup.element("p", &[("class", "mark")], mark);
    }
    for line in std::iter::once(&sheet.source).chain(&sheet.footer) {
        markup.element("p", &[], line);
    }
    markup.close();
    markup.close();
}
