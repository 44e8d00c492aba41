//! Turns records into signals, or says why a row isn't one.

use super::cell::Cell;
use super::cells::{CodedColumn, Codes};
use super::column::{Column, Slot};
use super::coordinates;
use super::date::{Days, Ways};
use super::findings::{UnknownInColumn, UnknownValues};
use super::flag::Flag;
use super::header::Header;
use super::ids::{has_lost_digits, names_no_case};
use super::join::{JoinedCase, JoinedCases};
use super::last_place::LastPlace;
use super::ledger::{self, CellCounts, Fate, RowFates};
use super::mapping::{CaseRule, Mapping};
use super::meaning::Meaning;
use super::place::{PlaceCells, PlaceReader};
use super::positions::count_values;
use super::recipe::{Made, Recipe, positions};
use super::records::{Record, plain_length};
use super::reject::{Fault, Reason};
use super::signal::{GroupPlace, Groups, Places, Signal};
use super::sound::sound;
use super::told::{Told, ToldPlace};
use super::trim::trim;
use crate::geo::LonLat;
use crate::jurisdiction::Jurisdiction;
use crate::vocabulary::Vocabulary;

/// Turns records into signals.
pub(super) struct RowReader<'v> {
    pub header: Header,
    pub joined: Option<&'v JoinedCases>,
    pub cells: CellReader<'v>,
    is_transcoded: bool,
    made: Made,
}

/// Reads what the cells of a row say.
pub(super) struct CellReader<'v> {
    /// Columns with values of the vocabulary or states, in the order of [`Column::all`].
    pub coded: Vec<CodedColumn<'v>>,
    places: CodedPlaces,
    vocabulary: &'v Vocabulary,
    mapping: &'v Mapping,
    days: Days<'v>,
    coordinates: Vec<Option<LonLat>>,
    located: PlaceReader,
    last_place: LastPlace,
    synthetic: SyntheticCell,
    roles: Roles,
    /// Coded columns with cells that said something in the last row.
    said: Vec<u8>,
    /// What happened to the cells so far, by slot of the header.
    pub counts: Vec<CellCounts>,
    /// What happened to the cells of the last row.
    fates: RowFates,
}

/// The cell that said last whether its row is synthetic.
#[derive(Default)]
struct SyntheticCell {
    text: Vec<u8>,
    says_so: bool,
    fate: Option<Fate>,
}

/// The position of each among the coded columns.
struct CodedPlaces {
    caller_state: usize,
    state: usize,
    sex_venue: usize,
    labor_venue: usize,
    /// By group of the vocabulary.
    groups: Vec<GroupPlace>,
}

/// What is read from each field in a file that is read as it is.
struct Roles {
    /// Whether each field has at most one role and all are among the first 64: then the following covers everything.
    are_of_all: bool,
    /// Fields that are read, a bit for each.
    fields: u64,
    /// Which of them describe places, other than states.
    places: u64,
    /// By field, the slot of the header and the role.
    of_field: Box<[(u8, Role)]>,
}

/// How a field is read.
#[derive(Clone, Copy)]
enum Role {
    /// One of the coded columns, by its index, except for the states.
    Coded(u8),
    State,
    Place(Column),
    CaseId,
    Synthetic,
    /// No row is accepted without it.
    Needed,
    Other,
}

impl Roles {
    fn of(slots: &[Slot], coded: &[CodedColumn<'_>]) -> Self {
        let fields = slots.last().map_or(0, |slot| slot.field + 1);
        let mut roles = Roles {
            are_of_all: fields <= u64::BITS as usize && coded.len() <= usize::from(u8::MAX),
            fields: 0,
            places: 0,
            of_field: vec![(0, Role::Other); fields].into(),
        };
        for (slot, Slot { column, field }) in slots.iter().enumerate() {
            let bit = 1_u64.checked_shl(*field as u32).unwrap_or(0);
            roles.are_of_all &= roles.fields & bit == 0;
            roles.fields |= bit;
            let index = coded.iter().position(|coded| coded.column == *column);
            let role = match (*column, index) {
                (Column::State, _) => Role::State,
                (_, Some(index)) => Role::Coded(index as u8),
                (Column::Synthetic, _) => Role::Synthetic,
                (Column::SignalId | Column::Received, _) => Role::Needed,
                (Column::CaseId, _) => Role::CaseId,
                (column, _) if column.is_part_of_place() => {
                    roles.places |= bit;
                    Role::Place(column)
                }
                _ => Role::Other,
            };
            roles.of_field[*field] = (slot as u8, role);
        }
        roles
    }
}

/// Finds the cells of a row.
trait Cells<'a>: Copy {
    /// The cell of a column as it is, or an empty one if the row doesn't have it.
    fn get(self, column: Column) -> &'a [u8];

