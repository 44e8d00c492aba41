//! Whether a number can have a value: looked for near counts that are known to agree with all that is printed, then
//! everywhere.

use std::collections::BTreeMap;

use super::model::Compiled;
use super::problem::{Problem, State, Ties, range};
use super::search::{Answer, First, MOST_STEPS, Question, find};

/// Steps that are taken near counts that agree before others are looked for.
const STEPS_NEARBY: usize = 300;
/// Of how many counts that agree the neighborhood is searched.
const NEIGHBORHOODS: usize = 4;

/// As many counts that agree are kept: each has all numbers of all sheets.
const MOST_KEPT: usize = 100;

/// What is known of a problem, and what was found in it.
pub(super) struct Attack<'a> {
    pub compiled: &'a Compiled,
    pub ties: &'a Ties<'a>,
    pub start: State,
    /// Counts that agree with all that is printed.
    found: Vec<State>,
    /// Of such counts, by number, and of an area: what is known where only the numbers of this area, of those that
    /// include it and of those in it may be others.
    nearby: BTreeMap<(usize, usize), State>,
}

impl<'a> Attack<'a> {
    pub(super) fn of(compiled: &'a Compiled, ties: &'a Ties<'a>, start: State) -> Self {
        Attack {
            compiled,
            ties,
            start,
            found: Vec::new(),
            nearby: BTreeMap::new(),
        }
    }

    /// Finds counts that agree with all that is printed; false where there are none.
    pub(super) fn begin(&mut self) -> bool {
        for first in [First::High, First::Low] {
            match find(self.ties, &self.start, None, first, MOST_STEPS) {
                Answer::Yes(found) => self.found.push(found),
                Answer::No => return false,
                Answer::Unknown => {}
            }
        }
        true
    }

    /// Whether a sum can be in a range; `None` where the search was given up.
    pub(super) fn can_be(&mut self, question: Question<'_>) -> Option<bool> {
        let is_answer = |state: &State| {
            let (number, _) = range(state, question.terms);
            (question.lo..=question.hi).contains(&number)
        };
        if self.found.iter().any(is_answer) {
            return Some(true);
        }
        let family = question.terms[0].1.family;
        let area = self.compiled.areas[family];
        for number in 0..self.found.len().min(NEIGHBORHOODS) {
            let ties = self.ties;
            let Some(near) = self.nearby(number, area) else {
                continue;
            };
            let answer = find(ties, near, Some(question), First::High, STEPS_NEARBY);
            if let Answer::Yes(found) = answer {
                self.keep(found);
                return Some(true);
            }
        }
        let mut about = self.compiled.about(question.terms);
        if about.any(|(about, terms)| {
            is_impossible(
                &about,
                Question {
                    terms: &terms,
                    ..question
                },
            )
        }) {
            return Some(false);
        }
        match find(
            self.ties,
            &self.start,
            Some(question),
            First::High,
            MOST_STEPS,
        ) {
            Answer::Yes(found) => {
                self.keep(found);
                Some(true)
            }
            Answer::No => Some(false),
            Answer::Unknown => None,
        }
    }

    fn keep(&mut self, found: State) {
        if self.found.len() < MOST_KEPT {
            self.found.push(found);
        }
    }

    /// Counts by number, with those open that are of an area or of related ones; `None` where these are all.
    fn nearby(&mut self, number: usize, area: usize) -> Option<&State> {
        let related = &self.compiled.related[area];
        if related.len() == self.compiled.related.len() && number > 0 {
            return None;
        }
        let (compiled, ties, start) = (self.compiled, self.ties, &self.start);
        let found = &self.found[number];
        let near = self.nearby.entry((number, area)).or_insert_with(|| {
            let is_open = |family: &usize| related.contains(&compiled.areas[*family]);
            let families = 0..found.len();
            let mut near: State = families
                .clone()
                .map(|family| match is_open(&family) {
                    true => start[family].clone(),
                    false => found[family].clone(),
                })
                .collect();
            // The counts themselves agree, so that something is left.
            ties.propagate(&mut near, families.filter(is_open), None);
            near
        });
        Some(near)
    }
}

fn is_impossible(problem: &Problem, question: Question<'_>) -> bool {
    let ties = Ties::of(problem, &|_| true);
    let Some(start) = problem.start(&ties, &|_| true) else {
        return true;
    };
    let answer = find(&ties, &start, Some(question), First::High, STEPS_NEARBY);
    matches!(answer, Answer::No)
}
