//! Every sheet of a national sample can be read.

mod support;

use rayon::prelude::*;
use support::Workplace;
use support::legibility::survey;

#[test]
fn probe() {
    let folder = std::env::var("PROBE").unwrap();
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "pdf")).collect();
    files.sort();
    let surveys: Vec<_> = files.par_iter().map(|path| survey(path)).collect();
    let mut total = support::legibility::Survey::default();
    for s in surveys {
        for f in &s.faults { println!("{f}"); }
        total.edge.and(s.edge); total.contrast.and(s.contrast); total.size.and(s.size); total.gap.and(s.gap); total.filled.and(s.filled);
    }
    println!("edge {}\ncontrast {}\nsize {}\ngap {}\nfilled {}", total.edge, total.contrast, total.size, total.gap, total.filled);
    let _ = Workplace::empty();
}