    /// The cell of a column with values of the vocabulary or states.
    fn coded(self, column: Column) -> Cell<'a>;

    /// Whether any cell describes a place, other than by its state.
    fn tell_of_places(self, roles: &Roles) -> bool;

    /// Reads the rest of an accepted row, the coded columns except for the states, and records what happens to its
    /// cells: places have been read, and `case_id` is the id of the case.
    fn finish(self, reader: &mut CellReader<'_>, header: &Header, line: u64, case_id: &[u8]);
}

/// Cells that are all in the file.
#[derive(Clone, Copy)]
struct InFile<'a> {
    record: Record<'a>,
    header: &'a Header,
}

/// Cells of which some are made, or are in a joined file.
#[derive(Clone, Copy)]
struct Gathered<'a> {
    in_file: InFile<'a>,
    made: &'a Made,
    of_case: Option<&'a JoinedCase>,
}

impl<'a> InFile<'a> {
    #[inline]
    fn get_field(self, field: usize) -> &'a [u8] {
        self.record.get(field).unwrap_or_default()
    }
}

impl<'a> Cells<'a> for InFile<'a> {
    #[inline]
    fn get(self, column: Column) -> &'a [u8] {
        let field = self.header.field(column);
        field.map_or(b"", |field| self.get_field(field))
    }

    #[inline]
    fn coded(self, column: Column) -> Cell<'a> {
        let field = self.header.field(column);
        field.map_or(Cell::EMPTY, |field| self.record.cell(field))
    }

    #[inline]
    fn tell_of_places(self, roles: &Roles) -> bool {
        self.record.filled() & roles.places != 0
    }

    // Separate, so that its few variables stay in registers.
    #[inline(never)]
    fn finish(self, reader: &mut CellReader<'_>, _: &Header, line: u64, case_id: &[u8]) {
        let CellReader {
            coded,
            roles,
            said,
            fates,
            counts,
            ..
        } = reader;
        fates.fill(None);
        let mut rest = self.record.filled() & roles.fields;
        while rest != 0 {
            let field = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let (slot, role) = roles.of_field[field];
            let slot = usize::from(slot);
            let fate = match role {
                Role::Coded(index) => {
                    let cell = self.record.cell(field);
                    if cell.bytes.is_empty() {
                        continue;
                    }
                    said.push(index);
                    coded[usize::from(index)].read_and_take(cell, line)
                }
                Role::State => coded[reader.places.state].take(line),
                // No row is accepted without it.
                Role::Needed => Some(Fate::Used),
                Role::Synthetic => reader.synthetic.fate,
                Role::CaseId if !case_id.is_empty() => Some(Fate::Used),
                Role::CaseId => ledger::of_text(case_id, self.get_field(field)),
                Role::Place(column) => of_place(&reader.located, column, self.get_field(field)),
                Role::Other => ledger::of_cell(self.get_field(field), &reader.mapping.empties),
            };
            fates[slot] = fate;
            if let Some(fate) = fate {
                counts[slot].add(fate);
            }
        }
    }
}

impl<'a> Gathered<'a> {
    /// The cells of a row, without what other files say about its case.
    fn alone(record: Record<'a>, header: &'a Header, made: &'a Made) -> Self {
        Gathered {
            in_file: InFile { record, header },
            made,
            of_case: None,
        }
    }

    /// The cell of a column, if it isn't in the file.
    fn elsewhere(self, column: Column) -> Option<&'a [u8]> {
        let joined = self.of_case.and_then(|case| case.get(column));
        joined.or_else(|| self.made.get(column))
    }
}

