//! Makes cells that aren't in the file as they are read: from several columns, from yes-or-no columns, from the cell
//! above, or with other separators.

use super::column::Column;
use super::flag::Flag;
use super::mapping::Mapping;
use super::records::Record;
use super::trim::trim;

/// How the cell of a column is made; fields are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Recipe {
    /// One field.
    Field {
        field: usize,
        /// An empty cell repeats the cell above.
        fill_down: bool,
        /// Values get `;` between them, and numbers a decimal point.
        rewrite: bool,
    },
    /// Several fields with values that belong together; those of a date have a space between them.
    Together(Vec<usize>),
    /// The same text in every row.
    Constant(String),
    /// This text and the number of the line.
    RowNumber(String),
    /// The values of the fields that say yes.
    Flags(Vec<(usize, String)>),
}

impl Recipe {
    /// Whether the cell depends on the rows above it.
    pub(super) fn depends_on_rows_above(&self) -> bool {
        match self {
            Recipe::Field { fill_down, .. } => *fill_down,
            Recipe::RowNumber(_) => true,
            Recipe::Together(_) | Recipe::Constant(_) | Recipe::Flags(_) => false,
        }
    }

    /// The fields that it is made from.
    pub(super) fn fields(&self) -> Vec<usize> {
        match self {
            Recipe::Field { field, .. } => vec![*field],
            Recipe::Together(fields) => fields.clone(),
            Recipe::Flags(flags) => flags.iter().map(|(field, _)| *field).collect(),
            Recipe::Constant(_) | Recipe::RowNumber(_) => Vec::new(),
        }
    }

    pub(super) fn uses(&self, field: usize) -> bool {
        match self {
            Recipe::Field { field: used, .. } => *used == field,
            Recipe::Together(fields) => fields.contains(&field),
            Recipe::Flags(flags) => flags.iter().any(|(used, _)| *used == field),
            Recipe::Constant(_) | Recipe::RowNumber(_) => false,
        }
    }
}

/// The made cells of one row.
#[derive(Default)]
pub(super) struct Made {
    text: Vec<u8>,
    /// By number of the column.
    places: Vec<Option<(usize, usize)>>,
    /// The last cell that wasn't empty, by recipe.
    above: Vec<Vec<u8>>,
}

impl Made {
    /// Makes the cells of a row.
    pub(super) fn make(
        &mut self,
        record: Record<'_>,
        recipes: &[(Column, Recipe)],
        mapping: &Mapping,
    ) {
        self.text.clear();
        self.above.resize(recipes.len(), Vec::new());
        for (index, (column, recipe)) in recipes.iter().enumerate() {
            let start = self.text.len();
            self.cook(record, *column, recipe, index, mapping);
            let number = column.number();
            if self.places.len() <= number {
                self.places.resize(number + 1, None);
            }
            self.places[number] = Some((start, self.text.len()));
        }
    }

    /// The made cell of a column; `None` if it is in the file.
    pub(super) fn get(&self, column: Column) -> Option<&[u8]> {
        let place = *self.places.get(column.number())?;
        place.map(|(start, end)| &self.text[start..end])
    }

    fn cook(
        &mut self,
        record: Record<'_>,
        column: Column,
        recipe: &Recipe,
        index: usize,
        mapping: &Mapping,
    ) {
        let start = self.text.len();
        let cell = |field: usize| trim(record.get(field).unwrap_or_default());
        match recipe {
            Recipe::Field {
                field,
                fill_down,
                rewrite,
            } => {
                let mut cell = cell(*field);
                if *fill_down {
                    if !cell.is_empty() {
                        self.above[index] = cell.to_vec();
                    }
                    cell = &self.above[index];
                }
                if *rewrite {
                    canonical_places(cell, column, mapping, &mut self.text);
                } else {
                    self.text.extend_from_slice(cell);
                }
            }
            Recipe::Together(fields) => {
                for (position, &field) in fields.iter().enumerate() {
                    let cell = mapping.empties.trim(cell(field));
                    if column.is_part_of_place() {
                        // An unknown value keeps its position.
                        self.text
                            .extend_from_slice(if position > 0 { b";" } else { b"" });
                        canonical_places(cell, column, mapping, &mut self.text);
                    } else {
                        self.add(start, cell, column, mapping);
                    }
                }
            }
            Recipe::Constant(text) => self.text.extend_from_slice(text.as_bytes()),
            Recipe::RowNumber(prefix) => {
                self.text.extend_from_slice(prefix.as_bytes());
                self.text
                    .extend_from_slice(record.line.to_string().as_bytes());
            }
            Recipe::Flags(flags) => {
                for (field, value) in flags {
                    let said = cell(*field);
                    match Flag::of(said, &mapping.empties) {
                        Flag::Yes => self.add(start, value.as_bytes(), column, mapping),
                        Flag::No | Flag::Unknown => {}
                    }
                }
            }
        }
    }

    /// Adds a value to the cell that begins at `start`.
    fn add(&mut self, start: usize, value: &[u8], column: Column, mapping: &Mapping) {
        if value.is_empty() {
            return;
        }
        if self.text.len() > start {
            let separator = match column {
                Column::Received => " ",
                _ => mapping.separators.first(column),
            };
            self.text.extend_from_slice(separator.as_bytes());
        }
        self.text.extend_from_slice(value);
    }
}

/// Number of positions in the canonical form of a place cell.
pub(super) fn positions(cell: &[u8], column: Column, mapping: &Mapping) -> usize {
    let mut canonical = Vec::new();
    canonical_places(cell, column, mapping, &mut canonical);
    memchr::memchr_iter(b';', &canonical).count() + 1
}

/// A place cell in its canonical form.
pub(super) fn canonical_places(cell: &[u8], column: Column, mapping: &Mapping, out: &mut Vec<u8>) {
    let separators = mapping.separators.of(column);
    let is_number = matches!(column, Column::Latitude | Column::Longitude);
    let mut rest = cell;
    while let Some(&byte) = rest.first() {
        // The longest match, so that "; " doesn't leave a space.
        let fitting = separators
            .iter()
            .filter(|separator| rest.starts_with(separator.as_bytes()))
            .max_by_key(|separator| separator.len());
        match fitting {
            Some(separator) => {
                out.push(b';');
                rest = &rest[separator.len()..];
                continue;
            }
            None if byte == b';' => out.push(b','),
            None if byte == b',' && is_number && mapping.decimal_comma => out.push(b'.'),
            None => out.push(byte),
        }
        rest = &rest[1..];
    }
}
