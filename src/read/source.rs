//! A data file, unpacked while it is read: plain, gzipped or Excel.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::read::MultiGzDecoder;

use super::file_kind::{Kind, kind};
use super::header::Wanted;
use super::input::Input;
use super::known_names::KnownNames;
use super::limits::Limits;
use super::mapping::Mapping;
use super::sheets::{self, Choice, SheetRead};
use super::trim::trim;
use super::workbook::{self, Workbook};
use crate::failure::{Failure, Outcome, Position};

/// Bytes that are read ahead, to see how a file begins.
const START: usize = 1 << 14;
/// Bytes that any file may unpack to, no matter how small it is.
const SMALL: u64 = 16 << 20;

/// One table of data: a file, unpacked while it is read, or a sheet of a workbook.
pub struct Source {
    name: String,
    /// What a workbook's sheet is; `None` if it isn't a workbook.
    sheet: Option<SheetRead>,
    table: BufReader<Box<dyn Read + Send>>,
}

impl Source {
    /// Opens a file: its table or, for a workbook, each of its sheets to read. Its first bytes say what kind of file
    /// it is, not its name.
    ///
    /// # Errors
    /// A file that can't be read, and one without a known kind of table.
    pub fn open(input: &Input, mapping: &Mapping, limits: Limits) -> Outcome<Vec<Source>> {
        let name = input.name().to_owned();
        let raw = Shared(Arc::new(Mutex::new(Counting {
            source: input.open()?,
            count: 0,
        })));
        let can_not_read = |error: io::Error| {
            Failure::data(format!("can't read the data: {error}")).at(Position::file(&*name))
        };
        let mut start = Vec::new();
        let mut source = raw.clone();
        source
            .by_ref()
            .take(START as u64)
            .read_to_end(&mut start)
            .map_err(can_not_read)?;
        let kind = kind(&start);
        let whole = Cursor::new(start).chain(source);
        let table: Box<dyn Read + Send> = match kind {
            Kind::Text => Box::new(whole),
            Kind::Gzip => Box::new(Inflating {
                unpacked: MultiGzDecoder::new(whole),
                packed: raw.clone(),
                count: 0,
                most: limits.most_inflation,
            }),
            Kind::Zip => {
                let bytes = workbook::packed_bytes(&name, whole, limits)?;
                return of_workbook(&name, bytes, mapping, limits);
            }
            Kind::Parquet => of_parquet(&name, whole)?,
            Kind::Refused(refused) => return Err(refused.failure(&name)),
        };
        let mut table = BufReader::with_capacity(START, table);
        if kind == Kind::Gzip {
            refuse_packed(&name, &mut table)?;
        }
        Ok(vec![Source {
            name,
            sheet: None,
            table,
        }])
    }

    /// The name in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The sheet of a workbook, and what can't be read in it.
    pub fn sheet(&self) -> Option<&SheetRead> {
        self.sheet.as_ref()
    }

    /// How the unpacked file begins; this doesn't consume it.
    ///
    /// # Errors
    /// If it can't be read.
    pub fn start(&mut self) -> Outcome<&[u8]> {
        let name = &self.name;
        self.table.fill_buf().map_err(|error| {
            Failure::data(format!("can't read the data: {error}")).at(Position::file(&**name))
        })
    }

    /// Whether the table is entirely blank; a long one is assumed not to be.
    ///
    /// # Errors
    /// If it can't be read.
    pub fn is_blank(&mut self) -> Outcome<bool> {
        let start = self.start()?;
        Ok(start.len() < START && trim(start).is_empty())
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.table.read(buffer)
    }
}

/// The table of a Parquet file, which is read completely because its metadata are at the end.
#[cfg(feature = "parquet")]
fn of_parquet(name: &str, mut whole: impl Read) -> Outcome<Box<dyn Read + Send>> {
    let mut bytes = Vec::new();
    whole.read_to_end(&mut bytes).map_err(|error| {
        Failure::data(format!("can't read the data: {error}")).at(Position::file(name))
    })?;
    Ok(Box::new(super::parquet::ParquetText::open(name, bytes)?))
}

/// Without its library no file is one.
#[cfg(not(feature = "parquet"))]
fn of_parquet(name: &str, _: impl Read) -> Outcome<Box<dyn Read + Send>> {
    Err(Failure::data("the file is a Parquet file").at(Position::file(name)))
}