impl<'a> Cells<'a> for Gathered<'a> {
    fn get(self, column: Column) -> &'a [u8] {
        let elsewhere = self.elsewhere(column);
        elsewhere.unwrap_or_else(|| self.in_file.get(column))
    }

    fn coded(self, column: Column) -> Cell<'a> {
        let elsewhere = self.elsewhere(column);
        elsewhere.map_or_else(|| self.in_file.coded(column), Cell::from)
    }

    fn tell_of_places(self, _: &Roles) -> bool {
        true
    }

    fn finish(self, reader: &mut CellReader<'_>, header: &Header, line: u64, case_id: &[u8]) {
        for index in 0..reader.coded.len() {
            if index != reader.places.state {
                reader.read_coded(index, self.coded(reader.coded[index].column));
            }
            reader.coded[index].take(line);
        }
        let empties = &reader.mapping.empties;
        for (fate, slot) in reader.fates.iter_mut().zip(&header.slots) {
            let cell = self.in_file.record.get(slot.field).unwrap_or_default();
            let coded = reader
                .coded
                .iter_mut()
                .find(|coded| coded.column == slot.column);
            let recipe = header.recipes.iter().find(|(made, _)| *made == slot.column);
            *fate = match (coded, recipe) {
                (Some(coded), Some((_, Recipe::Flags(_)))) => {
                    let said = trim(cell);
                    match Flag::of(said, empties) {
                        Flag::Unknown => {
                            coded.unknown.note(&String::from_utf8_lossy(said), line);
                            Some(Fate::Unknown)
                        }
                        _ => ledger::of_cell(cell, empties),
                    }
                }
                (Some(coded), _) => coded.fate(Cell::from(cell)),
                (None, _) if slot.column == Column::CaseId => ledger::of_text(case_id, cell),
                (None, Some((_, Recipe::Together(fields)))) if slot.column.is_part_of_place() => {
                    let length = |field: &usize| {
                        let cell = self.in_file.record.get(*field).unwrap_or_default();
                        positions(empties.trim(cell), slot.column, reader.mapping)
                    };
                    let before = fields.iter().take_while(|field| **field != slot.field);
                    let start: usize = before.map(length).sum();
                    let at = start..start + length(&slot.field);
                    let is_blank = trim(cell).is_empty();
                    (!is_blank).then(|| reader.located.fate_at(slot.column, at))
                }
                (None, _) if slot.column.is_part_of_place() => {
                    of_place(&reader.located, slot.column, cell)
                }
                (None, _) => ledger::of_cell(cell, empties),
            };
        }
        ledger::add_row(&mut reader.counts, &reader.fates);
    }
}

/// What is wrong with a cell of a column, which may not be in the file.
fn fault(header: &Header, column: Column, reason: Reason) -> Fault {
    (header.field(column).map(|field| (column, field)), reason)
}

/// What happens to a cell of a place's column; `None` for a blank one.
fn of_place(located: &PlaceReader, column: Column, cell: &[u8]) -> Option<Fate> {
    let is_blank = trim(cell).is_empty();
    (!is_blank).then(|| located.fate(column).unwrap_or(Fate::EmptyWord))
}

impl<'v> RowReader<'v> {
    pub(super) fn new(
        header: Header,
        is_transcoded: bool,
        vocabulary: &'v Vocabulary,
        mapping: &'v Mapping,
    ) -> Self {
        RowReader {
            joined: None,
            cells: CellReader::new(vocabulary, mapping, &header.slots),
            header,
            is_transcoded,
            made: Made::default(),
        }
    }

    /// Another one that reads rows in the same way, for parts of the file.
    pub(super) fn for_parts(&self) -> Self {
        let mut again = RowReader::new(
            self.header.clone(),
            self.is_transcoded,
            self.cells.vocabulary,
            self.cells.mapping,
        );
        again.joined = self.joined;
        again.take_unknown();
        again.take_told();
        again
    }

    /// Whether what a row says depends on the rows above it.
    pub(super) fn depends_on_rows_above(&self) -> bool {
        let mut recipes = self.header.recipes.iter();
        recipes.any(|(_, recipe)| recipe.depends_on_rows_above())
    }

    /// The signal of a record, or the first reason of docs/counting.md to reject it.
    pub(super) fn read<'a>(&'a mut self, record: Record<'a>) -> Result<Signal<'a>, Fault> {
        let (header, mapping) = (&self.header, self.cells.mapping);
        sound(record, header, mapping, self.is_transcoded)?;
        let in_file = InFile { record, header };
        if self.cells.roles.are_of_all && header.recipes.is_empty() && self.joined.is_none() {
            return self.cells.read(in_file, header, record.line);
        }
        if !header.recipes.is_empty() {
            self.made.make(record, &header.recipes, mapping);
        }
        let mut cells = Gathered::alone(record, header, &self.made);
        let case_id = self.cells.case_id(cells);
        let joined = self.joined.filter(|_| !names_no_case(case_id));
        cells.of_case = joined.and_then(|joined| joined.named(case_id));
        self.cells.read(cells, header, record.line)
    }

    /// Length of the initial part of a text that is [plain](plain_length).
    pub(super) fn plain_length(&self, text: &[u8]) -> usize {
        plain_length(text, self.is_transcoded)
    }

