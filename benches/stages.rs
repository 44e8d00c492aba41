//! How long each stage of the default run takes: `cargo bench --bench stages`.
//!
//! Prints the median of several runs in one warm process. The whole program, cold, is measured from outside:
//! `hyperfine -N -w 3 target/release/hotline-profile`.

use std::fs;
use std::io;
use std::time::{Duration, Instant};

use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::make::{self, Counting, Form, Input, Protection, Request};
use hotline_profile::period::{Month, Period};
use hotline_profile::profile::Profile;
use hotline_profile::protect::Released;
use hotline_profile::read::{Limits, Mapping};
use hotline_profile::tally::Unit;
use hotline_profile::theme::Theme;
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
        starts: Default::default(),
    };

    let theme = time("load the fonts", || Theme::usual().expect("fonts"));
    let vocabulary = time("vocabulary", Vocabulary::embedded);
    let (wording, profile) = time("wording and profile", || {
        (
            Wording::parse(ENGLISH.1, ENGLISH.2).expect("wording"),
            Profile::parse("nm.toml", &profile_text, state).expect("profile"),
        )
    });
    let counting = Counting {
        vocabulary: &vocabulary,
        mapping: Mapping::canonical(),
        limits: Limits::default(),
        areas: vec![state.into()],
        time: period.into(),
        unit: Unit::Cases,
        strict: false,
    };
    let inputs = [Input::of_bytes("signals.csv", data)];
    let counted = time("read and count", || {
        make::statistics(&inputs, &counting, io::sink()).expect("the bundled sample")
    });
    let statistics = &counted.statistics[0];
    let protection = Protection::default();
    time("shade and protect", || {
        make::numbers(
            statistics,
            protection,
            &Released::default(),
            make::Additions::default(),
        )
    });
    let request = time("read the fonts for the PDF", || {
        Request::new(&wording, &theme, Form::default(), protection).expect("a form")
    });
    time("all of this, composed and laid out", || {
        make::document(statistics, &profile, &request).expect("pages")
    });
    let files = time("all of this, written as PDF", || {
        make::sheet(statistics, &profile, &request)
            .expect("a PDF")
            .files
    });
    println!("{:>8} bytes", files[0].bytes.len());
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
