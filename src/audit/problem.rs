//! The numbers of sheets as a problem in whole numbers: which counts per stretch of time agree with all that is
//! printed.

use std::collections::VecDeque;
use std::rc::Rc;

use super::differences::{Differences, Tightened};
use super::sheet::ANY;

/// A run of stretches of one kind of number: from one, included, to another, excluded.
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
    /// The kinds that bind others: once each of their stretches has a number, the parts are on their own.
    pub hubs: Vec<usize>,
    /// The others, those that are tied to one another together.
    pub parts: Vec<Vec<usize>>,
}

/// What is known of each kind of number; what a step of a search leaves as it was, both states share.
pub(super) type State = Vec<Rc<Differences>>;

/// Which printed numbers count; the others are taken for unread.
pub(super) type Mask<'a> = &'a dyn Fn(usize) -> bool;

impl Problem {
    /// What follows from printed numbers; `None` where nothing agrees with all of them.
    pub(super) fn start(&self, ties: &Ties<'_>, mask: Mask<'_>) -> Option<State> {
        let finite = self.facts.iter().map(|fact| match fact.hi {
            hi if hi < ANY => hi,
            _ => fact.lo,
        });
        // More than all that is printed together nothing need be.
        let cap = finite.sum::<i64>() + 100;
        let unknown = Rc::new(Differences::new(self.stretches, cap));
        let mut state = vec![unknown; self.families];
        for fact in self.facts.iter().filter(|fact| mask(fact.source)) {
            let Run { family, from, to } = fact.run;
            let of = Rc::make_mut(&mut state[family]);
            if of.at_least(from, to, fact.lo) == Tightened::Empty
                || of.at_most(from, to, fact.hi) == Tightened::Empty
            {
                return None;
            }
        }
        ties.propagate(&mut state, 0..self.families, None)
            .then_some(state)
    }

    /// The part of the problem that is about some kinds alone: what follows from it is so.
    pub(super) fn of_kinds(&self, kinds: &[usize]) -> Problem {
        let mut place = vec![None; self.families];
        for (at, &kind) in kinds.iter().enumerate() {
            place[kind] = Some(at);
        }
        let at = |kind: usize| place[kind];
        let run = |run: Run| {
            Some(Run {
                family: at(run.family)?,
                ..run
            })
        };
        let facts = self.facts.iter();
        let ties = self.at_most.iter();
        let covers = self.covers.iter();
        let sums = self.sums.iter();
        let all_of = |kinds: &[usize]| -> Option<Vec<usize>> {
            kinds.iter().map(|kind| at(*kind)).collect()
        };
        let within = |kinds: &Vec<usize>| -> Vec<usize> {
            kinds.iter().filter_map(|kind| at(*kind)).collect()
        };
        Problem {
            stretches: self.stretches,
            families: kinds.len(),
            facts: facts
                .filter_map(|fact| {
                    Some(Fact {
                        run: run(fact.run)?,
                        ..*fact
                    })
                })
                .collect(),
            at_most: ties
                .filter_map(|tie| {
                    Some(AtMost {
                        small: at(tie.small)?,
                        large: at(tie.large)?,
                        ..*tie
                    })
                })
                .collect(),
            covers: covers
                .filter_map(|cover| {
                    Some(AtMostSum {
                        whole: at(cover.whole)?,
                        parts: all_of(&cover.parts)?,
                    })
                })
                .collect(),
            sums: sums
                .filter_map(|sum| {
                    let terms = sum.terms.iter();
                    let terms = terms.map(|(sign, it)| Some((*sign, run(*it)?)));
                    Some(Sum {
                        terms: terms.collect::<Option<_>>()?,
                        sources: sum.sources.clone(),
                        ..*sum
                    })
                })
                .collect(),
            hubs: within(&self.hubs),
            parts: {
                let parts = self.parts.iter().map(within);
                parts.filter(|part| !part.is_empty()).collect()
            },
        }
    }
}

/// What ties kinds to one another, and which of it is about each.
pub(super) struct Ties<'p> {
    pub problem: &'p Problem,
    sums: Vec<&'p Sum>,
    /// Of each kind its ties: by number those of `at_most`, then `covers`, then `sums`.
    of_kind: Vec<Vec<usize>>,
}