    /// What has happened to the cells since the last call.
    pub(super) fn take_counts(&mut self) -> Vec<CellCounts> {
        let none = vec![CellCounts::default(); self.cells.counts.len()];
        std::mem::replace(&mut self.cells.counts, none)
    }

    /// Adds what happened to the cells in a part of the file.
    pub(super) fn add_counts(&mut self, part: &[CellCounts]) {
        for (sum, counts) in self.cells.counts.iter_mut().zip(part) {
            sum.add_all(counts);
        }
    }

    /// How the dates since the last call are written.
    pub(super) fn take_ways(&mut self) -> Ways {
        std::mem::take(&mut self.cells.days.ways)
    }

    /// What is reported about places since the last call, in part of a file.
    pub(super) fn take_told(&mut self) -> Told {
        std::mem::replace(&mut self.cells.located.told, Told::of_part())
    }

    /// Adds what is reported about places in a part of the file, with its lines shifted by `shift`.
    pub(super) fn add_told(&mut self, part: &Told, shift: u64) {
        self.cells.located.told.add(part, shift);
    }

    pub(super) fn told(&self) -> &[ToldPlace] {
        self.cells.told_places()
    }

    /// Adds how the dates in a part of the file are written, with their lines shifted by `shift`.
    pub(super) fn add_ways(&mut self, part: Ways, shift: u64) {
        self.cells.days.ways.add(part, shift);
    }

    pub(super) fn ways(&self) -> Ways {
        self.cells.days.ways
    }

    /// Adds the unknown values in a part of the file, with their lines shifted by `shift`.
    pub(super) fn add_unknown(&mut self, part: &[UnknownValues], shift: u64) {
        for (coded, found) in self.cells.coded.iter_mut().zip(part) {
            coded.unknown.add(found, shift);
        }
    }

    /// The unknown values in a part of the file by column, which are removed here.
    pub(super) fn take_unknown(&mut self) -> Vec<UnknownValues> {
        let values = self.cells.coded.iter_mut();
        values
            .map(|coded| std::mem::replace(&mut coded.unknown, UnknownValues::of_part()))
            .collect()
    }

    pub(super) fn unknown(&self) -> Vec<UnknownInColumn> {
        let coded = self.cells.coded.iter();
        coded
            .filter(|coded| coded.unknown.total() > 0)
            .map(|coded| UnknownInColumn {
                column: coded.column,
                field: self
                    .header
                    .field(coded.column)
                    .map(|field| field as u64 + 1),
                values: coded.unknown.clone(),
                counted_as: coded.unknown_counts_as().map(str::to_owned),
            })
            .collect()
    }
}

