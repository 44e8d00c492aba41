//! Texts in a profile, each in one language or in several.

/// A text, and the language of each of its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// BCP 47 tag and text; at least one.
    versions: Vec<(String, String)>,
}

impl Text {
    /// A text in one language, by its BCP 47 tag.
    pub fn in_one(language: impl Into<String>, text: impl Into<String>) -> Self {
        Text {
            versions: vec![(language.into(), text.into())],
        }
    }

    /// The same text in several languages; `None` if there are none.
    pub fn in_several(versions: Vec<(String, String)>) -> Option<Self> {
        (!versions.is_empty()).then_some(Text { versions })
    }

    /// The version for a sheet in a language: the text, and its language. If there is none in the sheet's language,
    /// the first one.
    pub fn version<'a>(&'a self, language: &'a str) -> (&'a str, &'a str) {
        let exact = self.versions.iter().find(|(tag, _)| tag == language);
        let alike = || {
            let mut versions = self.versions.iter();
            versions.find(|(tag, _)| primary(tag) == primary(language))
        };
        let found = exact.or_else(alike).or(self.versions.first());
        found.map_or(("", language), |(tag, text)| (text, tag))
    }

    /// The same with something after each version.
    pub fn followed_by(mut self, end: &str) -> Self {
        for (_, text) in &mut self.versions {
            text.push_str(end);
        }
        self
    }

    /// The first version, as for messages.
    pub fn first(&self) -> &str {
        self.versions.first().map_or("", |(_, text)| text)
    }
}

/// The language in a tag without its region: `es` for `es-PR`.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_uses_the_version_in_its_language_or_the_first() {
        let both = Text::in_several(vec![
            ("en-US".to_owned(), "Task force".to_owned()),
            ("es-PR".to_owned(), "Grupo de trabajo".to_owned()),
        ])
        .unwrap();
        assert_eq!(both.version("en-US"), ("Task force", "en-US"));
        assert_eq!(both.version("es-US"), ("Grupo de trabajo", "es-PR"));
        assert_eq!(both.version("fr"), ("Task force", "en-US"));
        assert_eq!(Text::in_one("es", "Ley").version("en-US"), ("Ley", "es"));
        assert_eq!(Text::in_several(Vec::new()), None);
    }
}
