//! Whether there are counts that agree with everything that is printed.
//!
//! The search assigns a number to each stretch of the kinds that bind others (mostly numbers of cases), by halving
//! the range of possible values, and draws all conclusions after each step. Once these have numbers, the rest of each
//! part is difference constraints of one kind, for which the conclusions are exact. So the answer is exact, unless
//! the search is abandoned; then it says so.

use super::differences::Tightened;
use super::problem::{Problem, Run, State, Sum};

/// The result of a search.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// Counts exist: the values of the binding kinds in them.
    Yes(State),
    No,
    /// It would take too long to find out.
    Unknown,
}

/// The number of steps after which a search is abandoned.
const MOST_STEPS: usize = 20_000;

/// The question: whether a sum of runs can be between two values, both included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question<'a> {
    pub terms: &'a [(i64, Run)],
    pub lo: i64,
    pub hi: i64,
}

/// Searches for counts that agree with what is known, and with the question.
pub(super) fn find(
    problem: &Problem,
    start: &State,
    sums: &[&Sum],
    question: Option<Question<'_>>,
    upper_first: bool,
) -> Answer {
    let asked = question.map(|question| Sum {
        terms: question.terms.to_vec(),
        lo: question.lo,
        hi: question.hi,
        sources: Vec::new(),
    });
    let mut state = start.clone();
    let mut sums = sums.to_vec();
    // A question about a single run is a bound like any other; a question about several is a sum.
    let whole = match &asked {
        Some(sum) if sum.terms.len() == 1 => {
            let (_, run) = sum.terms[0];
            let of = &mut state[run.family];
            if of.at_most(run.from, run.to, sum.hi) == Tightened::Empty
                || of.at_least(run.from, run.to, sum.lo) == Tightened::Empty
            {
                return Answer::No;
            }
            None
        }
        Some(sum) => {
            sums.push(sum);
            Some(sum.terms[0].1.family)
        }
        None => None,
    };
    if !problem.propagate(&mut state, &sums) {
        return Answer::No;
    }
    let mut search = Search {
        problem,
        sums: &sums,
        whole,
        upper_first,
        steps: 0,
    };
    match search.hubs(&state) {
        Some(found) => Answer::Yes(found),
        None if search.steps > MOST_STEPS => Answer::Unknown,
        None => Answer::No,
    }
}

struct Search<'a> {
    problem: &'a Problem,
    sums: &'a [&'a Sum],
    /// A kind whose numbers are to be assigned.
    whole: Option<usize>,
    upper_first: bool,
    steps: usize,
}

impl Search<'_> {
    /// Assigns numbers to the binding kinds so that every part is possible.
    fn hubs(&mut self, state: &State) -> Option<State> {
        let problem = self.problem;
        self.branch(state, &problem.hubs, &mut |search, state| {
            problem.parts.iter().all(|part| search.part(state, part))
        })
    }

    /// Whether a part is possible if the binding kinds have numbers.
    fn part(&mut self, state: &State, part: &[usize]) -> bool {
        let has_whole = self.whole.is_some_and(|family| part.contains(&family));
        let tied = match has_whole {
            true => part,
            // The last one is only difference constraints once all others have numbers.
            false => &part[..part.len() - 1],
        };
        tied.is_empty() || self.branch(state, tied, &mut |_, _| true).is_some()
    }

    fn branch(
        &mut self,
        state: &State,
        families: &[usize],
        end: &mut dyn FnMut(&mut Self, &State) -> bool,
    ) -> Option<State> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return None;
        }
        let stretches = 0..self.problem.stretches;
        let mut open = families
            .iter()
            .flat_map(|&family| stretches.clone().map(move |at| (family, at)));
        let Some((family, at)) =
            open.find(|&(family, at)| state[family].lo(at, at + 1) < state[family].hi(at, at + 1))
        else {
            return end(self, state).then(|| state.clone());
        };
        let (lo, hi) = (state[family].lo(at, at + 1), state[family].hi(at, at + 1));
        let middle = lo + (hi - lo) / 2;
        let mut halves = [(lo, middle), (middle + 1, hi)];
        if self.upper_first {
            halves.reverse();
        }
        for (lo, hi) in halves {
            let mut half = state.clone();
            let of = &mut half[family];
            let is_empty = of.at_least(at, at + 1, lo) == Tightened::Empty
                || of.at_most(at, at + 1, hi) == Tightened::Empty;
            if !is_empty
                && self.problem.propagate(&mut half, self.sums)
                && let Some(found) = self.branch(&half, families, end)
            {
                return Some(found);
            }
            if self.steps > MOST_STEPS {
                return None;
            }
        }
        None
    }
}