impl CodedPlaces {
    fn of(coded: &[CodedColumn<'_>], vocabulary: &Vocabulary, mapping: &Mapping) -> Self {
        let place = |wanted: Column| coded.iter().position(|coded| coded.column == wanted);
        let fixed = |wanted| place(wanted).unwrap_or_default();
        let groups = vocabulary.groups().iter().enumerate();
        let groups = groups.map(|(index, group)| {
            let column = Column::of_group(index, group);
            GroupPlace {
                coded: place(column).unwrap_or_default(),
                is_joined: mapping.is_joined(column),
            }
        });
        CodedPlaces {
            caller_state: fixed(Column::CallerState),
            state: fixed(Column::State),
            sex_venue: fixed(Column::SexVenue),
            labor_venue: fixed(Column::LaborVenue),
            groups: groups.collect(),
        }
    }
}

impl<'v> CellReader<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary, mapping: &'v Mapping, slots: &[Slot]) -> Self {
        let columns = Column::all(vocabulary).into_iter();
        let coded: Vec<CodedColumn<'_>> = columns
            .filter_map(|column| {
                let meaning = Meaning::of(column, vocabulary)?;
                let several = column.has_several(vocabulary);
                Some(CodedColumn::new(column, meaning, several, mapping))
            })
            .collect();
        CellReader {
            roles: Roles::of(slots, &coded),
            said: Vec::new(),
            vocabulary,
            mapping,
            places: CodedPlaces::of(&coded, vocabulary, mapping),
            coded,
            days: Days::of(&mapping.dates, mapping.time_zone),
            coordinates: Vec::new(),
            located: PlaceReader::new(),
            last_place: LastPlace::default(),
            synthetic: SyntheticCell::default(),
            counts: vec![CellCounts::default(); slots.len()],
            fates: vec![None; slots.len()],
        }
    }

    pub(super) fn case_rule(&self) -> CaseRule {
        self.mapping.cases
    }

    /// Whether a row of a joined file can be used: its coordinates are valid, and its case's id is complete.
    pub(super) fn check_joined(
        &mut self,
        record: Record<'_>,
        header: &Header,
        made: &Made,
    ) -> Result<(), Fault> {
        let cells = Gathered::alone(record, header, made);
        self.read_coordinates(cells, header)?;
        if has_lost_digits(self.mapping.empties.trim(cells.get(Column::CaseId))) {
            return Err(fault(header, Column::CaseId, Reason::LostDigits));
        }
        Ok(())
    }

    /// Reads a single row of a joined file, which was [checked](Self::check_joined) last: what happens to its cells,
    /// and the state of its place, if it has one.
    pub(super) fn read_joined(
        &mut self,
        record: Record<'_>,
        header: &Header,
        made: &Made,
        case_id: &[u8],
    ) -> (&[Option<Fate>], Option<Jurisdiction>) {
        let cells = Gathered::alone(record, header, made);
        self.last_place.forget();
        let (names, places) = self.names(cells);
        let states = self.read_states(cells);
        let count = states.max(places);
        self.locate(names, count, record.line);
        cells.finish(self, header, record.line, case_id);
        let placed = &self.located.last().placed;
        let state = placed.iter().find_map(|placed| placed.state);
        (&self.fates, state)
    }

    /// Line of the first unknown value.
    pub(super) fn first_unknown(&self) -> Option<u64> {
        let values = self.coded.iter().flat_map(|coded| coded.unknown.values());
        values.map(|value| value.first_line).min()
    }

    /// What is reported about the places.
    pub(super) fn told_places(&self) -> &[ToldPlace] {
        self.located.told.places()
    }

    /// The id of the signal's case.
    fn case_id<'a>(&self, cells: impl Cells<'a>) -> &'a [u8] {
        let column = match self.mapping.cases {
            CaseRule::Column => Column::CaseId,
            CaseRule::OnePerRow => Column::SignalId,
            CaseRule::None => return b"",
        };
        self.mapping.empties.trim(cells.get(column))
    }

    /// Whether the cell says that its row is synthetic: anything that isn't a plain no, so that synthetic data never
    /// pass for real.
    #[inline]
    fn is_synthetic(&mut self, cell: &[u8]) -> bool {
        let last = &mut self.synthetic;
        // All rows of a file say the same.
        if cell != last.text.as_slice() {
            cell.clone_into(&mut last.text);
            let empties = &self.mapping.empties;
            last.says_so = Flag::of(empties.trim(cell), empties) != Flag::No;
            last.fate = ledger::of_cell(cell, empties);
        }
        last.says_so
    }

    /// The ids of the signal and of its case, which may be empty.
    #[inline]
    fn ids<'a>(
        &self,
        cells: impl Cells<'a>,
        header: &Header,
    ) -> Result<(&'a [u8], &'a [u8]), Fault> {
        let id = self.mapping.empties.trim(cells.get(Column::SignalId));
        if id.is_empty() {
            return Err(fault(header, Column::SignalId, Reason::NoSignalId));
        }
        let case_id = self.case_id(cells);
        for (column, id) in [(Column::SignalId, id), (Column::CaseId, case_id)] {
            if has_lost_digits(id) {
                return Err(fault(header, column, Reason::LostDigits));
            }
        }
        Ok(match self.mapping.cases {
            CaseRule::Column if names_no_case(case_id) => (id, b""),
            _ => (id, case_id),
        })
    }

    /// Reads the coordinates as they are.
    #[inline]
    fn read_coordinates<'a>(
        &mut self,
        cells: impl Cells<'a>,
        header: &Header,
    ) -> Result<(), Fault> {
        let empties = &self.mapping.empties;
        let text = |column| empties.trim(cells.get(column));
        let latitude = text(Column::Latitude);
        let longitude = text(Column::Longitude);
        coordinates::read(latitude, longitude, empties, &mut self.coordinates)
            .map_err(|(column, reason)| fault(header, column, reason))
    }

    /// The cells with ZIP codes, cities and counties, and the number of places in these and the coordinates.
    #[inline]
    fn names<'a>(&self, cells: impl Cells<'a>) -> ([&'a [u8]; 3], usize) {
        let empties = &self.mapping.empties;
        let name = |column| empties.trim(cells.get(column));
        let zips = name(Column::Zip);
        let cities = name(Column::City);
        let counties = name(Column::County);
        let names = count_values(zips).max(count_values(cities));
        let places = names.max(count_values(counties));
        ([zips, cities, counties], places.max(self.coordinates.len()))
    }

    /// Reads where the signal is; returns the cells with ZIP codes, cities and counties.
    #[inline]
    fn whereabouts<'a>(
        &mut self,
        cells: impl Cells<'a>,
        header: &Header,
        line: u64,
    ) -> Result<[&'a [u8]; 3], Fault> {
        let states = self.read_states(cells);
        if !cells.tell_of_places(&self.roles) {
            let codes = self.coded[self.places.state].said();
            self.located.read_states(codes, states);
            return Ok([b""; 3]);
        }
        self.find_places(cells, header, states, line)
    }

    #[inline(never)]
    fn find_places<'a>(
        &mut self,
        cells: impl Cells<'a>,
        header: &Header,
        states: usize,
        line: u64,
    ) -> Result<[&'a [u8]; 3], Fault> {
        let all = [
            cells.get(Column::State),
            cells.get(Column::County),
            cells.get(Column::City),
            cells.get(Column::Zip),
            cells.get(Column::Latitude),
            cells.get(Column::Longitude),
        ];
        if self.last_place.is(all) {
            self.located.read_again();
            let [_, counties, cities, zips, ..] = all;
            let empties = &self.mapping.empties;
            return Ok([
                empties.trim(zips),
                empties.trim(cities),
                empties.trim(counties),
            ]);
        }
        self.last_place.forget();
        self.read_coordinates(cells, header)?;
        let (names, places) = self.names(cells);
        if states > 1 && states < places {
            let reason = Reason::FewerStatesThanPlaces { states, places };
            return Err(fault(header, Column::State, reason));
        }
        self.locate(names, states.max(places), line);
        if self.located.may_be_read_again() {
            self.last_place.remember(all);
        }
        Ok(names)
    }

    /// Reads the states, and forgets the last row; returns how many there are.
    #[inline]
    fn read_states<'a>(&mut self, cells: impl Cells<'a>) -> usize {
        for index in &self.said {
            self.coded[usize::from(*index)].leave();
        }
        self.said.clear();
        self.read_coded(self.places.state, cells.coded(Column::State))
            .positions()
    }

    /// Reads a cell of a coded column.
    #[inline]
    fn read_coded(&mut self, index: usize, cell: Cell<'_>) -> &Codes {
        if !cell.bytes.is_empty() {
            self.said.push(index as u8);
        }
        self.coded[index].read(cell)
    }

    /// Finds the places.
    #[inline]
    fn locate(&mut self, names: [&[u8]; 3], count: usize, line: u64) {
        let places = PlaceCells {
            states: self.coded[self.places.state].said(),
            names,
            coordinates: &self.coordinates,
            count,
            line,
        };
        self.located.read(&places, &self.mapping.empties);
    }

    fn read<'a>(
        &'a mut self,
        cells: impl Cells<'a>,
        header: &Header,
        line: u64,
    ) -> Result<Signal<'a>, Fault> {
        let empties = &self.mapping.empties;
        let (id, case_id) = self.ids(cells, header)?;
        let received = match empties.trim(cells.get(Column::Received)) {
            b"" => return Err(fault(header, Column::Received, Reason::NoReceived)),
            written => self
                .days
                .day(written, line)
                .map_err(|reason| fault(header, Column::Received, reason))?,
        };
        let [zips, cities, counties] = self.whereabouts(cells, header, line)?;
        let is_synthetic = self.is_synthetic(cells.get(Column::Synthetic));
        cells.finish(self, header, line, case_id);
        let at = &self.places;
        let places = self.located.last();
        let coded = self.coded.as_slice();
        let said = |place: usize| coded[place].said();
        Ok(Signal {
            line,
            id,
            case_id: Some(case_id).filter(|id| !id.is_empty()),
            received,
            caller_state: said(at.caller_state)
                .at(0)
                .map(|code| Jurisdiction::from_index(code.into())),
            places: Places {
                counties,
                cities,
                zips,
                empties,
                placed: &places.placed,
                state_bits: places.state_bits,
            },
            sex_venues: said(at.sex_venue),
            labor_venues: said(at.labor_venue),
            groups: Groups {
                coded,
                places: &at.groups,
            },
            is_synthetic,
            fates: &self.fates,
            is_victim: self.mapping.rows_are_victims,
            knows_cases: self.mapping.cases != CaseRule::None,
        })
    }
}
