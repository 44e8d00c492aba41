//! Reports what an engine's cells of groups and venues mean, so that the engine counts them as the program does.

use std::collections::BTreeMap;
use std::io::Write;

use crate::failure::{Failure, Outcome, Position};
use crate::read::{Column, Input, Limits, Mapping, OneColumn, Source};
use crate::vocabulary::{List, Vocabulary};

/// The columns of the input.
const GIVEN: [&str; 3] = ["cell_key", "column_name", "cell"];
/// The columns of the output.
const WRITTEN: [&str; 5] = ["cell_key", "list", "key", "substantive", "times"];

/// A column, and the group or kind of venue that its cells belong to.
struct Interpreter<'v> {
    /// Its name in the statistics.
    name: &'v str,
    list: &'v List,
    cells: OneColumn<'v>,
}

/// Reads cells, each with a key and the name of its column. Writes, as CSV, a line for each category or venue that a
/// cell mentions: the key, the group, the category, whether it is substantive, and how often the cell mentions it.
/// A cell without a known value has no line.
///
/// # Errors
/// If the file can't be read, or has other columns; if the vocabulary doesn't have a column; if `out` can't be
/// written.
pub fn interpret(
    inputs: &[Input],
    vocabulary: &Vocabulary,
    limits: Limits,
    out: impl Write,
) -> Outcome<()> {
    let mapping = Mapping::canonical_with(vocabulary);
    let mut columns = interpreters(vocabulary, &mapping);
    let mut out = csv::Writer::from_writer(out);
    let failed = |error: csv::Error| Failure::data(format!("can't write what cells mean: {error}"));
    out.write_record(WRITTEN).map_err(failed)?;
    for input in inputs {
        for mut source in Source::open(input, &mapping, limits)? {
            if source.is_blank()? {
                continue;
            }
            let name = source.name().to_owned();
            let mut rows = csv::Reader::from_reader(source);
            let header = rows.byte_headers().map_err(|error| unread(&name, &error))?;
            let named =
                |(name, wanted): (&[u8], &str)| name.eq_ignore_ascii_case(wanted.as_bytes());
            if header.len() != GIVEN.len() || !header.iter().zip(GIVEN).all(named) {
                return Err(Failure::data(format!(
                    "the columns must be {}",
                    GIVEN.join(", ")
                ))
                .at(Position::line(&name, 1, None))
                .remedy("write the table given_cells, which given.sql makes, as CSV with a header"));
            }
            for row in rows.byte_records() {
                let row = row.map_err(|error| unread(&name, &error))?;
                let line = row.position().map_or(0, csv::Position::line);
                let column = columns.get_mut(&row[1]);
                let column = column.ok_or_else(|| unknown(&row[1], &name, line))?;
                column.write(&row[0], &row[2], &mut out).map_err(failed)?;
            }
        }
    }
    out.flush()
        .map_err(|error| Failure::data(format!("can't write what cells mean: {error}")))
}

/// All columns with values of the vocabulary, by name.
fn interpreters<'v>(
    vocabulary: &'v Vocabulary,
    mapping: &'v Mapping,
) -> BTreeMap<&'static [u8], Interpreter<'v>> {
    let columns = Column::all(vocabulary).into_iter();
    let columns = columns.filter_map(|column| {
        let (name, list) = match (column, column.group()) {
            (Column::SexVenue, _) => ("venues.sex", &vocabulary.sex_venue),
            (Column::LaborVenue, _) => ("venues.labor", &vocabulary.labor_venue),
            (_, Some(group)) => {
                let group = &vocabulary.groups()[group];
                (group.key.as_str(), &group.list)
            }
            _ => return None,
        };
        let cells = OneColumn::of(column, vocabulary, mapping)?;
        Some((column.name().as_bytes(), Interpreter { name, list, cells }))
    });
    columns.collect()
}

impl Interpreter<'_> {
    fn write(
        &mut self,
        key: &[u8],
        cell: &[u8],
        out: &mut csv::Writer<impl Write>,
    ) -> csv::Result<()> {
        let mut times: BTreeMap<u8, u64> = BTreeMap::new();
        for code in self.cells.read(cell).mentions() {
            *times.entry(code).or_default() += 1;
        }
        for (code, times) in times {
            let entry = &self.list.entries()[usize::from(code)];
            let substantive = if entry.substantive { "1" } else { "0" };
            out.write_record([
                key,
                self.name.as_bytes(),
                entry.key.as_bytes(),
                substantive.as_bytes(),
                times.to_string().as_bytes(),
            ])?;
        }
        Ok(())
    }
}

fn unread(name: &str, error: &csv::Error) -> Failure {
    Failure::data(format!("can't read the cells: {error}")).at(Position::file(name))
}

fn unknown(column: &[u8], name: &str, line: u64) -> Failure {
    let column = String::from_utf8_lossy(column);
    Failure::data(format!(
        "the vocabulary has no group or venues for the column `{column}`"
    ))
    .at(Position::line(name, line, None))
    .remedy("use the vocabulary that groups.csv was made from")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interpreted(text: &str) -> Outcome<String> {
        let input = Input::of_bytes("given.csv", text.as_bytes().to_vec());
        let mut out = Vec::new();
        let vocabulary = Vocabulary::embedded();
        interpret(&[input], &vocabulary, Limits::default(), &mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn cells_mean_the_same_as_in_rows() {
        let text = interpreted(
            "cell_key,column_name,cell\n\
             a,age,12-17; 18+;Minor (under 18);elf\n\
             b,call_type,hang up\n\
             c,labor_venue,a circus\n\
             d,contact_method,Phone Call;Text\n\
             e,sex_venue,\"Online Ad, Venue Unknown\"\n",
        );
        assert_eq!(
            text.unwrap(),
            "cell_key,list,key,substantive,times\n\
             a,age,adult,1,1\n\
             a,age,minor,1,2\n\
             b,calls,hang_up,0,1\n\
             e,venues.sex,online_ad_venue_unknown,1,1\n"
        );
    }

    #[test]
    fn wrong_columns_are_reported() {
        for (text, told) in [
            (
                "cell,column_name\nx,age\n",
                "given.csv:1: the columns must be cell_key, column_name, cell",
            ),
            (
                "cell_key,column_name,cell\na,age,5\nb,race,x\n",
                "given.csv:3: the vocabulary has no group or venues for the column `race`",
            ),
            (
                "cell_key,column_name,cell\na,state,NM\n",
                "the column `state`",
            ),
            ("cell_key,column_name,cell\na,age\n", "can't read the cells"),
        ] {
            let message = interpreted(text).unwrap_err().to_string();
            assert!(message.contains(told), "{message}");
        }
    }
}
