//! Finds the columns of a file by their names in the header.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::column::{Column, Slot, spelling};
use super::mapping::{CaseRule, Mapping, Origin};
use super::recipe::Recipe;
use super::records::Record;
use super::trim::trim_str;
use crate::failure::{Choice, Failure, Outcome, Position, nearest};

const REQUIRED: [Column; 3] = [Column::SignalId, Column::Received, Column::State];

/// Which field of a row is which column, and what to do for the others.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// Index of the field, by column; for a column that is made from several, the first.
    fields: Vec<Option<usize>>,
    /// The columns, by number.
    columns: Vec<Option<Column>>,
    /// Columns with cells that have to be made.
    pub recipes: Vec<(Column, Recipe)>,
    /// Fields that are read, each with its column.
    pub slots: Vec<Slot>,
    /// Number of fields that every row must have.
    pub width: usize,
    /// Names of the fields, in order.
    pub names: Vec<String>,
    /// The same as in the header: in `names`, those that occur several times are numbered.
    written: Vec<String>,
    /// Names of unknown columns; blank ones are left out.
    pub extra: Vec<String>,
}

/// What is needed to find the columns of a file.
#[derive(Clone)]
pub(super) struct Wanted<'m> {
    pub mapping: &'m Mapping,
    pub columns: &'m BTreeMap<Column, Origin>,
    /// Columns that the file must have.
    pub required: &'m [Column],
    /// Columns that can also be found by their canonical names.
    pub by_own_names: Option<Arc<[Column]>>,
}

impl<'m> Wanted<'m> {
    /// The columns of a file of signals.
    pub(super) fn of_signals(mapping: &'m Mapping) -> Self {
        Wanted {
            mapping,
            columns: &mapping.columns,
            required: &REQUIRED,
            by_own_names: Some(Arc::clone(&mapping.known)),
        }
    }

    /// How many of a row's texts are names of known columns: the header has the most.
    pub(super) fn known_names<'a>(&self, cells: impl Iterator<Item = &'a [u8]>) -> usize {
        let names = cells.map(|cell| spelling(&String::from_utf8_lossy(cell)));
        names.filter(|name| self.knows(name)).count()
    }

    /// The column with a canonical name.
    fn by_own_name(&self, spelled: &str) -> Option<Column> {
        let known = self.by_own_names.as_deref().unwrap_or_default();
        known
            .iter()
            .copied()
            .find(|column| column.name() == spelled)
    }

    /// Whether a column with a name like that of the case ids is used for them. A mapping that says where the ids of
    /// signals are also has to say it for cases: a column with only a similar name may be about other cases, such as
    /// those of an office.
    fn takes_for_case_id(&self, name: &str) -> bool {
        let is_of_own_layout =
            self.by_own_names.is_some() && self.columns.contains_key(&Column::SignalId);
        !is_of_own_layout || name == Column::CaseId.name()
    }

    fn knows(&self, spelled: &str) -> bool {
        self.by_own_name(spelled).is_some()
            || self.columns.values().any(|origin| match origin {
                Origin::Named(names) => names.iter().any(|name| spelling(name) == spelled),
                Origin::Flags(flags) => flags.iter().any(|(name, _)| spelling(name) == spelled),
                Origin::Constant(_) | Origin::RowNumber(_) => false,
            })
    }
}

impl Header {
    /// # Errors
    /// A required column that is missing, one that the mapping names and the file doesn't have, and a column that
    /// occurs twice.
    pub(super) fn read(file: &str, record: Record<'_>, wanted: &Wanted<'_>) -> Outcome<Header> {
        let mut names: Vec<String> = record
            .iter()
            .map(|name| {
                let name = String::from_utf8_lossy(name);
                trim_str(&name).to_owned()
            })
            .collect();
        if wanted.mapping.header_rows > 1 {
            name_continued(&mut names);
        }
        let written = names.clone();
        number_repeated(&mut names);
        let mut header = Header {
            fields: Vec::new(),
            columns: Vec::new(),
            recipes: Vec::new(),
            slots: Vec::new(),
            width: names.len(),
            names,
            written,
            extra: Vec::new(),
        };
        let mut taken = vec![false; header.width];
        for (&column, origin) in wanted.columns {
            header.take(
                file,
                record.line,
                column,
                origin,
                wanted.mapping,
                &mut taken,
            )?;
        }
        for (index, is_taken) in taken.into_iter().enumerate() {
            let spelled = spelling(&header.written[index]);
            let mapped = |column: Column| {
                wanted.columns.contains_key(&column)
                    || wanted.mapping.is_joined(column)
                    || (column == Column::CaseId && wanted.mapping.cases != CaseRule::Column)
            };
            let column = wanted.by_own_name(&spelled);
            let column = column.filter(|column| {
                *column != Column::CaseId || wanted.takes_for_case_id(&header.written[index])
            });
            match column {
                _ if is_taken => {}
                Some(column) if !mapped(column) => {
                    if let Some(first) = header.place(column).replace(index) {
                        return Err(twice(file, record.line, column.name(), first, index));
                    }
                    header.prepare(column, index, wanted.mapping);
                }
                _ if header.names[index].is_empty() => {}
                _ => header.extra.push(header.names[index].clone()),
            }
        }
        header.slots = header.all_slots();
        for &column in wanted.required {
            if !header.has(column) && !wanted.mapping.is_joined(column) {
                return Err(
                    Failure::data(format!("the column `{}` is missing", column.name()))
                        .at(Position::line(file, record.line, None))
                        .remedy(header.remedy_for_missing(column))
                        .choose(Choice::Mapping),
                );
            }
        }
        Ok(header)
    }

