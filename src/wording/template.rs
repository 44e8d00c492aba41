//! Texts with placeholders: `Top {count} venues`.

use std::fmt::Write;

/// A text in the wording file, with its `{placeholders}` located.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Placeholder(String),
}

impl Template {
    /// Reads a text; `allowed` are the placeholders that the sheet fills in.
    ///
    /// # Errors
    /// A message that names the wrong brace or placeholder.
    pub fn parse(text: &str, allowed: &[&str]) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find(['{', '}']) {
            if open > 0 {
                pieces.push(Piece::Text(rest[..open].to_owned()));
            }
            let after = &rest[open..];
            let close = after.find('}').filter(|&close| close > 0);
            let Some(close) = close else {
                return Err(format!("a brace without its partner in “{text}”"));
            };
            let name = &after[1..close];
            if !allowed.contains(&name) {
                return Err(if allowed.is_empty() {
                    format!("{{{name}}} can't be filled in here; this text takes no placeholder")
                } else {
                    let known: Vec<_> = allowed.iter().map(|name| format!("{{{name}}}")).collect();
                    format!(
                        "{{{name}}} can't be filled in here; this text takes {}",
                        known.join(", ")
                    )
                });
            }
            pieces.push(Piece::Placeholder(name.to_owned()));
            rest = &after[close + 1..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Template { pieces })
    }

    /// The text with its placeholders filled in; one without a value stays empty.
    pub fn fill(&self, values: &[(&str, &str)]) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Placeholder(name) => {
                    let value = values.iter().find(|(known, _)| known == name);
                    // Writing to a string can't fail.
                    let _ = write!(text, "{}", value.map_or("", |(_, value)| value));
                }
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_in() {
        let template = Template::parse("In {state}, {year}", &["state", "year"]).unwrap();
        let text = template.fill(&[("state", "Utah"), ("year", "2016")]);
        assert_eq!(text, "In Utah, 2016");
    }

    #[test]
    fn unknown_placeholders_and_lone_braces_are_errors() {
        let message = Template::parse("In {sate}", &["state"]).unwrap_err();
        assert!(
            message.contains("{sate}") && message.contains("{state}"),
            "{message}"
        );
        assert!(Template::parse("In {state", &["state"]).is_err());
        assert!(Template::parse("In state}", &["state"]).is_err());
        assert!(Template::parse("{}", &["state"]).is_err());
    }
}
