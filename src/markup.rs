//! Markup: elements, attributes and text of HTML and SVG, escaped and closed in order.

/// A document that is being written.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    written: String,
    open: Vec<&'static str>,
}

/// An attribute: its name and its value.
pub(crate) type Attribute<'a> = (&'a str, &'a str);

impl Markup {
    /// Opens an element.
    pub(crate) fn open(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.tag(name, attributes, ">");
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub(crate) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.written.push_str("</");
            self.written.push_str(name);
            self.written.push('>');
        }
    }

    /// An element of XML without content, or one of SVG within HTML.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.tag(name, attributes, "/>");
    }

    /// An element of HTML that never has content, as `meta`.
    pub(crate) fn void(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.tag(name, attributes, ">");
    }

    /// An element that contains only text.
    pub(crate) fn element(&mut self, name: &'static str, attributes: &[Attribute<'_>], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close();
    }

    /// Text.
    pub(crate) fn text(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.written.push_str("&amp;"),
                '<' => self.written.push_str("&lt;"),
                '>' => self.written.push_str("&gt;"),
                letter if is_allowed(letter) => self.written.push(letter),
                _ => self.written.push('\u{fffd}'),
            }
        }
    }

    /// Finished markup: a style sheet, or the output of another writer.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.written.push_str(markup);
    }

    /// The document, with all elements closed.
    pub(crate) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.written
    }

    fn tag(&mut self, name: &str, attributes: &[Attribute<'_>], end: &str) {
        self.written.push('<');
        self.written.push_str(name);
        for (name, value) in attributes {
            self.written.push(' ');
            self.written.push_str(name);
            self.written.push_str("=\"");
            for letter in value.chars() {
                match letter {
                    '&' => self.written.push_str("&amp;"),
                    '<' => self.written.push_str("&lt;"),
                    '"' => self.written.push_str("&quot;"),
                    letter if is_allowed(letter) => self.written.push(letter),
                    _ => self.written.push('\u{fffd}'),
                }
            }
            self.written.push('"');
        }
        self.written.push_str(end);
    }
}

/// Whether a character is allowed in XML 1.0, section 2.2, and in HTML.
fn is_allowed(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r')
        || (!letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_values_cannot_become_markup() {
        let mut markup = Markup::default();
        let hostile = "<script>\"&'\u{0}\u{b}";
        markup.open("p", &[("title", hostile)]);
        markup.text(hostile);
        assert_eq!(
            markup.finish(),
            "<p title=\"&lt;script>&quot;&amp;'\u{fffd}\u{fffd}\">\
             &lt;script&gt;\"&amp;'\u{fffd}\u{fffd}</p>"
        );
    }

    #[test]
    fn open_elements_are_closed_in_order() {
        let mut markup = Markup::default();
        markup.open("main", &[]);
        markup.open("p", &[]);
        markup.void("br", &[]);
        markup.close();
        markup.element("h2", &[("id", "a")], "b");
        assert_eq!(
            markup.finish(),
            "<main><p><br></p><h2 id=\"a\">b</h2></main>"
        );
    }
}