    /// The fields that are read, in order.
    fn all_slots(&self) -> Vec<Slot> {
        let made = self.recipes.iter().flat_map(|(column, recipe)| {
            let fields = recipe.fields().into_iter();
            fields.map(|field| Slot {
                column: *column,
                field,
            })
        });
        let is_made = |column: &Column| self.recipes.iter().any(|(made, _)| made == column);
        let columns = self
            .columns
            .iter()
            .flatten()
            .filter(|column| !is_made(column));
        let as_it_is = columns.filter_map(|&column| {
            let field = self.field(column)?;
            Some(Slot { column, field })
        });
        let mut slots: Vec<Slot> = made.chain(as_it_is).collect();
        slots.sort_by_key(|slot| (slot.field, slot.column));
        slots
    }

    /// The field of a row with a column, or the first of several.
    #[inline]
    pub(super) fn field(&self, column: Column) -> Option<usize> {
        self.fields.get(column.number()).copied().flatten()
    }

    /// Where the field of a column is stored.
    fn place(&mut self, column: Column) -> &mut Option<usize> {
        let number = column.number();
        if self.fields.len() <= number {
            self.fields.resize(number + 1, None);
            self.columns.resize(number + 1, None);
        }
        self.columns[number] = Some(column);
        &mut self.fields[number]
    }

    /// The column that a field holds.
    pub(super) fn column(&self, field: usize) -> Option<Column> {
        let of_recipe = self.recipes.iter().find(|(_, recipe)| recipe.uses(field));
        let number = self.fields.iter().position(|held| *held == Some(field));
        let column = number.and_then(|number| self.columns[number]);
        column.or(of_recipe.map(|(column, _)| *column))
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.field(column).is_some() || self.recipes.iter().any(|(made, _)| *made == column)
    }

    /// Takes a column from where the mapping says.
    fn take(
        &mut self,
        file: &str,
        line: u64,
        column: Column,
        origin: &Origin,
        mapping: &Mapping,
        taken: &mut [bool],
    ) -> Outcome<()> {
        let mut find = |name: &str| {
            let spelled = spelling(name);
            let is_it = |it: &String| spelling(it) == spelled;
            let numbered = self.names.iter().any(is_it);
            let names = if numbered { &self.names } else { &self.written };
            let mut found = (0..self.width).filter(|index| is_it(&names[*index]));
            match (found.next(), found.next()) {
                (Some(index), None) => {
                    taken[index] = true;
                    Ok(index)
                }
                (Some(first), Some(second)) => Err(twice(file, line, name, first, second)),
                (None, _) => Err(self.not_there(file, line, column, name, mapping)),
            }
        };
        let recipe = match origin {
            Origin::Named(names) => {
                let fields: Vec<usize> = names
                    .iter()
                    .map(|name| find(name))
                    .collect::<Outcome<_>>()?;
                *self.place(column) = fields.first().copied();
                match *fields {
                    [only] => {
                        self.prepare(column, only, mapping);
                        return Ok(());
                    }
                    _ => Recipe::Together(fields),
                }
            }
            Origin::Constant(text) => Recipe::Constant(text.clone()),
            // Rows in another file have the same numbers, but are different rows.
            Origin::RowNumber(prefix) => Recipe::RowNumber(format!("{prefix}{file}:")),
            Origin::Flags(flags) => Recipe::Flags(
                flags
                    .iter()
                    .map(|(name, value)| Ok((find(name)?, value.clone())))
                    .collect::<Outcome<_>>()?,
            ),
        };
        self.recipes.push((column, recipe));
        Ok(())
    }

    /// Records what has to be done with the cells of a field before they are read.
    fn prepare(&mut self, column: Column, field: usize, mapping: &Mapping) {
        let spelled = spelling(&self.names[field]);
        let fill_down = &mapping.report.fill_down;
        let fill_down = fill_down.iter().any(|name| spelling(name) == spelled);
        let rewrite = column.is_part_of_place() && !mapping.places_are_canonical();
        if fill_down || rewrite {
            self.recipes.push((
                column,
                Recipe::Field {
                    field,
                    fill_down,
                    rewrite,
                },
            ));
        }
    }

    fn not_there(
        &self,
        file: &str,
        line: u64,
        column: Column,
        name: &str,
        mapping: &Mapping,
    ) -> Failure {
        let failure = Failure::data(format!(
            "the header doesn't have the column “{}”, which {} uses for `{}`",
            name.escape_debug(),
            mapping.file,
            column.name()
        ))
        .at(Position::line(file, line, None));
        match nearest(name, self.names.iter().map(String::as_str)) {
            Some(near) => failure.remedy(format!("did you mean “{}”?", near.escape_debug())),
            None => failure.remedy(format!("the header has: {}", self.listed())),
        }
    }

