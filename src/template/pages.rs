//! The workbook's pages for laws, efforts and hotlines, as part of a state's profile.

use crate::failure::{Failure, Outcome, Position, nearest};
use crate::jurisdiction::Jurisdiction;
use crate::profile::Profile;
use crate::read::{self, EFFORTS, HOTLINES, Input, LAWS, Limits, OwnPage, PageText};

/// The lists on the page for efforts, with their names in the profile.
pub(super) const LISTS: [&str; 3] = ["collaborations", "resources", "funding"];

/// The column that says which state a row is about.
const STATE: &str = "state";
/// The column that says which list an effort is in.
const LIST: &str = "list";

/// The rows of a workbook's pages that are part of profiles.
#[derive(Clone, Debug, Default)]
pub struct ProfilePages {
    rows: Vec<Row>,
}

/// A row of a page.
#[derive(Clone, Debug)]
struct Row {
    page: OwnPage,
    /// The name of the page in messages.
    name: String,
    /// From 1.
    number: u64,
    /// `None`: the state that the sheet is for.
    state: Option<Jurisdiction>,
    /// As wide as the page's header.
    cells: Vec<String>,
}

/// The rows of a workbook's pages; none if it has none, or isn't a workbook.
///
/// # Errors
/// A workbook that can't be read; a row with a state that doesn't exist.
pub fn profile_pages(input: &Input, limits: Limits) -> Outcome<ProfilePages> {
    let mut rows = Vec::new();
    for page in read::profile_pages(input, limits)? {
        read_page(&page, &mut rows)?;
    }
    Ok(ProfilePages { rows })
}

fn read_page(page: &PageText, rows: &mut Vec<Row>) -> Outcome<()> {
    let unreadable = |error: csv::Error| {
        Failure::data(format!("can't read the page: {error}")).at(Position::file(&*page.name))
    };
    // A line is a row of the page, and no cell has a line break. The first line is the header.
    for (number, line) in (1..).zip(page.csv.split(|byte| *byte == b'\n')).skip(1) {
        let mut record = csv::StringRecord::new();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(line);
        reader.read_record(&mut record).map_err(unreadable)?;
        let head = page.page.head;
        let cell = |column: usize| record.get(column).unwrap_or_default().trim().to_owned();
        let cells: Vec<String> = (0..head.len()).map(cell).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        let mut row = Row {
            page: page.page,
            name: page.name.clone(),
            number,
            state: None,
            cells,
        };
        let state = row.cell(STATE).to_owned();
        if !state.is_empty() {
            let known = Jurisdiction::from_code_or_name(&state);
            row.state = Some(known.ok_or_else(|| row.no_state(&state))?);
        }
        rows.push(row);
    }
    Ok(())
}

impl Row {
    fn column(&self, name: &str) -> Option<usize> {
        self.page.head.iter().position(|column| *column == name)
    }

    fn cell(&self, name: &str) -> &str {
        let cell = self.column(name).and_then(|column| self.cells.get(column));
        cell.map_or("", String::as_str)
    }

    fn position(&self, column: Option<usize>) -> Position {
        let column = column.map(|column| column as u64 + 1);
        Position::line(&*self.name, self.number, column)
    }

    fn no_state(&self, state: &str) -> Failure {
        let names = Jurisdiction::all().flat_map(|state| [state.code(), state.name()]);
        Failure::data(format!("“{state}” isn't a state or territory"))
            .at(self.position(self.column(STATE)))
            .remedy(match nearest(state, names) {
                Some(near) => format!("did you mean {near}?"),
                None => "choose one from the list".to_owned(),
            })
    }

    /// The list in the profile that the row belongs to.
    fn list(&self) -> Outcome<&'static str> {
        if self.page == LAWS {
            return Ok("laws");
        }
        if self.page == HOTLINES {
            return Ok("hotlines");
        }
        let list = self.cell(LIST).to_lowercase();
        let known = LISTS.into_iter().find(|known| *known == list);
        known.ok_or_else(|| {
            Failure::data(format!("“{}” isn't a list of efforts", self.cell(LIST)))
                .at(self.position(self.column(LIST)))
                .remedy(format!("choose one of {}", LISTS.join(", ")))
        })
    }
}