/// The sheets of a workbook to read. If it has others, messages name the sheet too.
fn of_workbook(
    name: &str,
    bytes: Vec<u8>,
    mapping: &Mapping,
    limits: Limits,
) -> Outcome<Vec<Source>> {
    let mut workbook = Workbook::open(name, bytes, limits)?;
    let surveyed = workbook.survey()?;
    let known = |row: &[String]| known_names(row, mapping);
    let (chosen, unread) = sheets::choose(name, &surveyed, &mapping.sheets, known)?;
    let mut choice = Some(Choice {
        read: chosen.iter().map(|sheet| sheet.name.clone()).collect(),
        unread,
    });
    let chosen = chosen.into_iter().map(|sheet| {
        let (text, unreadable) = workbook.csv(sheet)?;
        let text: Box<dyn Read + Send> = Box::new(Cursor::new(text));
        Ok(Source {
            name: workbook::named(name, (surveyed.len() > 1).then_some(&*sheet.name)),
            sheet: Some(SheetRead {
                sheet: sheet.name.clone(),
                unreadable,
                choice: choice.take(),
            }),
            table: BufReader::with_capacity(START, text),
        })
    });
    chosen.collect()
}

/// How many texts are names of columns that are used, and how many are names of columns anywhere.
fn known_names(row: &[String], mapping: &Mapping) -> (usize, usize) {
    let wanted = Wanted::of_signals(mapping);
    let elsewhere = KnownNames::embedded();
    let is_elsewhere = |cell: &&String| elsewhere.has(cell);
    (
        wanted.known_names(row.iter().map(String::as_bytes)),
        row.iter().filter(is_elsewhere).count(),
    )
}

/// Refuses anything but a table within a gzip file.
fn refuse_packed(name: &str, table: &mut BufReader<Box<dyn Read + Send>>) -> Outcome<()> {
    // Errors in unpacking are reported while reading.
    let start = table.fill_buf().unwrap_or_default();
    match kind(start) {
        Kind::Text => Ok(()),
        Kind::Refused(refused) => Err(refused.failure(name)),
        Kind::Gzip => Err(Failure::data("the file is compressed twice")
            .at(Position::file(name))
            .remedy("unpack it once, and give the file that results")),
        Kind::Parquet => Err(Failure::data("the file is a Parquet file packed with gzip")
            .at(Position::file(name))
            .remedy("unpack it: Parquet is already compressed inside")),
        Kind::Zip => Err(Failure::data("the file is a workbook packed with gzip")
            .at(Position::file(name))
            .remedy("unpack it, and give the .xlsx")),
    }
}

/// Counts the bytes that are read through it.
struct Counting {
    source: Box<dyn Read + Send>,
    count: u64,
}

impl Read for Counting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

/// The bytes of a file as they are packed, counting how many were read.
#[derive(Clone)]
struct Shared(Arc<Mutex<Counting>>);

impl Shared {
    fn lock<T>(&self, with: impl FnOnce(&mut Counting) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Read for Shared {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.lock(|packed| packed.read(buffer))
    }
}

/// Unpacks, and stops if a file unpacks to more than any table does.
struct Inflating<R> {
    unpacked: R,
    packed: Shared,
    count: u64,
    most: u64,
}

impl<R: Read> Read for Inflating<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.unpacked.read(buffer)?;
        self.count += count as u64;
        let packed = self.packed.lock(|hashing| hashing.count);
        if self.count > SMALL && self.count / self.most > packed {
            return Err(io::Error::other(format!(
                "it unpacks to more than {} times its size, which is unusual for a table; if it really is \
                one, raise `most-inflation` under [limits] in the settings file",
                self.most
            )));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn read(bytes: &[u8]) -> Result<Vec<u8>, String> {
        let input = Input::of_bytes("x", bytes);
        let mut source = Source::open(&input, Mapping::canonical(), Limits::default())
            .map_err(|failure| failure.to_string())?
            .remove(0);
        let mut text = Vec::new();
        source
            .read_to_end(&mut text)
            .map_err(|error| error.to_string())?;
        Ok(text)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn text_comes_as_it_is() {
        assert_eq!(read(b"abc"), Ok(b"abc".to_vec()));
        assert_eq!(read(b""), Ok(Vec::new()));
    }

    #[test]
    fn gzip_is_unpacked_with_any_file_name() {
        // Two concatenated gzip files are one, as `cat a.gz b.gz` makes them.
        let packed = [gzip(b"ab"), gzip(b"c")].concat();
        assert_eq!(read(&packed), Ok(b"abc".to_vec()));
        let broken = read(&packed[..packed.len() - 6]);
        assert!(broken.is_err(), "{broken:?}");
    }

    #[test]
    fn a_gzip_bomb_is_rejected_before_it_is_unpacked() {
        let bomb = gzip(&vec![b'\n'; 64 << 20]);
        let message = read(&bomb).unwrap_err();
        assert!(
            message.contains("more than 200 times its size"),
            "{message}"
        );
    }

    #[test]
    fn files_that_are_not_tables_are_named() {
        for (start, named) in [
            (&b"%PDF-1.7"[..], "a PDF"),
            (b"PAR1\x15\x04", "Parquet"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        ] {
            let message = read(start).unwrap_err();
            assert!(message.contains(named), "{message}");
        }
    }
}
