//! The positions of each group's categories in the bit masks of cases and signals.

use super::attributes::Attributes;
use crate::read::Signal;
use crate::vocabulary::{Counts, Group, Over, Vocabulary};

/// The bits of groups: those that count cases are one after the other, and so are those that count signals.
#[derive(Clone, Debug)]
pub(super) struct GroupBits {
    /// Groups that count cases by index, each with its first bit.
    cases: Vec<(usize, usize)>,
    /// The groups among these with categories of victims.
    victims: Vec<(usize, usize)>,
    /// Their categories.
    of_victims: u64,
    /// Groups that count signals by index, each with its first bit.
    signals: Vec<(usize, usize)>,
    /// Categories of signals that are not substantive.
    non_substantive: u64,
    /// For each group of the vocabulary, whether it counts cases, and its categories.
    groups: Vec<(bool, u64)>,
    pub cases_of_period: u64,
    pub cases_of_year: u64,
}

/// A mention of a victim, by category of cases.
#[derive(Clone, Copy)]
pub(super) struct Mention {
    /// The category's bit.
    pub category: usize,
    /// Whether every signal of the case repeats it.
    pub is_of_case: bool,
}

impl GroupBits {
    pub(super) fn of(vocabulary: &Vocabulary) -> Self {
        let firsts = |counts, is_wanted: &dyn Fn(&Group) -> bool| {
            let groups = vocabulary.groups_that_count(counts);
            let groups = groups.filter(|(_, group, _)| is_wanted(group));
            groups.map(|(index, _, first)| (index, first)).collect()
        };
        let mask = |counts, is_wanted: &dyn Fn(&Group) -> bool| {
            let groups = vocabulary.groups_that_count(counts);
            let groups = groups.filter(|(_, group, _)| is_wanted(group));
            groups.fold(0, |mask, (_, group, first)| mask | all_of(group) << first)
        };
        let over = |counts, over| mask(counts, &|group: &Group| group.over == over);
        let calls = vocabulary.calls();
        let mut signals = vocabulary.groups_that_count(Counts::Signals);
        let non_substantive =
            signals
                .find(|(index, ..)| *index == calls)
                .map_or(0, |(_, group, first)| {
                    let counted = group.counted();
                    let substantive = counted.fold(0, |mask, (index, _)| mask | 1 << index);
                    (all_of(group) & !substantive) << first
                });
        let mut groups = vec![(false, 0); vocabulary.groups().len()];
        for counts in [Counts::Cases, Counts::Signals] {
            for (index, group, first) in vocabulary.groups_that_count(counts) {
                groups[index] = (counts == Counts::Cases, all_of(group) << first);
            }
        }
        GroupBits {
            groups,
            cases: firsts(Counts::Cases, &|_| true),
            victims: firsts(Counts::Cases, &|group| group.of_victims),
            of_victims: mask(Counts::Cases, &|group| group.of_victims),
            signals: firsts(Counts::Signals, &|_| true),
            non_substantive,
            cases_of_period: over(Counts::Cases, Over::Period),
            cases_of_year: over(Counts::Cases, Over::Year),
        }
    }

    /// Whether a group of the vocabulary counts cases, and the bits of its categories among those of cases or
    /// signals.
    pub(super) fn of_group(&self, group: usize) -> (bool, u64) {
        self.groups[group]
    }

    /// The bits of categories of victims, among those of cases.
    pub(super) fn victims(&self) -> u64 {
        self.of_victims
    }

    /// The venues and categories of cases that a signal mentions.
    pub(super) fn attributes(&self, signal: &Signal<'_>) -> Attributes {
        Attributes {
            categories: said(&self.cases, signal),
            sex_venues: signal.sex_venues.bits(),
            labor_venues: signal.labor_venues.bits(),
        }
    }

    /// The categories of signals that a signal is in.
    pub(super) fn signal(&self, signal: &Signal<'_>) -> u64 {
        said(&self.signals, signal)
    }

    /// Whether a signal with some categories is substantive. A signal without a known call type is: only signals that
    /// are known not to be substantive are left out.
    pub(super) fn is_substantive(&self, said: u64) -> bool {
        said & self.non_substantive == 0
    }

    /// Whether a joined file describes the victims of a signal's case as a whole.
    pub(super) fn has_joined_victims(&self, signal: &Signal<'_>) -> bool {
        let mut groups = self.victims.iter();
        groups.any(|&(group, _)| signal.groups.are_of_case(group))
    }

    /// Each category of victims that a signal mentions.
    pub(super) fn mentions<'a>(
        &'a self,
        signal: &'a Signal<'_>,
    ) -> impl Iterator<Item = Mention> + 'a {
        self.victims.iter().flat_map(|&(group, first)| {
            let is_of_case = signal.groups.are_of_case(group);
            let codes = signal.groups.codes(group).mentions();
            codes.map(move |code| Mention {
                category: first + usize::from(code),
                is_of_case,
            })
        })
    }
}

fn said(groups: &[(usize, usize)], signal: &Signal<'_>) -> u64 {
    groups.iter().fold(0, |said, &(group, first)| {
        said | signal.groups.bits(group) << first
    })
}

/// The positions of the bits that are set, lowest first.
pub(super) fn bits(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (mask != 0).then(|| mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(lowest)
    })
}

fn all_of(group: &Group) -> u64 {
    let entries = 0..group.list.entries().len();
    entries.fold(0, |mask, index| mask | 1 << index)
}
