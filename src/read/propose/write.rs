//! Writes a proposal as a mapping file.

use std::collections::{BTreeMap, BTreeSet};

use super::aliases::{Guess, guess, misspelt};
use super::content::{self, Content};
use super::flags::Flags;
use super::sample::Sample;
use super::{Layout, StateOf};
use crate::failure::is_unprintable;
use crate::read::column::Column;
use crate::read::empties::Empties;
use crate::read::flag::Flag;
use crate::read::header::unnumbered;
use crate::read::known_names::words;
use crate::read::meaning::Meaning;
use crate::read::sheets::Sheets;
use crate::vocabulary::Vocabulary;

/// Unknown values that are listed per column.
const MOST_UNKNOWN: usize = 20;
/// Unused columns of the file that are named.
const MOST_UNUSED: usize = 40;
/// Date forms that are read without being named.
const FORMS_READ: [&str; 2] = ["iso", "month/day/year"];

/// The mapping file, and the part of it that isn't comments.
pub(super) fn toml(
    sample: &Sample,
    layout: &Layout<'_>,
    sheets: &Sheets,
    state: StateOf,
    vocabulary: &Vocabulary,
) -> (String, String) {
    let proposal = Writing {
        sample,
        layout,
        vocabulary,
    };
    let mut out = Lines::default();
    proposal.head(state, &mut out);
    proposal.settings(sheets, &mut out);
    proposal.report(&mut out);
    proposal.columns(state, &mut out);
    proposal.values(&mut out);
    (out.text, out.layout)
}

struct Writing<'a> {
    sample: &'a Sample,
    layout: &'a Layout<'a>,
    vocabulary: &'a Vocabulary,
}

/// The file so far.
#[derive(Default)]
struct Lines {
    text: String,
    /// Without comments.
    layout: String,
}

impl Lines {
    fn line(&mut self, text: &str) {
        self.noted(text, "");
    }

    /// A line with a comment after it.
    fn noted(&mut self, text: &str, note: &str) {
        if !text.starts_with('#') {
            self.layout += text;
            self.layout.push('\n');
        }
        self.text += text;
        if !note.is_empty() {
            self.text += " # ";
            self.text += note;
        }
        self.text.push('\n');
    }

    /// A comment that nothing in its quotations can end.
    fn comment(&mut self, text: &str) {
        let plain: String = text
            .chars()
            .map(|c| if is_unprintable(c) { ' ' } else { c })
            .collect();
        self.line(format!("# {plain}").trim_end());
    }
}

