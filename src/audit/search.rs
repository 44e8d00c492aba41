//! Whether there are counts that agree with all that is printed.
//!
//! The search gives each stretch of the kinds that bind others (numbers of cases, mostly) a number, by halving
//! what it may be, and draws all conclusions after each step. When these have numbers, the parts are on their own: it
//! gives numbers to one after the other. So the answer is exact, unless the search is given up, which it says.

use std::rc::Rc;

use super::differences::Tightened;
use super::problem::{Run, State, Sum, Ties};

/// The answer of a search.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// There are: these, in which every stretch of every kind has a number.
    Yes(State),
    No,
    /// It would take too long to find out.
    Unknown,
}

/// Steps after which a search is given up, for the binding kinds and for each part.
pub(super) const MOST_STEPS: usize = 20_000;

/// What is asked: whether a sum of runs can be between two values, both included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question<'a> {
    pub terms: &'a [(i64, Run)],
    pub lo: i64,
    pub hi: i64,
}

/// Which numbers are tried first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    Low,
    High,
}

/// Searches for counts that agree with what is known, and with the question.
pub(super) fn find(
    ties: &Ties<'_>,
    start: &State,
    question: Option<Question<'_>>,
    first: First,
    most_steps: usize,
) -> Answer {
    let mut state = start.clone();
    let further = question.map(|question| Sum {
        terms: question.terms.to_vec(),
        lo: question.lo,
        hi: question.hi,
        sources: Vec::new(),
    });
    let mut search = Search {
        ties,
        further: None,
        first,
        most_steps,
        steps: 0,
    };
    if let Some(sum) = &further {
        // A question about a single run is a bound like any other; one about several is a sum.
        if let [(1, run)] = sum.terms.as_slice() {
            let of = Rc::make_mut(&mut state[run.family]);
            if of.at_most(run.from, run.to, sum.hi) == Tightened::Empty
                || of.at_least(run.from, run.to, sum.lo) == Tightened::Empty
            {
                return Answer::No;
            }
        } else {
            search.further = Some(sum);
        }
        let kinds = sum.terms.iter().map(|(_, run)| run.family);
        if !ties.propagate(&mut state, kinds, search.further) {
            return Answer::No;
        }
    }
    match search.hubs(&state) {
        Some(found) => Answer::Yes(found),
        None if search.is_given_up() => Answer::Unknown,
        None => Answer::No,
    }
}

struct Search<'a> {
    ties: &'a Ties<'a>,
    /// A sum that holds beside those of the problem.
    further: Option<&'a Sum>,
    first: First,
    most_steps: usize,
    steps: usize,
}

/// What to do where every kind that was to get numbers has them.
type End<'e, 'a> = &'e dyn Fn(&mut Search<'a>, State) -> Option<State>;

impl<'a> Search<'a> {
    fn is_given_up(&self) -> bool {
        self.steps > self.most_steps
    }

    /// Gives the binding kinds numbers with which every part can be.
    fn hubs(&mut self, state: &State) -> Option<State> {
        let hubs = &self.ties.problem.hubs;
        self.branch(state, hubs, &|search, state| search.parts(state))
    }

    /// Gives numbers to all parts, where the binding kinds have some.
    fn parts(&mut self, mut state: State) -> Option<State> {
        let so_far = self.steps;
        for part in &self.ties.problem.parts {
            self.steps = 0;
            state = self.branch(&state, part, &|_, state| Some(state))?;
        }
        self.steps = so_far;
        Some(state)
    }

    fn branch(&mut self, state: &State, kinds: &[usize], end: End<'_, 'a>) -> Option<State> {
        self.steps += 1;
        if self.is_given_up() {
            return None;
        }
        let is_open = |(kind, at): &(usize, usize)| {
            let of = &state[*kind];
            of.lo(*at, at + 1) < of.hi(*at, at + 1)
        };
        let stretches = 0..self.ties.problem.stretches;
        let mut all = kinds
            .iter()
            .flat_map(|&kind| stretches.clone().map(move |at| (kind, at)));
        let Some((kind, at)) = all.find(is_open) else {
            return end(self, state.clone());
        };
        let (lo, hi) = (state[kind].lo(at, at + 1), state[kind].hi(at, at + 1));
        let middle = lo + (hi - lo) / 2;
        let mut halves = [(lo, middle), (middle + 1, hi)];
        if self.first == First::High {
            halves.reverse();
        }
        for (lo, hi) in halves {
            let mut half = state.clone();
            let of = Rc::make_mut(&mut half[kind]);
            let is_empty = of.at_least(at, at + 1, lo) == Tightened::Empty
                || of.at_most(at, at + 1, hi) == Tightened::Empty;
            if !is_empty
                && self.ties.propagate(&mut half, [kind], self.further)
                && let Some(found) = self.branch(&half, kinds, end)
            {
                return Some(found);
            }
            if self.is_given_up() {
                return None;
            }
        }
        None
    }
}
