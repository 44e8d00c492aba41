//! `locate`: finds the places in cells, for an engine that counts.

use std::io::{self, Write};

use super::inputs::{self, Passes};
use super::standard_output::StandardOutput;
use super::whole_file::WholeFile;
use crate::cli::Locate;
use crate::failure::{Failure, Outcome};
use crate::make;
use crate::read::Limits;

pub(super) fn run(options: &Locate) -> Outcome<()> {
    let inputs = inputs::open(&options.files, Passes::Several)?;
    let limits = Limits::default();
    let Some(path) = &options.output else {
        let mut out = io::BufWriter::new(StandardOutput::lock());
        return match make::locate(&inputs, limits, &mut out) {
            Err(_) if out.get_ref().reader_is_gone => Ok(()),
            located => located,
        };
    };
    let mut file = WholeFile::begin(path)?;
    let mut out = io::BufWriter::new(&mut file);
    make::locate(&inputs, limits, &mut out)?;
    out.flush()
        .map_err(|error| Failure::io("write", path, &error))?;
    drop(out);
    file.finish()
}