impl<'p> Ties<'p> {
    /// The ties that hold where some printed numbers are taken for unread.
    pub(super) fn of(problem: &'p Problem, mask: Mask<'_>) -> Self {
        let sums = problem.sums.iter();
        let holds = |sum: &&Sum| sum.sources.iter().all(|source| mask(*source));
        let sums: Vec<&Sum> = sums.filter(holds).collect();
        let mut of_kind = vec![Vec::new(); problem.families];
        let mut next = 0;
        let mut add = |kinds: &mut dyn Iterator<Item = usize>| {
            for kind in kinds {
                if of_kind[kind].last() != Some(&next) {
                    of_kind[kind].push(next);
                }
            }
            next += 1;
        };
        for tie in &problem.at_most {
            add(&mut [tie.small, tie.large].into_iter());
        }
        for cover in &problem.covers {
            add(&mut cover.parts.iter().copied().chain([cover.whole]));
        }
        for sum in &sums {
            add(&mut sum.terms.iter().map(|(_, run)| run.family));
        }
        Ties {
            problem,
            sums,
            of_kind,
        }
    }

    /// Draws all conclusions from kinds of which more is known than before, with a further sum; false where nothing
    /// is left.
    pub(super) fn propagate(
        &self,
        state: &mut State,
        kinds: impl IntoIterator<Item = usize>,
        further: Option<&Sum>,
    ) -> bool {
        let problem = self.problem;
        let (bounds, covers) = (problem.at_most.len(), problem.covers.len());
        let mut is_waiting = vec![false; bounds + covers + self.sums.len()];
        let mut queue: VecDeque<usize> = VecDeque::new();
        let mut narrower: Vec<usize> = kinds.into_iter().collect();
        let mut is_further_open = further.is_some();
        loop {
            for kind in narrower.drain(..) {
                is_further_open |= further.is_some();
                for &tie in &self.of_kind[kind] {
                    if !std::mem::replace(&mut is_waiting[tie], true) {
                        queue.push_back(tie);
                    }
                }
            }
            let can_be = match (queue.pop_front(), further) {
                (Some(tie), _) => {
                    is_waiting[tie] = false;
                    match tie {
                        tie if tie < bounds => {
                            tie_together(state, &problem.at_most[tie], &mut narrower)
                        }
                        tie if tie < bounds + covers => {
                            let cover = &problem.covers[tie - bounds];
                            keep_covered(state, cover, problem.stretches, &mut narrower)
                        }
                        tie => balance(state, self.sums[tie - bounds - covers], &mut narrower),
                    }
                }
                (None, Some(sum)) if is_further_open => {
                    is_further_open = false;
                    balance(state, sum, &mut narrower)
                }
                (None, _) => return true,
            };
            if !can_be {
                return false;
            }
        }
    }
}

/// Bounds a run, and notes the kind where that is news; false where nothing is left.
fn bound(state: &mut State, run: Run, lo: i64, hi: i64, narrower: &mut Vec<usize>) -> bool {
    let Run { family, from, to } = run;
    let of = &state[family];
    if lo <= of.lo(from, to) && of.hi(from, to) <= hi {
        return true;
    }
    let of = Rc::make_mut(&mut state[family]);
    narrower.push(family);
    of.at_least(from, to, lo) != Tightened::Empty && of.at_most(from, to, hi) != Tightened::Empty
}

fn tie_together(state: &mut State, tie: &AtMost, narrower: &mut Vec<usize>) -> bool {
    for from in tie.from..tie.to {
        for to in from + 1..=tie.to {
            let run = |family| Run { family, from, to };
            let hi = state[tie.large].hi(from, to);
            let lo = state[tie.small].lo(from, to);
            if !bound(state, run(tie.small), -ANY, hi, narrower)
                || !bound(state, run(tie.large), lo, ANY, narrower)
            {
                return false;
            }
        }
    }
    true
}

fn keep_covered(
    state: &mut State,
    cover: &AtMostSum,
    stretches: usize,
    narrower: &mut Vec<usize>,
) -> bool {
    for from in 0..stretches {
        for to in from + 1..=stretches {
            let run = |family| Run { family, from, to };
            let parts = cover.parts.iter();
            let most: i64 = parts.map(|part| state[*part].hi(from, to)).sum();
            if !bound(state, run(cover.whole), -ANY, most, narrower) {
                return false;
            }
            let least = state[cover.whole].lo(from, to);
            for part in &cover.parts {
                let others = most - state[*part].hi(from, to);
                if !bound(state, run(*part), least - others, ANY, narrower) {
                    return false;
                }
            }
        }
    }
    true
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

fn balance(state: &mut State, sum: &Sum, narrower: &mut Vec<usize>) -> bool {
    let (lo, hi) = range(state, &sum.terms);
    if lo > sum.hi || hi < sum.lo {
        return false;
    }
    sum.terms.iter().all(|term| {
        let (least, most) = ends(state, term);
        // What the others leave, by what was known when the pass began.
        let (least, most) = (sum.lo - (hi - most), sum.hi - (lo - least));
        let (sign, run) = *term;
        match sign {
            1 => bound(state, run, least, most, narrower),
            _ => bound(state, run, -most, -least, narrower),
        }
    })
}