/// Rows as a profile file, and where each of its lines comes from.
#[derive(Default)]
struct Written<'r> {
    text: String,
    /// For each line: the row, and the cell if it comes from one.
    lines: Vec<(&'r Row, Option<usize>)>,
}

impl<'r> Written<'r> {
    fn add(&mut self, row: &'r Row) -> Outcome<()> {
        self.line(&format!("[[{}]]", row.list()?), row, None);
        for (column, (name, cell)) in row.page.head.iter().zip(&row.cells).enumerate() {
            if cell.is_empty() || [STATE, LIST].contains(name) {
                continue;
            }
            let text = toml::Value::String(cell.clone());
            self.line(&format!("{name} = {text}"), row, Some(column));
        }
        Ok(())
    }

    fn line(&mut self, line: &str, row: &'r Row, column: Option<usize>) {
        self.text.push_str(line);
        self.text.push('\n');
        self.lines.push((row, column));
    }

    /// As a file. Its first line names the state.
    fn file(&self, state: Jurisdiction) -> String {
        format!("state = \"{state}\"\n{}", self.text)
    }

    /// An error in the profile, at the cell that it comes from.
    fn blame(&self, failure: Failure) -> Failure {
        match failure.position.clone() {
            Some(position) => failure.at(self.cell(position)),
            None => failure,
        }
    }

    /// The cell that a line of the profile comes from.
    fn cell(&self, position: Position) -> Position {
        // The first line names the state.
        let line = position
            .line
            .and_then(|line| usize::try_from(line).ok()?.checked_sub(2));
        let cell = line.and_then(|line| self.lines.get(line));
        cell.map_or(position, |(row, column)| row.position(*column))
    }
}

impl ProfilePages {
    /// A state's profile, with its lists replaced by those on the pages; a list without rows stays as it was. A row
    /// without a state is about the sheet's state, if only one sheet is made.
    ///
    /// # Errors
    /// With page, row and column: what a profile can't contain; a row without a state if `is_only_state` is false.
    pub fn complete(
        &self,
        mut profile: Profile,
        state: Jurisdiction,
        is_only_state: bool,
    ) -> Outcome<Profile> {
        let written = self.written(state, is_only_state)?;
        let text = written.file(state);
        let of_pages = Profile::parse("the pages of the workbook", &text, state)
            .map_err(|failure| written.blame(failure))?;
        let Profile {
            laws,
            collaborations,
            resources,
            funding,
            hotlines,
            printed,
            ..
        } = of_pages;
        let printed = printed.moved(|position| written.cell(position));
        profile.printed.add_all(printed);
        if !laws.is_empty() {
            profile.laws = laws;
            profile.laws_reviewed = None;
        }
        replace(&mut profile.collaborations, collaborations);
        replace(&mut profile.resources, resources);
        replace(&mut profile.funding, funding);
        replace(&mut profile.hotlines, hotlines);
        Ok(profile)
    }
}

impl ProfilePages {
    /// What the pages have for a state, as a profile file with only those lists; a row without a state is about this
    /// one.
    ///
    /// # Errors
    /// An effort in a list that doesn't exist.
    pub fn toml(&self, state: Jurisdiction) -> Outcome<String> {
        self.written(state, true).map(|written| written.file(state))
    }

    fn written(&self, state: Jurisdiction, is_only_state: bool) -> Outcome<Written<'_>> {
        let mut written = Written::default();
        for row in &self.rows {
            if row.state.is_none() && !is_only_state {
                return Err(Failure::data("the row doesn't say which state it is about")
                    .at(row.position(row.column(STATE)))
                    .remedy(
                        "choose the state in the first column: you are making sheets for several states",
                    ));
            }
            if row.state.is_none_or(|of_row| of_row == state) {
                written.add(row)?;
            }
        }
        Ok(written)
    }
}

fn replace<T>(list: &mut Vec<T>, with: Vec<T>) {
    if !with.is_empty() {
        *list = with;
    }
}

/// The pages that are read, for the code that writes them.
pub(super) const PAGES: [OwnPage; 3] = [LAWS, EFFORTS, HOTLINES];
