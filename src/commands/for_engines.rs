//! `locate` and `interpret`: report what an engine's cells mean, so that it can count them.

use std::io::{self, Write};
use std::path::PathBuf;

use super::inputs::{self, Passes};
use super::resources;
use super::standard_output::StandardOutput;
use super::whole_file::WholeFile;
use crate::cli::{Interpret, Locate};
use crate::failure::{Failure, Outcome};
use crate::make;
use crate::read::{Input, Limits};

pub(super) fn locate(options: &Locate) -> Outcome<()> {
    answer(&options.files, options.output.as_ref(), |inputs, out| {
        make::locate(inputs, Limits::default(), out)
    })
}

pub(super) fn interpret(options: &Interpret) -> Outcome<()> {
    let vocabulary = resources::vocabulary(options.vocabulary.as_deref())?;
    answer(&options.files, options.output.as_ref(), |inputs, out| {
        make::interpret(inputs, &vocabulary, Limits::default(), out)
    })
}

/// Writes the answers about files to an output file, which is complete or not there.
fn answer(
    files: &[PathBuf],
    output: Option<&PathBuf>,
    say: impl FnOnce(&[Input], &mut dyn Write) -> Outcome<()>,
) -> Outcome<()> {
    let inputs = inputs::open(files, Passes::Several)?;
    let Some(path) = output else {
        let mut out = io::BufWriter::new(StandardOutput::lock());
        return match say(&inputs, &mut out) {
            Err(_) if out.get_ref().reader_is_gone => Ok(()),
            said => said,
        };
    };
    let mut file = WholeFile::begin(path)?;
    let mut out = io::BufWriter::new(&mut file);
    say(&inputs, &mut out)?;
    out.flush()
        .map_err(|error| Failure::io("write", path, &error))?;
    drop(out);
    file.finish()
}