impl Writing<'_> {
    /// What was looked at, and what the proposal leaves out or leaves to a person.
    fn head(&self, state: StateOf, out: &mut Lines) {
        let rows = &self.sample.rows;
        let looked_at = match self.sample.is_whole {
            true => rows_of(rows.len()),
            false => format!("the first {}", rows_of(rows.len())),
        };
        out.comment(&format!(
            "Proposed by `hotline-profile check` from {looked_at}. Check it before you use it: what a \
            column means is guessed from its name and its values. Lines that would change numbers by a \
            guess are commented out."
        ));
        let mut told = self.missing(state);
        told.extend(self.left_out());
        told.extend(self.unused());
        if told.is_empty() {
            return;
        }
        out.comment("");
        out.comment("What it leaves out, or leaves to you:");
        for told in told {
            out.comment(&format!("- {told}"));
        }
    }

    /// The required columns that weren't found, and what replaces them.
    fn missing(&self, state: StateOf) -> Vec<String> {
        let layout = self.layout;
        let mut told = Vec::new();
        if !layout.has(Column::Received) {
            told.push(
                "no column was found for the day that a signal arrived: name one in [columns] as \
                `received`; without it, rows can't be read. If the file has totals, not a row for each \
                signal, give them as a statistics table (input/examples/statistics)"
                    .to_owned(),
            );
        }
        if !layout.has(Column::SignalId) {
            told.push(
                "no column was found for the ids of signals: each row counts as a signal of its own, and a \
                row that appears twice counts twice"
                    .to_owned(),
            );
        }
        match state {
            StateOf::Column => {}
            StateOf::Cells => {
                let name = layout.content(Column::City).map(|city| city.name.as_str());
                told.push(format!(
                    "no column was found for states: each row takes the one that “{}” names; a row that \
                    names none there is in no state",
                    name.unwrap_or_default()
                ));
            }
            StateOf::Places(state) => told.push(format!(
                "no column was found for states: all rows are taken to be about {}, where their places are",
                state.name()
            )),
            StateOf::Nothing(state) => told.push(format!(
                "nothing in the file says which states the rows are about: all are taken to be about {}, \
                the state of this run; if they are about another, change it under [columns]",
                state.name()
            )),
        }
        if !layout.has(Column::CaseId) {
            told.push(
                "no column was found for the ids of cases: nothing about cases is counted; if each row is a \
                case of its own, write cases = \"one per row\""
                    .to_owned(),
            );
        }
        told
    }

    /// Rows and values that don't count as they are.
    fn left_out(&self) -> Vec<String> {
        let layout = self.layout;
        let around = &self.sample.around;
        let mut told = Vec::new();
        let chosen = layout
            .chosen
            .values()
            .map(|field| &layout.columns[*field].name);
        for name in chosen.filter(|name| unnumbered(name) != name.as_str()) {
            let written = unnumbered(name);
            let is_like =
                |other: &&Content| other.name != *name && unnumbered(&other.name) == written;
            if layout.columns.iter().any(|other| is_like(&other)) {
                told.push(format!(
                    "several columns are called “{written}”: “{name}” is the one that is used"
                ));
            }
        }
        let repeated = self.repeated_ids() - self.undated_repeats();
        if repeated > 0 {
            told.push(format!(
                "{} with the id of an earlier row, counted as duplicates: see unit",
                rows_of(repeated)
            ));
        }
        let undated = self.undated_repeats();
        if undated > 0 {
            told.push(format!(
                "{} with the id of an earlier row and without a date, rejected: if they tell more of the signal \
                above, see unit and fill_down",
                rows_of(undated)
            ));
        }
        if let Some(case) = layout.content(Column::CaseId)
            && case.blank > 0
        {
            told.push(format!(
                "“{}” is empty in {}: these signals don't belong to a case",
                case.name,
                rows_of(case.blank as usize)
            ));
        }
        if let Some(footer) = &around.footer {
            told.push(format!(
                "{} below the last full one, from “{footer}” on, probably a footer: see [report]",
                rows_of(around.footer_rows)
            ));
        }
        if around.total_rows > 0 {
            told.push(format!(
                "{} probably with sums of other rows: see [report]",
                rows_of(around.total_rows)
            ));
        }
        if around.uneven_rows > 0 {
            told.push(format!(
                "{} with more or fewer fields than the header, rejected: see uneven_rows",
                rows_of(around.uneven_rows)
            ));
        }
        let unknown = self.unknown_columns();
        if !unknown.is_empty() {
            told.push(format!(
                "values that the vocabulary doesn't have aren't counted: see {}",
                unknown.join(", ")
            ));
        }
        for flags in &layout.unused_flags {
            told.push(format!(
                "{} columns answer yes or no about {}: see there",
                flags.flags.len(),
                flags.column.name()
            ));
        }
        told
    }

    /// The unused columns of the file.
    fn unused(&self) -> Option<String> {
        let columns = self.layout.columns.iter().enumerate();
        let unused = columns.filter(|(field, content)| {
            !self.layout.is_used(*field) && !content.name.is_empty() && content.filled > 0
        });
        let names: Vec<String> = unused
            .map(|(_, content)| match content.label.is_empty() {
                true => format!("“{}”", content.name),
                false => format!("“{}” ({})", content.name, content.label),
            })
            .collect();
        if names.is_empty() {
            return None;
        }
        let more = match names.len().saturating_sub(MOST_UNUSED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let named: Vec<String> = names.into_iter().take(MOST_UNUSED).collect();
        Some(format!("columns not used: {}{more}", named.join(", ")))
    }

    /// Tables of values that a person has to decide about.
    fn unknown_columns(&self) -> Vec<String> {
        let columns = self.coded();
        let unknown = columns.filter(|(column, meaning, contents)| {
            let meant = self.meant(*column, *meaning, contents);
            meant.iter().any(|meant| !meant.is_sure)
        });
        unknown
            .map(|(column, ..)| format!("[values.{}]", column.name()))
            .collect()
    }

    fn settings(&self, sheets: &Sheets, out: &mut Lines) {
        out.line("");
        if let Some(encoding) = self.sample.encoding {
            out.line(&format!("encoding = {}", quoted(encoding)));
        }
        match sheets {
            Sheets::Alike => {}
            Sheets::One(name) => out.line(&format!("sheet = {}", quoted(name))),
            Sheets::Several(names) => out.line(&format!("sheet = {}", list(names))),
        }
        if self.sample.header_rows > 1 {
            out.line(&format!("header_rows = {}", self.sample.header_rows));
        }
        let separators = self.separators();
        if !separators.is_empty() {
            let each = separators.iter();
            let each =
                each.map(|(column, separator)| format!("{column} = [{}]", quoted(separator)));
            let each: Vec<String> = each.collect();
            out.line(&format!("separators = {{ {} }}", each.join(", ")));
        }
        let degrees = self.layout.content(Column::Latitude);
        if degrees.is_some_and(|degrees| degrees.share(|text| text.contains(',')) > 0.5) {
            out.line("decimal = \",\"");
        }
        let form = self
            .layout
            .content(Column::Received)
            .and_then(Content::date_form);
        if let Some(form) = form.filter(|form| !FORMS_READ.contains(form)) {
            out.line(&format!("dates = [{}]", quoted(form)));
        }
        if !self.layout.has(Column::CaseId) {
            out.line("cases = \"none\"");
        }
        let repeated = self.repeated_ids();
        if repeated > 0 {
            out.line(&format!(
                "# unit = \"victims\" # {} would be further victims of a signal",
                rows_of(repeated)
            ));
        }
        if self.sample.around.uneven_rows > 0 {
            out.line(&format!(
                "# uneven_rows = \"pad\" # {} would be read",
                rows_of(self.sample.around.uneven_rows)
            ));
        }
    }

    /// Rows with a signal id that an earlier row has.
    fn repeated_ids(&self) -> usize {
        let ids = self.layout.content(Column::SignalId);
        ids.map_or(0, |ids| ids.filled as usize - ids.values.len())
    }

    /// Of them, those without a date.
    fn undated_repeats(&self) -> usize {
        let field = |column: Column| self.layout.chosen.get(&column).copied();
        let (Some(id), Some(day)) = (field(Column::SignalId), field(Column::Received)) else {
            return 0;
        };
        let mut seen = BTreeSet::new();
        let rows = self.sample.rows.iter();
        let repeats = rows.filter(|row| !row[id].is_empty() && !seen.insert(row[id].as_str()));
        repeats.filter(|row| row[day].is_empty()).count()
    }

    /// What stands between the values of columns where it is not `;`.
    fn separators(&self) -> BTreeMap<&'static str, &'static str> {
        let columns = self.coded().filter_map(|(column, meaning, contents)| {
            let separator = contents.first()?.separator(meaning);
            (separator != content::SEPARATOR).then_some((column.name(), separator))
        });
        columns.collect()
    }

    /// What is around the rows, and columns in which empty cells may repeat the cell above.
    fn report(&self, out: &mut Lines) {
        let around = &self.sample.around;
        let filled_down = self.filled_down();
        if around.totals.is_empty() && around.footer.is_none() && filled_down.is_empty() {
            return;
        }
        out.line("\n[report]");
        if !around.totals.is_empty() {
            out.line(&format!(
                "# totals = {} # {} would be skipped",
                list(&around.totals),
                rows_of(around.total_rows)
            ));
        }
        if let Some(footer) = &around.footer {
            out.line(&format!(
                "# footer = [{}] # {} would be skipped",
                quoted(footer),
                rows_of(around.footer_rows)
            ));
        }
        let most = filled_down.iter().map(|content| content.blank).max();
        if let Some(most) = most {
            let names: Vec<&str> = filled_down.iter().map(|it| it.name.as_str()).collect();
            out.line(&format!(
                "# fill_down = {} # {} would take the value of the cell above",
                list(&names),
                rows_of(most as usize)
            ));
        }
    }

    /// Columns that a grouped report may have filled only in the first row of a group. Never ids: an empty case id
    /// says that a signal belongs to no case.
    fn filled_down(&self) -> Vec<&Content> {
        let is_report = self.sample.has_titles || self.sample.around.total_rows > 0;
        // Rows of victims below those of their signals, as REDCap writes them, are still where the signal is.
        let has_parts = self.undated_repeats() > 0;
        let chosen = self
            .layout
            .chosen
            .iter()
            .filter(|(column, _)| match column {
                Column::Received | Column::State => is_report || has_parts,
                Column::County | Column::City => is_report,
                _ => false,
            });
        let contents = chosen.map(|(_, field)| &self.layout.columns[*field]);
        contents
            .filter(|content| content.blank > 0 && content.begins_filled)
            .collect()
    }

    fn columns(&self, state: StateOf, out: &mut Lines) {
        out.line("\n[columns]");
        for column in Column::all(self.vocabulary) {
            self.column(column, state, out);
        }
    }

    fn column(&self, column: Column, state: StateOf, out: &mut Lines) {
        let name = column.name();
        let layout = self.layout;
        let flags = layout.flags.iter().find(|flags| flags.column == column);
        let unused_flags = layout.unused_flags.iter();
        let unused_flags: Vec<&Flags> = unused_flags
            .filter(|flags| flags.column == column)
            .collect();
        if let Some(&field) = layout.chosen.get(&column) {
            let first = &layout.columns[field].name;
            let origin = match layout.further.get(&column) {
                None => quoted(first),
                Some(further) => {
                    let further = further.iter().map(|field| &layout.columns[*field].name);
                    let names: Vec<&String> = std::iter::once(first).chain(further).collect();
                    list(&names)
                }
            };
            out.line(&format!("{name} = {origin}"));
        } else if let Some(flags) = flags {
            out.line(&format!("{name} = {}", self.flags(flags)));
        } else if column == Column::SignalId {
            out.line(&format!("{name} = {{ row_number = \"row \" }}"));
        } else if column == Column::State
            && let StateOf::Places(state) | StateOf::Nothing(state) = state
        {
            out.line(&format!(
                "{name} = {{ constant = {} }}",
                quoted(state.code())
            ));
        } else if column == Column::State
            && let StateOf::Cells = state
        {
            out.noted(
                &format!("{name} = {{ constant = \"\" }}"),
                "as the cell of the city says",
            );
        } else if unused_flags.is_empty() {
            out.line(&format!("# {name} = \"…\""));
        }
        for flags in unused_flags {
            let note = match flags.are_named() {
                true => "says the same with yes and no",
                false => "write what each yes means",
            };
            out.line(&format!("# {name} = {} # {note}", self.flags(flags)));
        }
    }

    fn flags(&self, flags: &Flags) -> String {
        let each = flags.flags.iter().map(|(field, value)| {
            let name = &self.layout.columns[*field].name;
            format!(
                "{} = {}",
                quoted(name),
                quoted(value.as_deref().unwrap_or("…"))
            )
        });
        let each: Vec<String> = each.collect();
        format!("{{ flags = {{ {} }} }}", each.join(", "))
    }

    /// What values that aren't in the vocabulary mean.
    fn values(&self, out: &mut Lines) {
        for (column, meaning, contents) in self.coded() {
            let meant = self.meant(column, meaning, &contents);
            if meant.is_empty() {
                continue;
            }
            out.line(&format!("\n[values.{}]", column.name()));
            for value in meant.iter().take(MOST_UNKNOWN) {
                let mark = if value.is_sure { "" } else { "# " };
                out.noted(
                    &format!("{mark}{} = {}", quoted(value.value), quoted(value.name)),
                    &rows_of(value.rows as usize),
                );
            }
            if meant.len() > MOST_UNKNOWN {
                out.line(&format!("# and {} more", meant.len() - MOST_UNKNOWN));
            }
        }
    }

    /// What values of a column mean that don't mean it by themselves; the commonest first, but what is sure
    /// before what may be cut off.
    fn meant<'w>(
        &'w self,
        column: Column,
        meaning: Meaning<'w>,
        contents: &[&'w Content],
    ) -> Vec<Meant<'w>> {
        let mut asked = self.layout.questions.iter();
        let question = asked
            .find(|(asked, _)| *asked == column)
            .map(|(_, meant)| Question::of(meant, meaning, contents));
        let mut rows: BTreeMap<&str, u64> = BTreeMap::new();
        let empties = Empties::standard();
        for content in contents {
            for (value, count) in content.parts(content.separator(meaning), meaning) {
                let is_open = meaning.code(value).is_none() && !empties.has(value.as_bytes());
                if is_open || question.is_some() {
                    *rows.entry(value).or_default() += count;
                }
            }
        }
        // States have names that share words, and none is another's.
        let is_state = matches!(column, Column::State | Column::CallerState);
        let guess = |value| match guess(value, &self.words_of(column), meaning) {
            _ if is_state => (misspelt(value, meaning).unwrap_or("…"), false),
            Guess::Shares(name) => (name, true),
            Guess::Perhaps(name) => (name.unwrap_or("…"), false),
        };
        let mut meant: Vec<Meant<'_>> = rows
            .into_iter()
            .map(|(value, rows)| {
                let answered = question.as_ref().and_then(|asked| asked.answer(value));
                let (name, is_sure) = answered.unwrap_or_else(|| guess(value));
                Meant {
                    value,
                    name,
                    is_sure,
                    rows,
                }
            })
            .collect();
        meant.sort_by_key(|meant| {
            (
                std::cmp::Reverse(meant.is_sure),
                std::cmp::Reverse(meant.rows),
            )
        });
        meant
    }

    /// The words by which a column calls itself.
    fn words_of(&self, column: Column) -> String {
        let group = column
            .group()
            .and_then(|group| self.vocabulary.groups().get(group));
        let heading = group.map_or("", |group| group.heading.as_str());
        format!("{} {heading}", column.name())
    }

    /// The columns whose values are known, with the fields that they come from.
    fn coded(&self) -> impl Iterator<Item = (Column, Meaning<'_>, Vec<&Content>)> {
        self.layout.chosen.iter().filter_map(|(&column, &field)| {
            let meaning = Meaning::of(column, self.vocabulary)?;
            let further = self.layout.further.get(&column).into_iter().flatten();
            let fields = std::iter::once(field).chain(further.copied());
            let contents = fields.map(|field| &self.layout.columns[field]);
            Some((column, meaning, contents.collect()))
        })
    }
}

