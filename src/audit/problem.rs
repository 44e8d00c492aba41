//! The numbers of sheets as a problem in whole numbers: which counts per stretch of time agree with everything that
//! is printed.

use super::differences::{Differences, Tightened};

/// A run of stretches of one kind of number: from one (included) to another (excluded).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    pub family: usize,
    pub from: usize,
    pub to: usize,
}

/// What a sheet prints about a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    pub run: Run,
    pub lo: i64,
    pub hi: i64,
    /// The printed number that says so.
    pub source: usize,
}

/// In each of these stretches, one kind of number is at most another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AtMost {
    pub small: usize,
    pub large: usize,
    pub from: usize,
    pub to: usize,
}

/// In every run of stretches, one kind of number is at most the sum of some others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AtMostSum {
    pub whole: usize,
    pub parts: Vec<usize>,
}

/// A sum of runs, each added or subtracted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    pub terms: Vec<(i64, Run)>,
    pub lo: i64,
    pub hi: i64,
    /// The printed numbers that say so; none if it follows from the definitions.
    pub sources: Vec<usize>,
}

/// Connected kinds of numbers over the same stretches.
#[derive(Clone, Debug, Default)]
pub(super) struct Problem {
    pub stretches: usize,
    pub families: usize,
    pub facts: Vec<Fact>,
    pub at_most: Vec<AtMost>,
    pub covers: Vec<AtMostSum>,
    pub sums: Vec<Sum>,
    /// The kinds that bind others: once each of their stretches has a value, the parts are independent.
    pub hubs: Vec<usize>,
    /// The other kinds; those that are connected are together.
    pub parts: Vec<Vec<usize>>,
}

/// What is known about each kind of number.
pub(super) type State = Vec<Differences>;

/// Which printed numbers count; the others are ignored.
pub(super) type Mask<'a> = &'a dyn Fn(usize) -> bool;

impl Problem {
    /// What follows from printed numbers; `None` if nothing agrees with all of them.
    pub(super) fn start(&self, mask: Mask<'_>) -> Option<State> {
        let finite = self.facts.iter().map(|fact| match fact.hi {
            hi if hi < super::sheet::ANY => hi,
            _ => fact.lo,
        });
        // No number needs to be more than everything that is printed together.
        let cap = finite.sum::<i64>() + 100;
        let mut state = vec![Differences::new(self.stretches, cap); self.families];
        for fact in self.facts.iter().filter(|fact| mask(fact.source)) {
            let Run { family, from, to } = fact.run;
            let of = &mut state[family];
            if of.at_least(from, to, fact.lo) == Tightened::Empty
                || of.at_most(from, to, fact.hi) == Tightened::Empty
            {
                return None;
            }
        }
        let sums = self.sums_under(mask);
        self.propagate(&mut state, &sums).then_some(state)
    }

    /// The sums that hold if some printed numbers are ignored.
    pub(super) fn sums_under(&self, mask: Mask<'_>) -> Vec<&Sum> {
        let sums = self.sums.iter();
        sums.filter(|sum| sum.sources.iter().all(|source| mask(*source)))
            .collect()
    }

    /// Draws all conclusions from one kind for another; false if nothing is possible.
    pub(super) fn propagate(&self, state: &mut State, sums: &[&Sum]) -> bool {
        let mut open = true;
        while open {
            open = false;
            for tie in &self.at_most {
                match tie_together(state, tie) {
                    Tightened::Empty => return false,
                    Tightened::Narrower => open = true,
                    Tightened::Same => {}
                }
            }
            for cover in &self.covers {
                match keep_covered(state, cover, self.stretches) {
                    Tightened::Empty => return false,
                    Tightened::Narrower => open = true,
                    Tightened::Same => {}
                }
            }
            for sum in sums {
                match balance(state, sum) {
                    Tightened::Empty => return false,
                    Tightened::Narrower => open = true,
                    Tightened::Same => {}
                }
            }
        }
        true
    }
}

fn tie_together(state: &mut State, tie: &AtMost) -> Tightened {
    let mut narrower = Tightened::Same;
    for from in tie.from..tie.to {
        for to in from + 1..=tie.to {
            let hi = state[tie.large].hi(from, to);
            let lo = state[tie.small].lo(from, to);
            for tightened in [
                state[tie.small].at_most(from, to, hi),
                state[tie.large].at_least(from, to, lo),
            ] {
                match tightened {
                    Tightened::Empty => return Tightened::Empty,
                    Tightened::Narrower => narrower = Tightened::Narrower,
                    Tightened::Same => {}
                }
            }
        }
    }
    narrower
}

fn keep_covered(state: &mut State, cover: &AtMostSum, stretches: usize) -> Tightened {
    let mut narrower = Tightened::Same;
    for from in 0..stretches {
        for to in from + 1..=stretches {
            let parts = cover.parts.iter();
            let most: i64 = parts.map(|part| state[*part].hi(from, to)).sum();
            let whole = &mut state[cover.whole];
            let mut tightened = vec![whole.at_most(from, to, most)];
            let least = whole.lo(from, to);
            for part in &cover.parts {
                let part = &mut state[*part];
                let others = most - part.hi(from, to);
                tightened.push(part.at_least(from, to, least - others));
            }
            if tightened.contains(&Tightened::Empty) {
                return Tightened::Empty;
            }
            if tightened.contains(&Tightened::Narrower) {
                narrower = Tightened::Narrower;
            }
        }
    }
    narrower
}

/// The least and the most of a term.
fn ends(state: &State, (sign, run): &(i64, Run)) -> (i64, i64) {
    let of = &state[run.family];
    let (lo, hi) = (of.lo(run.from, run.to), of.hi(run.from, run.to));
    match sign {
        1 => (lo, hi),
        _ => (-hi, -lo),
    }
}

/// The least and the most of a sum.
pub(super) fn range(state: &State, terms: &[(i64, Run)]) -> (i64, i64) {
    let ends = terms.iter().map(|term| ends(state, term));
    ends.fold((0, 0), |(lo, hi), (least, most)| (lo + least, hi + most))
}

fn balance(state: &mut State, sum: &Sum) -> Tightened {
    let mut narrower = Tightened::Same;
    let (lo, hi) = range(state, &sum.terms);
    if lo > sum.hi || hi < sum.lo {
        return Tightened::Empty;
    }
    for term in &sum.terms {
        let (least, most) = ends(state, term);
        // What the others leave, by what was known when the pass began.
        let (least, most) = (sum.lo - (hi - most), sum.hi - (lo - least));
        let (sign, run) = *term;
        let (least, most) = match sign {
            1 => (least, most),
            _ => (-most, -least),
        };
        let of = &mut state[run.family];
        for tightened in [
            of.at_most(run.from, run.to, most),
            of.at_least(run.from, run.to, least),
        ] {
            match tightened {
                Tightened::Empty => return Tightened::Empty,
                Tightened::Narrower => narrower = Tightened::Narrower,
                Tightened::Same => {}
            }
        }
        if narrower == Tightened::Narrower {
            // What was known at the beginning of the pass is still true, even if less than could be said.
            continue;
        }
    }
    narrower
}