    fn remedy_for_missing(&self, column: Column) -> String {
        let candidates = self.extra.iter().map(|name| spelling(name));
        let candidates: Vec<String> = candidates.collect();
        match nearest(column.name(), candidates.iter().map(String::as_str)) {
            Some(near) => {
                let index = candidates.iter().position(|name| name == near);
                let found = index.map_or(near, |index| self.extra[index].as_str());
                format!(
                    "if `{}` is that column, rename it to `{}` or give a mapping file",
                    found.escape_debug(),
                    column.name()
                )
            }
            None => format!(
                "the header has: {}; rename the column, or give a mapping file that says which it is",
                self.listed()
            ),
        }
    }

    fn listed(&self) -> String {
        const MOST: usize = 40;
        let names = self
            .names
            .iter()
            .take(MOST)
            .map(|name| name.escape_debug().to_string());
        let mut listed = names.collect::<Vec<_>>().join(", ");
        if self.names.len() > MOST {
            listed.push_str(", …");
        }
        listed
    }
}

/// Names the columns without a name after the previous one that has a name, and numbers them: if a header has several
/// rows, such columns are more answers to its question. Returns, for each column, the field of that column.
pub(super) fn name_continued(names: &mut [String]) -> Vec<usize> {
    let mut of = Vec::with_capacity(names.len());
    let mut named = None;
    for field in 0..names.len() {
        let first = match named {
            Some(first) if names[field].is_empty() => first,
            _ => field,
        };
        if first == field {
            named = (!names[field].is_empty()).then_some(field);
        } else {
            names[field] = format!("{} ({})", names[first], field - first + 1);
        }
        of.push(first);
    }
    of
}

/// Numbers the columns with the same name, as “Date (1)” and “Date (2)”, so that a mapping can name each.
pub(super) fn number_repeated(names: &mut [String]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in names.iter() {
        *counts.entry(spelling(name)).or_default() += 1;
    }
    counts.retain(|name, count| *count > 1 && !name.is_empty());
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        let spelled = spelling(name);
        if counts.contains_key(&spelled) {
            let number = seen.entry(spelled).or_default();
            *number += 1;
            *name = format!("{name} ({number})");
        }
    }
}

/// A name without the number that [`number_repeated`] adds.
pub(super) fn unnumbered(name: &str) -> &str {
    let number = name
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once(" ("));
    match number {
        Some((name, number)) if number.parse::<usize>().is_ok() => name,
        _ => name,
    }
}

fn twice(file: &str, line: u64, name: &str, first: usize, second: usize) -> Failure {
    Failure::data(format!(
        "the column `{name}` appears twice, in fields {} and {}",
        first + 1,
        second + 1
    ))
    .at(Position::line(file, line, Some(second as u64 + 1)))
    .remedy(format!(
        "rename or remove one of them, or name the one that counts in a mapping file, as in “{name} (1)” or “{name} (2)”"
    ))
}

#[cfg(test)]
mod tests {
    use super::super::limits::Limits;
    use super::super::records::Records;
    use super::*;

    fn read(text: &str) -> Result<Header, String> {
        let mut records = Records::new("nm.csv", text.as_bytes(), Limits::default()).unwrap();
        assert!(records.advance().unwrap());
        let wanted = Wanted::of_signals(Mapping::canonical());
        Header::read("nm.csv", records.current(), &wanted).map_err(|failure| failure.to_string())
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_others_are_listed() {
        let header = read("\u{feff}State,notes, Received ,Signal ID,,zip").unwrap();
        assert_eq!(header.field(Column::State), Some(0));
        assert_eq!(header.field(Column::Received), Some(2));
        assert_eq!(header.field(Column::SignalId), Some(3));
        assert_eq!(header.field(Column::Zip), Some(5));
        assert_eq!(header.field(Column::City), None);
        assert_eq!(header.column(5), Some(Column::Zip));
        assert_eq!(header.column(1), None);
        assert_eq!(header.width, 6);
        assert_eq!(header.extra, ["notes"]);
    }

    #[test]
    fn a_missing_column_is_reported_with_the_most_similar_one() {
        assert_eq!(
            read("signal_id,Recieved,state").unwrap_err(),
            "nm.csv:1: the column `received` is missing\n  help: if `Recieved` is that column, rename it to \
             `received` or give a mapping file"
        );
        let message = read("signal_id,received").unwrap_err();
        assert!(message.contains("the column `state` is missing"));
        assert!(message.contains("the header has: signal_id, received"));
    }

    #[test]
    fn a_repeated_column_is_an_error() {
        let message = read("signal_id,state,received,STATE").unwrap_err();
        assert!(
            message.starts_with("nm.csv:1:4: the column `state` appears twice, in fields 2 and 4")
        );
    }
}
