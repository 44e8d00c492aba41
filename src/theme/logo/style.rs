//! What an SVG file says about its text: attributes, `style`, and the rules in its style sheets.

use usvg::roxmltree::{Document, Node};

use crate::text::Face;

/// The rules of a file's style sheets.
pub(super) struct Style {
    /// Selector, property and value, in the order of the file.
    rules: Vec<(String, String, String)>,
}

/// Properties that an element doesn't inherit.
const OF_ITSELF: [&str; 2] = ["opacity", "display"];

impl Style {
    /// Reads the style sheets. Only selectors for one element, class or id count: drawing programs don't write
    /// others.
    pub(super) fn of(document: &Document<'_>) -> Self {
        let mut rules = Vec::new();
        let sheets = document
            .descendants()
            .filter(|node| node.tag_name().name() == "style");
        for sheet in sheets.filter_map(|node| node.text()) {
            for rule in without_comments(sheet).split('}') {
                let Some((selectors, declarations)) = rule.split_once('{') else {
                    continue;
                };
                for selector in selectors.split(',') {
                    let of_rule = of_declarations(declarations);
                    let named =
                        of_rule.map(|(name, value)| (selector.trim().to_owned(), name, value));
                    rules.extend(named);
                }
            }
        }
        Style { rules }
    }

    /// A property of an element, its own or that of the elements around it.
    pub(super) fn get(&self, element: &Node<'_, '_>, name: &str) -> Option<String> {
        let mut around = element.ancestors().filter(Node::is_element);
        if OF_ITSELF.contains(&name) {
            return self.own(element, name);
        }
        around.find_map(|node| self.own(&node, name).filter(|value| value != "inherit"))
    }

    /// In order of precedence: `style`, the rule for its id, for a class, for its name; the attribute.
    fn own(&self, element: &Node<'_, '_>, name: &str) -> Option<String> {
        let declared = element.attribute("style").unwrap_or_default();
        let of_style = of_declarations(declared)
            .filter(|(its, _)| its == name)
            .last();
        let classes: Vec<&str> = element
            .attribute("class")
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let weight = |selector: &str| {
            if let Some(id) = selector.strip_prefix('#') {
                return (element.attribute("id") == Some(id)).then_some(3);
            }
            let (tag, class) = selector.split_once('.').unwrap_or((selector, ""));
            let is_tag = tag.is_empty() || tag == "*" || tag == element.tag_name().name();
            let is_class = class.is_empty() || classes.contains(&class);
            (is_tag && is_class).then_some(if class.is_empty() { 1 } else { 2 })
        };
        let of_rules = || {
            let fitting = self.rules.iter().filter(|(_, its, _)| its == name);
            let weighed =
                fitting.filter_map(|(selector, _, value)| Some((weight(selector)?, value)));
            // Among rules with the same precedence, the last one.
            weighed
                .max_by_key(|(weight, _)| *weight)
                .map(|(_, value)| value.clone())
        };
        of_style
            .map(|(_, value)| value)
            .or_else(of_rules)
            .or_else(|| element.attribute(name).map(str::to_owned))
    }

    /// The size of an element's text in the file's units, if it is a number of pixels, points or a fraction of
    /// another size.
    pub(super) fn font_size(&self, element: &Node<'_, '_>) -> Option<f64> {
        const USUAL: f64 = 16.0;
        let around: Vec<Node<'_, '_>> = element.ancestors().filter(Node::is_element).collect();
        around
            .iter()
            .rev()
            .try_fold(USUAL, |outer, node| match self.own(node, "font-size") {
                Some(size) if size != "inherit" => length(&size, outer).filter(|size| *size > 0.0),
                _ => Some(outer),
            })
    }

