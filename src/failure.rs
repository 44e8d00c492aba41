//! Error messages: where the error is, what is wrong, and how to fix it.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

/// A place in a text file, as editors and spreadsheets count: lines and columns from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The file as the user named it, or `<standard input>`.
    pub file: String,
    /// Line from 1; `None` if the whole file is meant.
    pub line: Option<u64>,
    /// Column from 1: a character in TOML, a field in CSV.
    pub column: Option<u64>,
}

impl Position {
    /// The whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Position {
            file: file.into(),
            line: None,
            column: None,
        }
    }

    /// A line of a file, and a column if it is known.
    pub fn line(file: impl Into<String>, line: u64, column: Option<u64>) -> Self {
        Position {
            file: file.into(),
            line: Some(line),
            column,
        }
    }

    /// The character at a byte offset in a text.
    pub fn in_text(file: impl Into<String>, text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position::line(
            file,
            before.matches('\n').count() as u64 + 1,
            Some(before[line_start..].chars().count() as u64 + 1),
        )
    }
}

/// The most characters of a cell that a message quotes.
const MOST_LETTERS: usize = 40;

/// A cell as a message quotes it: only its beginning, because a long text may be somebody's story.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_LETTERS) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

impl fmt::Display for Position {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&escaped(&self.file))?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
            if let Some(column) = self.column {
                write!(out, ":{column}")?;
            }
        }
        Ok(())
    }
}

/// The cause of the error, which decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The data or a file is bad: exit code 1.
    Data,
    /// The command line asks for something impossible: exit code 2.
    Usage,
    /// A bug in the program, whatever its input: exit code 3.
    Bug,
}

/// What the user can choose differently, if the choice causes the failure. Whoever offers the choice says how to make
/// it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A mapping file, for a file with another layout.
    Mapping,
    /// The files of the data.
    Files,
    /// The period and the year.
    Period,
    /// The state.
    State,
    /// Statistics tables with exact counts.
    ExactCounts,
}

/// One error that ends the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What caused it.
    pub kind: Kind,
    /// Where it is, if a file causes it.
    pub position: Option<Position>,
    /// What is wrong, with the offending value.
    pub message: String,
    /// What to do about it.
    pub remedy: Option<String>,
    /// What else to choose.
    pub choice: Option<Choice>,
}

/// What to do about a bug. Data never leave the user's computer, not even in a bug report.
pub const REPORT: &str = "please report it with this message, the program's version and the command; never send the data: make similar data with `hotline-profile sample`";

/// The result of every stage.
pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// The data or a file is bad.
    pub fn data(message: impl Into<String>) -> Self {
        Failure {
            kind: Kind::Data,
            position: None,
            message: message.into(),
            remedy: None,
            choice: None,
        }
    }

    /// The command line asks for something impossible.
    pub fn usage(message: impl Into<String>) -> Self {
        Failure {
            kind: Kind::Usage,
            ..Failure::data(message)
        }
    }

    /// Something impossible, unless the program itself is wrong.
    pub fn bug(what: impl fmt::Display) -> Self {
        Failure {
            kind: Kind::Bug,
            ..Failure::data(format!("this is a bug in hotline-profile: {what}"))
        }
        .remedy(REPORT)
    }

    /// Adds the position.
    pub fn at(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }

    /// Adds what to do.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// Adds what else to choose.
    pub fn choose(mut self, choice: Choice) -> Self {
        self.choice = Some(choice);
        self
    }

    /// A file that can't be read or written, with the system's reason.
    pub fn io(action: &str, path: &Path, error: &io::Error) -> Self {
        let failure = Failure::data(format!("can't {action}: {}", Failure::reason(error)))
            .at(Position::file(path.display().to_string()));
        match error.kind() {
            ErrorKind::NotFound => failure.remedy("check the path and its spelling"),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                failure.remedy("choose another folder, or ask for permission to use this one")
            }
            ErrorKind::IsADirectory => {
                failure.remedy("there is a folder of this name: name a file, or move the folder")
            }
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
                failure.remedy("there is a file where a folder is needed: choose another folder")
            }
            ErrorKind::InvalidData => failure.remedy("save the file as UTF-8 text"),
            ErrorKind::StorageFull => {
                failure.remedy("free up space on the disk, or choose another folder")
            }
            _ => failure,
        }
    }

    /// The system's reason in words, without its error number.
    pub fn reason(error: &io::Error) -> String {
        let text = error.to_string();
        match text.find(" (os error") {
            Some(end) => text[..end].to_owned(),
            None => text,
        }
    }

    /// The process's exit code: 1 for bad data, 2 for wrong usage, 3 for a bug.
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            Kind::Data => 1,
            Kind::Usage => 2,
            Kind::Bug => 3,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(position) = &self.position {
            write!(out, "{position}: ")?;
        }
        write_harmless(out, &self.message)?;
        if let Some(remedy) = &self.remedy {
            out.write_str("\n  help: ")?;
            write_harmless(out, remedy)?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

/// Writes a text that may quote a file, so that no escape sequence in it reaches the terminal. Line breaks stay.
fn write_harmless(out: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.write_str("\n")?;
        }
        out.write_str(&escaped(line))?;
    }
    Ok(())
}

/// Whether a character is invisible, or changes the order of others: control, zero-width and bidirectional characters
/// (Unicode's UAX #9).
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A number of things, with a plural if there isn't exactly one: "1 row", "2 rows".
pub fn counted(count: u64, thing: &str) -> String {
    match count {
        1 => format!("1 {thing}"),
        count => format!("{count} {thing}s"),
    }
}

/// The text with such characters written out, as in `\u{202e}`.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unprintable(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// The candidate most similar to a misspelled word, if one is similar enough.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| {
            // Among similar candidates, the one that takes the fewest typing errors.
            let slips = |candidate| strsim::damerau_levenshtein(word, candidate);
            slips(b.1).cmp(&slips(a.1)).then(a.0.total_cmp(&b.0))
        })
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bug_is_marked_as_one_and_says_what_to_report() {
        let bug = Failure::bug("pages are missing");
        assert_eq!(bug.exit_code(), 3);
        let text = bug.to_string();
        assert!(
            text.contains("pages are missing") && text.contains("report it"),
            "{text}"
        );
        assert!(text.contains("never send the data"), "{text}");
    }

    #[test]
    fn quoted_text_in_messages_cannot_control_a_terminal() {
        let failure = Failure::data("unknown value “\u{1b}[2J\u{202e}é\r”\nin 2 lines")
            .remedy("not \u{7}")
            .at(Position::file("a\u{1b}.csv"));
        assert_eq!(
            failure.to_string(),
            "a\\u{1b}.csv: unknown value “\\u{1b}[2J\\u{202e}é\\u{d}”\nin 2 lines\n  help: not \\u{7}"
        );
    }
}
