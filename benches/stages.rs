//! How long each stage of the default run takes: `cargo bench --bench stages`.
//!
//! Prints the median of several runs in one warm process; the whole program, cold, is measured from
//! outside: `hyperfine -N -w 3 target/release/hotline-profile`.

use std::fs;
use std::io;
use std::time::{Duration, Instant};

use hotline_profile::geo::{Boundaries, Plane};
use hotline_profile::heat;
use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::layout::{self, Format, Grid};
use hotline_profile::pdf;
use hotline_profile::period::{Month, Period};
use hotline_profile::profile::Profile;
use hotline_profile::protect;
use hotline_profile::read::{RejectsWriter, SignalReader};
use hotline_profile::sheet::{self, Arrangement, Brand, Extent, Provenance, Shape};
use hotline_profile::tally::{Tally, Unit};
use hotline_profile::text::Faces;
use hotline_profile::vocabulary::Vocabulary;
use hotline_profile::wording::{ENGLISH, Wording};

const RUNS: usize = 25;

fn main() {
    let data = fs::read("input/signals.csv").expect("run it in the repository's folder");
    let profile_text = fs::read_to_string("input/profiles/nm.toml").expect("the bundled profile");
    let state = Jurisdiction::from_code("NM").expect("a state");
    let month = |year| Month { year, month: 12 };
    let period = Period {
        from: month(2012),
        to: month(2016),
        year: 2016,
    };

    let faces = time("load the fonts", || Faces::embedded().expect("fonts"));
    let vocabulary = time("vocabulary", Vocabulary::embedded);
    let (wording, profile) = time("wording and profile", || {
        (
            Wording::parse(ENGLISH.1, ENGLISH.2).expect("wording"),
            Profile::parse("nm.toml", &profile_text, state).expect("profile"),
        )
    });
    let tally = time("read and tally", || {
        let mut tally = Tally::new(&vocabulary, period, Unit::Cases);
        let mut reader = SignalReader::open("signals.csv", data.as_slice(), &vocabulary)
            .expect("the bundled sample");
        let mut rejects = RejectsWriter::new(|| Ok(io::sink()));
        tally
            .read(&mut reader, &mut rejects)
            .expect("the bundled sample");
        tally
    });
    let statistics = time("statistics", || tally.statistics(&[state]).remove(0));
    let plane = time("boundaries", || Plane::of(&Boundaries::of(state)));
    let shading = time("shade the map", || {
        heat::shade(&statistics.map.points, &plane, 5)
    });
    let published = time("protect", || {
        protect::publish(&statistics, 5, false, shading.clone())
    });
    let provenance = Provenance {
        sha256: "0".repeat(64),
        data_through: tally.data_through(),
        options: String::new(),
    };
    let document = time("compose the sheet", || {
        sheet::compose(
            &published,
            &profile,
            &wording,
            &provenance,
            Arrangement {
                shape: Shape::Compact,
                extent: Extent::Full,
                gray: false,
                data_page: false,
            },
            &Brand::default(),
        )
    });
    let pages = time("lay out, with charts and map", || {
        layout::lay_out(&document, &faces, &Format::on(Grid::LETTER)).expect("pages")
    });
    let writer = time("read the fonts for the PDF", || {
        pdf::Writer::new(&faces).expect("fonts")
    });
    let bytes = time("write the PDF", || {
        writer
            .write(&pages, &document.title, &document.metadata)
            .expect("a PDF")
    });
    println!("{:>8} bytes", bytes.len());
}

/// Prints the median time of a step and returns its result.
fn time<T>(step: &str, mut run: impl FnMut() -> T) -> T {
    let mut times: Vec<Duration> = Vec::with_capacity(RUNS);
    for _ in 1..RUNS {
        let start = Instant::now();
        let result = run();
        times.push(start.elapsed());
        drop(result);
    }
    let start = Instant::now();
    let result = run();
    times.push(start.elapsed());
    times.sort();
    println!("{:>8.2} ms  {step}", times[RUNS / 2].as_secs_f64() * 1000.0);
    result
}