/// What a value means.
struct Meant<'w> {
    value: &'w str,
    name: &'w str,
    /// Whether that is no guess.
    is_sure: bool,
    rows: u64,
}

/// A column whose name asks whether one value is meant: "Minor?", "US citizen?".
struct Question<'w> {
    asked: &'w str,
    /// The other value, where there is only one.
    other: Option<&'w str>,
    /// Whether the name has the value's whole name, so that a no means the other.
    is_whole: bool,
    meaning: Meaning<'w>,
}

impl<'w> Question<'w> {
    fn of(asked: &'w str, meaning: Meaning<'w>, contents: &[&Content]) -> Self {
        let is_whole = contents.iter().all(|content| {
            let says = words(&format!("{} {}", content.name, content.label));
            words(asked).iter().all(|word| says.contains(word))
        });
        Question {
            asked,
            other: other_of_two(meaning, asked),
            is_whole,
            meaning,
        }
    }

    /// What an answer means, and whether that is no guess; `None` where it answers nothing. A code that is also
    /// an age must mean something, so that it isn't read as one.
    fn answer(&self, value: &str) -> Option<(&'w str, bool)> {
        let is_number = self.meaning.code(value).is_some();
        match content::answer(value) {
            Flag::Yes => Some((self.asked, true)),
            Flag::No if self.is_whole && self.other.is_some() => Some((self.other?, true)),
            Flag::No if is_number => Some(("", true)),
            Flag::No => Some((self.other.unwrap_or("…"), false)),
            Flag::Unknown if content::is_unanswered(value) => Some(("", true)),
            Flag::Unknown => None,
        }
    }
}

fn rows_of(count: usize) -> String {
    match count {
        1 => "1 row".to_owned(),
        count => format!("{count} rows"),
    }
}

fn list(texts: &[impl AsRef<str>]) -> String {
    let each: Vec<String> = texts.iter().map(|text| quoted(text.as_ref())).collect();
    format!("[{}]", each.join(", "))
}

/// The other of two entries; `None` if there are more.
fn other_of_two<'v>(meaning: Meaning<'v>, name: &str) -> Option<&'v str> {
    let mut others = meaning.names().filter(|other| *other != name);
    let other = others.next();
    other.filter(|_| others.next().is_none())
}

/// A text as TOML, on one line whatever it contains, because it may be in a comment.
fn quoted(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            _ if is_unprintable(c) => out += &format!("\\U{:08X}", u32::from(c)),
            _ => out.push(c),
        }
    }
    out + "\""
}
