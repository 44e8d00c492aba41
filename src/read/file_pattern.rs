//! Patterns of file names, as in `victims*.csv`.

/// A pattern: `*` is any sequence of characters, `?` any one, `[abc]` and `[a-c]` one of several, `[!abc]` any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FilePattern {
    written: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Run,
    Any,
    Just(char),
    OneOf {
        is_negated: bool,
        ranges: Vec<(char, char)>,
    },
}

impl FilePattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// A bracket that is never closed.
    pub(super) fn parse(written: &str) -> Result<Self, &'static str> {
        let mut parts = Vec::new();
        let mut rest = written.chars();
        while let Some(next) = rest.next() {
            parts.push(match next {
                '*' => Part::Run,
                '?' => Part::Any,
                '[' => {
                    let text = rest.as_str();
                    let is_negated = text.starts_with('!');
                    let text = text.strip_prefix('!').unwrap_or(text);
                    // A bracket that comes first is one of the characters.
                    let first = text.chars().next().map_or(0, char::len_utf8);
                    let close = text.get(first..).and_then(|text| text.find(']'));
                    let end = first + close.ok_or("a “[” that is never closed")?;
                    rest = text[end + 1..].chars();
                    Part::OneOf {
                        is_negated,
                        ranges: ranges(&text[..end]),
                    }
                }
                just => Part::Just(just),
            });
        }
        Ok(FilePattern {
            written: written.to_owned(),
            parts,
        })
    }

    /// The pattern as written.
    pub(super) fn written(&self) -> &str {
        &self.written
    }

    /// Whether a file's name matches.
    pub(super) fn fits(&self, name: &str) -> bool {
        let name: Vec<char> = name.chars().collect();
        let (mut part, mut at) = (0, 0);
        // The position of the last `*`, and the part of the name after what it has matched.
        let mut run: Option<(usize, usize)> = None;
        while at < name.len() {
            match self.parts.get(part) {
                Some(Part::Run) => {
                    run = Some((part, at));
                    part += 1;
                }
                Some(one) if one.fits(name[at]) => {
                    part += 1;
                    at += 1;
                }
                _ => match &mut run {
                    // The `*` matches one more.
                    Some((its_part, taken)) => {
                        *taken += 1;
                        part = *its_part + 1;
                        at = *taken;
                    }
                    None => return false,
                },
            }
        }
        self.parts[part..].iter().all(|part| *part == Part::Run)
    }
}

impl Part {
    fn fits(&self, c: char) -> bool {
        match self {
            Part::Run | Part::Any => true,
            Part::Just(just) => *just == c,
            Part::OneOf { is_negated, ranges } => {
                let is_in = ranges.iter().any(|(from, to)| (*from..=*to).contains(&c));
                is_in != *is_negated
            }
        }
    }
}

fn ranges(text: &str) -> Vec<(char, char)> {
    let text: Vec<char> = text.chars().collect();
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let is_range = at + 2 < text.len() && text[at + 1] == '-';
        let to = if is_range { at + 2 } else { at };
        ranges.push((text[at], text[to]));
        at = to + 1;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fits(pattern: &str, name: &str) -> bool {
        FilePattern::parse(pattern).unwrap().fits(name)
    }

    #[test]
    fn names_match_or_do_not() {
        for (pattern, name) in [
            ("victims*.csv", "victims-2016.csv"),
            ("*", ""),
            ("*a*b", "xaxbab"),
            ("ca?es.csv", "cases.csv"),
            ("[a-c]1[!x].csv", "b1y.csv"),
            ("[]]", "]"),
        ] {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("victims*.csv", "victims.csv.gz"),
            ("?", ""),
            ("*a*b", "xaxba"),
            ("[a-c]", "d"),
            ("[!a-c]", "b"),
        ] {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
        assert!(FilePattern::parse("a[b").is_err());
    }

    proptest! {
        /// As in the crate that finds the files.
        #[test]
        fn patterns_mean_what_they_mean_on_the_command_line(pattern in "[ab*?\\[\\]!-]{0,8}", name in "[ab!-]{0,8}") {
            if let (Ok(ours), Ok(theirs)) = (FilePattern::parse(&pattern), glob::Pattern::new(&pattern)) {
                prop_assert_eq!(ours.fits(&name), theirs.matches(&name), "{} {}", pattern, name);
            }
        }
    }
}