    /// The theme's face that is most similar to the one that a text asks for.
    pub(super) fn face(&self, element: &Node<'_, '_>) -> Face {
        let family = self
            .get(element, "font-family")
            .unwrap_or_default()
            .to_lowercase();
        let is_bold_name =
            family.contains("bold") || family.contains("black") || family.contains("heavy");
        let weight = match self.get(element, "font-weight").as_deref().map(str::trim) {
            Some("bold" | "bolder") => 700,
            Some("normal" | "lighter") => 400,
            Some(number) => number.parse().unwrap_or(400),
            None if is_bold_name => 700,
            None => 400,
        };
        match (is_serif(&family), weight) {
            (false, ..500) => Face::Sans,
            (false, 500..700) => Face::SansSemiBold,
            (false, _) => Face::SansBold,
            (true, ..600) => Face::Serif,
            (true, _) => Face::SerifBold,
        }
    }
}

fn is_serif(family: &str) -> bool {
    const KNOWN: [&str; 12] = [
        "times",
        "georgia",
        "garamond",
        "palatino",
        "cambria",
        "merriweather",
        "baskerville",
        "bodoni",
        "caslon",
        "minion",
        "playfair",
        "trajan",
    ];
    if family.contains("sans") {
        return false;
    }
    family.contains("serif") || KNOWN.iter().any(|known| family.contains(known))
}

fn without_comments(sheet: &str) -> String {
    let mut rest = sheet;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest
}

fn of_declarations(declarations: &str) -> impl Iterator<Item = (String, String)> + '_ {
    declarations.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let value = value.replace("!important", "");
        Some((name.trim().to_lowercase(), value.trim().to_owned()))
    })
}

/// A length in the file's units; `em` is the size of the text.
pub(super) fn length(value: &str, em: f64) -> Option<f64> {
    const UNITS: [(&str, f64); 6] = [
        ("px", 1.0),
        ("pt", 4.0 / 3.0),
        ("pc", 16.0),
        ("mm", 96.0 / 25.4),
        ("cm", 96.0 / 2.54),
        ("in", 96.0),
    ];
    let value = value.trim();
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|it| it.is_finite());
    if let Some(part) = value.strip_suffix("em") {
        return number(part).map(|part| part * em);
    }
    if let Some(part) = value.strip_suffix('%') {
        return number(part).map(|part| part * em / 100.0);
    }
    let unit = UNITS.iter().find(|(unit, _)| value.ends_with(unit));
    match unit {
        Some((unit, factor)) => number(value.strip_suffix(unit)?).map(|it| it * factor),
        None => number(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_count_by_their_weight() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg'><style>/* a */ .a,.b{fill:red;font-size:10px} \
                   text{fill:blue} #c{fill:green}</style><g font-size='50%' class='b'>\
                   <text class='a' fill='gray'>1</text><text>2</text><text id='c' class='a'>3</text>\
                   <text class='a' style='fill: black; font-family: Times'>4</text></g></svg>";
        let document = Document::parse(svg).unwrap();
        let style = Style::of(&document);
        let texts = document
            .descendants()
            .filter(|node| node.tag_name().name() == "text");
        let fills: Vec<_> = texts
            .clone()
            .map(|node| style.get(&node, "fill").unwrap())
            .collect();
        assert_eq!(fills, ["red", "blue", "green", "black"]);
        let sizes: Vec<_> = texts
            .clone()
            .map(|node| style.font_size(&node).unwrap())
            .collect();
        assert_eq!(sizes, [10.0; 4]);
        let faces: Vec<_> = texts.map(|node| style.face(&node)).collect();
        assert_eq!(faces, [Face::Sans, Face::Sans, Face::Sans, Face::Serif]);
    }

    #[test]
    fn lengths_have_units() {
        for (value, expected) in [
            ("12", 12.0),
            ("12px", 12.0),
            ("9pt", 12.0),
            ("1.5em", 15.0),
            ("50%", 5.0),
        ] {
            assert_eq!(length(value, 10.0), Some(expected), "{value}");
        }
        for value in ["", "2vw", "large", "NaN"] {
            assert_eq!(length(value, 10.0), None, "{value}");
        }
    }
}
