//! `sample`: synthetic signals.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::resources;
use super::standard_output::StandardOutput;
use super::teller::Teller;
use super::whole_file::WholeFile;
use crate::area::{Area, StateSet};
use crate::cli::Sample;
use crate::failure::{Failure, Outcome};
use crate::sample::{self, Plan, Shape};

pub(super) fn run(options: &Sample) -> Outcome<()> {
    let plan = plan(options)?;
    let vocabulary = resources::vocabulary(options.vocabulary.as_deref())?;
    let Some(path) = &options.output else {
        let mut out = BufWriter::new(StandardOutput::lock());
        let written = sample::write(&plan, &vocabulary, &mut out).and_then(|_| {
            out.flush()
                .map_err(|error| Failure::io("write", Path::new("standard output"), &error))
        });
        return match written {
            Err(_) if out.get_ref().reader_is_gone => Ok(()),
            written => written,
        };
    };
    let mut file = WholeFile::begin(path)?;
    let mut out = BufWriter::new(&mut file);
    let summary = sample::write(&plan, &vocabulary, &mut out)?;
    out.flush()
        .map_err(|error| Failure::io("write", path, &error))?;
    drop(out);
    file.finish()?;
    Teller::of(&options.tell).say(format_args!(
        "{}: {} synthetic rows, {} cases, {} duplicates, {} to be rejected",
        path.display(),
        summary.rows,
        summary.cases,
        summary.duplicates,
        summary.rejected
    ));
    Ok(())
}

/// The requested states; without any, those of the nation.
fn states(options: &Sample) -> StateSet {
    let area = match options.region {
        Some(region) => Some(Area::Region(region)),
        None => Area::of_states(options.state.iter().copied().collect()),
    };
    area.unwrap_or(Area::Nation).states()
}

fn plan(options: &Sample) -> Outcome<Plan> {
    let mut plan = match &options.plan {
        Some(path) => {
            let text = fs::read_to_string(path)
                .map_err(|error| Failure::io("read the plan", path, &error))?;
            Plan::from_toml(&path.display().to_string(), &text)?
        }
        None => {
            let shape = Shape {
                states: states(options).iter().collect(),
                signals: options.signals,
                from: options.from,
                to: options.to,
                faults_per_mille: options.faults,
            };
            Plan::general(shape, 1)?
        }
    };
    if let Some(seed) = options.seed {
        plan.seed = seed;
    }
    Ok(plan)
}
