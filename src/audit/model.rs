//! Turns the numbers that sheets print into problems in whole numbers, using what is known about their connections.

use std::collections::{BTreeMap, BTreeSet};

use super::areas::{covers, is_covered};
use super::problem::{AtMost, AtMostSum, Fact, Problem, Run, Sum};
use super::sheet::{ANY, Counted, Printed, Sheet, Span, Statement, Subject};

/// A kind of number for an area.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    pub area: String,
    pub subject: Subject,
    /// For a year that is only partly in the period of its sheet: the end of the period, because the year may have
    /// continued.
    /// For cases on the map: the limit, which decides which cases are on it.
    pub variant: i64,
}

/// A sum of kinds over spans of time, each added or subtracted.
pub(super) type Terms = Vec<(i64, usize, Span)>;

/// Everything that is known about sheets, before time is cut into stretches.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub(super) kinds: BTreeMap<Kind, usize>,
    /// For each fact, the printed number that it comes from: sheet and statement.
    pub sources: Vec<Source>,
    facts: Vec<(usize, Span, i64, i64, usize)>,
    /// Nothing is counted outside these months.
    only_within: Vec<(usize, Span)>,
    at_most: Vec<(usize, usize, Option<Span>)>,
    /// One kind is at most the sum of others.
    covers: Vec<(usize, Vec<usize>)>,
    sums: Vec<(Terms, i64, i64, Vec<usize>)>,
}

/// A printed number, or the fact that one is not listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub sheet: usize,
    pub name: String,
    pub printed: String,
}

impl Model {
    /// What is known from sheets; they are in the order of the sources.
    pub(super) fn of(sheets: &[Sheet]) -> Self {
        let mut model = Model::default();
        for (index, sheet) in sheets.iter().enumerate() {
            model.add_sheet(index, sheet);
        }
        model.cover(sheets);
        for (index, sheet) in sheets.iter().enumerate() {
            model.add_unlisted(index, sheet);
            model.add_unlisted_counties(index, sheet);
        }
        model.add_ledgers(sheets);
        model.tie(sheets);
        model
    }

    pub(super) fn kind(&mut self, kind: Kind) -> usize {
        let next = self.kinds.len();
        *self.kinds.entry(kind).or_insert(next)
    }

    fn source(&mut self, sheet: usize, name: &str, printed: String) -> usize {
        self.sources.push(Source {
            sheet,
            name: name.to_owned(),
            printed,
        });
        self.sources.len() - 1
    }

    fn fact(&mut self, kind: usize, span: Span, printed: Printed, source: usize) {
        self.facts
            .push((kind, span, printed.lo, printed.hi, source));
    }

    fn add_sheet(&mut self, index: usize, sheet: &Sheet) {
        for statement in &sheet.statements {
            let Printed { lo, mut hi } = statement.printed;
            if matches!(statement.subject, Subject::County { .. }) {
                // Besides those that the map shows, there may be others.
                hi = ANY;
            }
            let kind = self.kind(kind_of(sheet, statement));
            let source = self.source(index, &statement.name, statement.printed.to_string());
            self.fact(kind, statement.over, Printed { lo, hi }, source);
            match &statement.subject {
                Subject::OnMap | Subject::OffMap => self.only_within.push((kind, statement.over)),
                Subject::Total { of, group } => self.add_total(sheet, statement, *of, group),
                _ => {}
            }
        }
        let find = |subject| {
            let mut statements = sheet.statements.iter();
            statements.find(|statement| statement.subject == subject)
        };
        if let (Some(on), Some(off)) = (find(Subject::OnMap), find(Subject::OffMap)) {
            let all = Statement {
                subject: Subject::Cases,
                ..on.clone()
            };
            let all = self.kind(kind_of(sheet, &all));
            let (on, off) = (
                self.kind(kind_of(sheet, on)),
                self.kind(kind_of(sheet, off)),
            );
            let span = sheet.year_span;
            let terms = vec![(1, on, span), (1, off, span), (-1, all, span)];
            self.sums.push((terms, 0, 0, Vec::new()));
        }
        self.add_rule_of_hiding(index, sheet);
    }

    /// A group's total is the sum of its categories, if the sheet has any.
    fn add_total(&mut self, sheet: &Sheet, total: &Statement, of: Counted, group: &str) {
        let span = total.over;
        let mut terms = vec![(-1, self.kind(kind_of(sheet, total)), span)];
        for part in &sheet.statements {
            let is_part = matches!(&part.subject, Subject::Part { of: other, group: its, .. }
                if *other == of && its == group);
            if is_part && part.over == span {
                terms.push((1, self.kind(kind_of(sheet, part)), span));
            }
        }
        if terms.len() > 1 {
            self.sums.push((terms, 0, 0, Vec::new()));
        }
    }

    /// Versions that hid a second category to protect a small one hid the smallest that was large enough: if only one
    /// is hidden, it isn't larger than any other that is above the limit.
    fn add_rule_of_hiding(&mut self, index: usize, sheet: &Sheet) {
        let (Some(_), Some(limit)) = (sheet.ledger, sheet.limit) else {
            return;
        };
        let totals = sheet.statements.iter().filter(|it| it.printed.is_exact());
        let totals = totals.filter_map(|it| match &it.subject {
            Subject::Total { group, .. } => Some((group, it.over)),
            _ => None,
        });
        for (group, over) in totals {
            let parts = || {
                let statements = sheet.statements.iter();
                statements.filter(move |it| {
                    let is_part =
                        matches!(&it.subject, Subject::Part { group: its, .. } if its == group);
                    is_part && it.over == over
                })
            };
            let hidden: Vec<&Statement> = parts().filter(|it| it.printed.hi == ANY).collect();
            let shown = parts().filter(|it| it.printed.is_exact() && it.printed.lo > limit);
            if let ([hidden], Some(hi)) = (hidden.as_slice(), shown.map(|it| it.printed.lo).min()) {
                let kind = self.kind(kind_of(sheet, hidden));
                let source =
                    self.source(index, &hidden.name, format!("hidden, so no more than {hi}"));
                self.fact(kind, over, Printed { lo: limit, hi }, source);
            }
        }
    }

    /// A venue that any sheet for the area lists, but this one doesn't, has fewer cases than the limit or, if the
    /// list is full, no more than the last one listed.
    fn add_unlisted(&mut self, index: usize, sheet: &Sheet) {
        for group in RANKINGS {
            let listed = listed(sheet, group);
            let Some(most) = most_of_unlisted(sheet, &listed) else {
                continue;
            };
            let known: Vec<Kind> = self
                .kinds
                .keys()
                .filter(|kind| kind.area == sheet.area)
                .filter(|kind| matches!(&kind.subject, Subject::Part { group: its, .. } if its == group))
                .cloned()
                .collect();
            for kind in known {
                let is_listed = listed.iter().any(|it| it.subject == kind.subject);
                let Subject::Part { key, .. } = &kind.subject else {
                    continue;
                };
                if !is_listed {
                    let name = format!("{group}.{key}");
                    let source = self.source(index, &name, "not listed".to_owned());
                    let id = self.kinds[&kind];
                    self.fact(id, sheet.period, Printed { lo: 0, hi: most }, source);
                }
            }
        }
    }

    /// A county that any sheet lists but this one doesn't has fewer cases than the limit. One that is listed may have
    /// more cases than the map shows.
    fn add_unlisted_counties(&mut self, index: usize, sheet: &Sheet) {
        let Some(limit) = sheet.limit.filter(|_| has_counties(sheet)) else {
            return;
        };
        let of_area = self.kinds.keys().filter(|kind| kind.area == sheet.area);
        let mut known: Vec<Subject> = of_area
            .map(|kind| kind.subject.clone())
            .filter(|subject| matches!(subject, Subject::County { .. }))
            .collect();
        known.dedup();
        for subject in known {
            let is_listed = sheet.statements.iter().any(|it| it.subject == subject);
            let Subject::County { fips } = &subject else {
                continue;
            };
            if is_listed {
                continue;
            }
            let statement = Statement {
                name: format!("counties.{fips}"),
                subject,
                over: sheet.year_span,
                printed: Printed {
                    lo: 0,
                    hi: (limit - 1).max(0),
                },
            };
            let source = self.source(index, &statement.name, "not listed".to_owned());
            let kind = self.kind(kind_of(sheet, &statement));
            self.fact(kind, statement.over, statement.printed, source);
        }
    }

    /// What is counted for an area is counted for one of those that cover it.
    fn cover(&mut self, sheets: &[Sheet]) {
        for cover in covers(sheets) {
            let kinds = self.kinds.keys().filter(|kind| {
                kind.area == cover.whole && kind.variant == 0 && is_covered(&kind.subject)
            });
            for kind in kinds.cloned().collect::<Vec<_>>() {
                let is_listed = matches!(&kind.subject, Subject::Part { group, .. }
                    if RANKINGS.contains(&group.as_str()));
                let parts = cover.parts.iter().map(|area| {
                    let part = Kind {
                        area: area.clone(),
                        ..kind.clone()
                    };
                    // A venue that no sheet for the part lists has few cases there.
                    match is_listed {
                        true => Some(self.kind(part)),
                        false => self.kinds.get(&part).copied(),
                    }
                });
                if let Some(parts) = parts.collect::<Option<Vec<_>>>() {
                    self.covers.push((self.kinds[&kind], parts));
                }
            }
        }
    }

    /// Each case has a row, so the cases that a ledger doesn't count aren't more than its rows outside the period.
    fn add_ledgers(&mut self, sheets: &[Sheet]) {
        for (index, sheet) in sheets.iter().enumerate() {
            let Some(ledger) = sheet.ledger else {
                continue;
            };
            let kind = self.kind(Kind {
                area: sheet.area.clone(),
                subject: Subject::Cases,
                variant: 0,
            });
            let counted = [sheet.period, sheet.year_span];
            if ledger.used.is_exact() && sheet.period.has(sheet.year_span) {
                let source = self.source(index, "ledger.used", ledger.used.to_string());
                let most = Printed {
                    lo: 0,
                    hi: ledger.used.hi,
                };
                self.fact(kind, sheet.period, most, source);
            }
            let others = sheets.iter().filter(|other| {
                let same_rows = other.ledger.is_some_and(|its| {
                    let (rows, others) = (ledger.rows_read, its.rows_read);
                    !rows.is_exact() || !others.is_exact() || rows == others
                });
                other.area == sheet.area && same_rows
            });
            let spans = others.flat_map(|other| [other.period, other.year_span]);
            let mut outside: Vec<Span> = spans
                .flat_map(|span| span.without(counted[0]))
                .filter(|span| !counted[1].meets(*span))
                .collect();
            outside.sort_unstable();
            outside.dedup();
            if !ledger.outside_period.is_exact() {
                continue;
            }
            for span in outside {
                let printed = ledger.outside_period;
                let source = self.source(index, "ledger.outside_period", printed.to_string());
                let most = Printed {
                    lo: 0,
                    hi: printed.hi,
                };
                self.fact(kind, span, most, source);
            }
        }
    }

    /// What follows from the definitions: nothing is more than what it is a part of.
    fn tie(&mut self, sheets: &[Sheet]) {
        let kinds: Vec<(Kind, usize)> = self.kinds.iter().map(|(k, id)| (k.clone(), *id)).collect();
        let find = |area: &str, subject: &Subject, variant| {
            let kind = Kind {
                area: area.to_owned(),
                subject: subject.clone(),
                variant,
            };
            self.kinds.get(&kind).copied()
        };
        let mut ties = Vec::new();
        for (kind, id) in &kinds {
            let Kind {
                area,
                subject,
                variant,
            } = kind;
            let tied_to_map = matches!(subject, Subject::OnMap | Subject::OffMap);
            if subject.is_bounded_by_cases()
                && let Some(all) = find(area, &Subject::Cases, *variant)
            {
                ties.push((*id, all, None));
            }
            if let Subject::Part {
                of: Counted::Cases,
                group,
                key,
            } = subject
            {
                let victims = Subject::Part {
                    of: Counted::Victims,
                    group: group.clone(),
                    key: key.clone(),
                };
                ties.extend(find(area, &victims, *variant).map(|all| (*id, all, None)));
            }
            if *variant != 0 && !tied_to_map {
                // The year up to then is a part of the whole year; the part in the period is the same.
                if let Some(all) = find(area, subject, 0) {
                    ties.push((*id, all, None));
                    let same = sheets
                        .iter()
                        .filter(|sheet| sheet.area == *area && sheet.period.to == *variant);
                    for sheet in same {
                        let shared = Span {
                            from: sheet.period.from.max(sheet.year_span.from),
                            to: sheet.period.to.min(sheet.year_span.to),
                        };
                        ties.push((all, *id, Some(shared)));
                    }
                }
                let later = kinds.iter().filter(|(other, _)| {
                    other.area == *area && other.subject == *subject && other.variant > *variant
                });
                ties.extend(later.map(|(_, later)| (*id, *later, None)));
            }
            if !tied_to_map {
                let wider = wider_areas(sheets, area);
                let wider: Vec<usize> = wider
                    .filter_map(|wider| find(wider, subject, *variant))
                    .collect();
                ties.extend(wider.iter().map(|wider| (*id, *wider, None)));
                if matches!(subject, Subject::County { .. }) {
                    // A county is in only one state.
                    ties.extend(wider.iter().map(|wider| (*wider, *id, None)));
                }
            }
        }
        self.at_most.extend(ties);
    }

    /// The problems, which don't depend on each other; each with the kinds that it contains, in its order.
    pub(super) fn problems(&self, extra: &[Terms]) -> Vec<Compiled> {
        let mut sets = Sets::new(self.kinds.len());
        for (small, large, _) in &self.at_most {
            sets.join(*small, *large);
        }
        for (whole, parts) in &self.covers {
            parts.iter().for_each(|part| sets.join(*whole, *part));
        }
        let sums = self.sums.iter().map(|(terms, ..)| terms);
        for terms in sums.chain(extra) {
            for pair in terms.windows(2) {
                sets.join(pair[0].1, pair[1].1);
            }
        }
        let mut by_root: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for kind in 0..self.kinds.len() {
            by_root.entry(sets.root(kind)).or_default().push(kind);
        }
        let binding: Vec<bool> = {
            let mut binding = vec![false; self.kinds.len()];
            for (kind, id) in &self.kinds {
                binding[*id] = kind.subject == Subject::Cases && kind.variant == 0;
            }
            binding
        };
        let compile = |kinds: Vec<usize>| self.compile(kinds, &binding, extra);
        by_root.into_values().map(compile).collect()
    }

    fn compile(&self, kinds: Vec<usize>, binding: &[bool], extra: &[Terms]) -> Compiled {
        let place: BTreeMap<usize, usize> = kinds
            .iter()
            .enumerate()
            .map(|(at, kind)| (*kind, at))
            .collect();
        let has = |kind: &usize| place.contains_key(kind);
        let facts = || self.facts.iter().filter(|(kind, ..)| has(kind));
        let sums = || self.sums.iter().filter(|(terms, ..)| has(&terms[0].1));
        let ties = || self.at_most.iter().filter(|(small, ..)| has(small));
        let asked = || extra.iter().filter(|terms| has(&terms[0].1));
        let terms = sums().map(|(terms, ..)| terms).chain(asked());
        let spans = facts()
            .map(|(_, span, ..)| *span)
            .chain(terms.flatten().map(|(.., span)| *span))
            .chain(ties().filter_map(|(.., span)| *span));
        let cuts = ends(spans);
        let stretches = cuts.len().saturating_sub(1);
        let at = |month: i64| cuts.partition_point(|cut| *cut < month);
        let run = |kind: &usize, span: Span| Run {
            family: place[kind],
            from: at(span.from),
            to: at(span.to),
        };
        let mut problem = Problem {
            stretches,
            families: kinds.len(),
            ..Problem::default()
        };
        let fact = facts().map(|&(kind, span, lo, hi, source)| Fact {
            run: run(&kind, span),
            lo,
            hi,
            source,
        });
        problem.facts = fact.collect();
        for (kind, span) in self.only_within.iter().filter(|(kind, _)| has(kind)) {
            let outside = nothing_outside(run(kind, *span), stretches);
            problem.sums.extend(outside);
        }
        for (small, large, span) in ties() {
            let (from, to) = span.map_or((0, stretches), |span| (at(span.from), at(span.to)));
            problem.at_most.push(AtMost {
                small: place[small],
                large: place[large],
                from,
                to,
            });
        }
        let covers = self.covers.iter().filter(|(whole, _)| has(whole));
        let covers = covers.map(|(whole, parts)| AtMostSum {
            whole: place[whole],
            parts: parts.iter().map(|part| place[part]).collect(),
        });
        problem.covers = covers.collect();
        for (terms, lo, hi, sources) in sums() {
            let terms = terms
                .iter()
                .map(|(sign, kind, span)| (*sign, run(kind, *span)));
            let sum = Sum {
                terms: terms.collect(),
                lo: *lo,
                hi: *hi,
                sources: sources.clone(),
            };
            if !problem.sums.contains(&sum) {
                problem.sums.push(sum);
            }
        }
        problem.hubs = (0..kinds.len()).filter(|at| binding[kinds[*at]]).collect();
        problem.parts = parts(&problem);
        let areas = self.areas_of(&kinds);
        let ties = problem.at_most.iter().map(|tie| (tie.small, tie.large));
        Compiled {
            related: related_areas(&areas, ties),
            areas,
            problem,
            kinds,
            cuts,
        }
    }
}

impl Model {
    /// The area of each of some kinds, by number.
    fn areas_of(&self, kinds: &[usize]) -> Vec<usize> {
        let mut names = vec![""; self.kinds.len()];
        for (kind, id) in &self.kinds {
            names[*id] = &kind.area;
        }
        let of_kinds: Vec<&str> = kinds.iter().map(|kind| names[*kind]).collect();
        let known: BTreeSet<&str> = of_kinds.iter().copied().collect();
        let known: BTreeMap<&str, usize> = known.into_iter().zip(0..).collect();
        of_kinds.iter().map(|area| known[area]).collect()
    }
}

/// The months at which spans begin or end, in order.
fn ends(spans: impl Iterator<Item = Span>) -> Vec<i64> {
    let mut ends: Vec<i64> = spans.flat_map(|span| [span.from, span.to]).collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// The fact that there is nothing before and nothing after a run.
fn nothing_outside(within: Run, stretches: usize) -> impl Iterator<Item = Sum> {
    let outside = [(0, within.from), (within.to, stretches)].into_iter();
    let filled = outside.filter(|(from, to)| from < to);
    filled.map(move |(from, to)| nothing(Run { from, to, ..within }))
}

fn nothing(run: Run) -> Sum {
    Sum {
        terms: vec![(1, run)],
        lo: 0,
        hi: 0,
        sources: Vec::new(),
    }
}

/// The kinds that don't bind others; those that are connected are together.
fn parts(problem: &Problem) -> Vec<Vec<usize>> {
    let is_hub = |family: &usize| problem.hubs.contains(family);
    let mut sets = Sets::new(problem.families);
    for tie in &problem.at_most {
        if !is_hub(&tie.small) && !is_hub(&tie.large) {
            sets.join(tie.small, tie.large);
        }
    }
    for cover in &problem.covers {
        for part in cover.parts.iter().filter(|part| !is_hub(part)) {
            sets.join(cover.whole, *part);
        }
    }
    for sum in &problem.sums {
        let families = sum.terms.iter().map(|(_, run)| run.family);
        let families: Vec<usize> = families.filter(|family| !is_hub(family)).collect();
        for pair in families.windows(2) {
            sets.join(pair[0], pair[1]);
        }
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for family in (0..problem.families).filter(|family| !is_hub(family)) {
        parts.entry(sets.root(family)).or_default().push(family);
    }
    parts.into_values().collect()
}

/// A problem with some kinds of numbers.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    pub problem: Problem,
    pub kinds: Vec<usize>,
    /// The area of each kind, by number.
    pub areas: Vec<usize>,
    /// Of each area itself and those that have states in common with it.
    pub related: Vec<BTreeSet<usize>>,
    /// The months at which stretches begin and end.
    cuts: Vec<i64>,
}

impl Compiled {
    /// Parts of the problem that are about a sum, smaller ones first: each has the kinds that those of the sum are tied
    /// to, with those that bind them, of the area, of one that has states in common with it and of those that have any
    /// with this, or of all areas; and the sum in it. What can't be by one of them can't be.
    pub(super) fn about<'a>(
        &'a self,
        terms: &'a [(i64, Run)],
    ) -> impl Iterator<Item = (Problem, Vec<(i64, Run)>)> + 'a {
        let problem = &self.problem;
        let has = |part: &&Vec<usize>| terms.iter().any(|(_, run)| part.contains(&run.family));
        let of_parts = problem.parts.iter().filter(has).flatten();
        let kinds: Vec<usize> = problem.hubs.iter().chain(of_parts).copied().collect();
        let mut areas: Vec<Option<usize>> = Vec::new();
        if let Some((_, run)) = terms.first() {
            areas.extend(
                self.related[self.areas[run.family]]
                    .iter()
                    .copied()
                    .map(Some),
            );
        }
        areas.sort_by_key(|area| area.map(|area| self.related[area].len()));
        areas.push(None);
        areas.into_iter().map(move |area| {
            let is_near = |kind: &usize| {
                area.is_none_or(|area| self.related[area].contains(&self.areas[*kind]))
            };
            let kinds: Vec<usize> = kinds.iter().copied().filter(is_near).collect();
            let place = |kind| kinds.iter().position(|it| *it == kind).unwrap_or_default();
            let terms = terms.iter().map(|(sign, run)| {
                let family = place(run.family);
                (*sign, Run { family, ..*run })
            });
            (problem.of_kinds(&kinds), terms.collect())
        })
    }

    /// The terms in this problem's stretches; `None` where they are of another problem.
    pub(super) fn terms(&self, terms: &Terms) -> Option<Vec<(i64, Run)>> {
        let at = |month: i64| self.cuts.binary_search(&month).ok();
        let terms = terms.iter().map(|(sign, kind, span)| {
            let run = Run {
                family: self.kinds.iter().position(|it| it == kind)?,
                from: at(span.from)?,
                to: at(span.to)?,
            };
            Some((*sign, run))
        });
        terms.collect()
    }
}

/// The names of figures that list only categories which aren't small.
pub(super) const RANKINGS: [&str; 2] = ["venues.sex", "venues.labor"];

/// The most venues that a list has.
const FULL: usize = 5;

/// Whether a sheet has a table of counties.
pub(super) fn has_counties(sheet: &Sheet) -> bool {
    let mut statements = sheet.statements.iter();
    statements.any(|it| matches!(it.subject, Subject::County { .. }))
}

/// Whether a statement is of the sum of others of its sheet; a total of signals whose categories nobody knows is a
/// number like others.
pub(super) fn is_sum(sheet: &Sheet, statement: &Statement) -> bool {
    let Subject::Total { of, group } = &statement.subject else {
        return false;
    };
    let mut others = sheet.statements.iter();
    others.any(|part| {
        matches!(&part.subject, Subject::Part { of: other, group: its, .. } if other == of && its == group)
            && part.over == statement.over
    })
}

/// The listed venues of a ranking, in order.
pub(super) fn listed<'s>(sheet: &'s Sheet, group: &str) -> Vec<&'s Statement> {
    let statements = sheet.statements.iter();
    statements
        .filter(|it| matches!(&it.subject, Subject::Part { group: its, .. } if its == group))
        .collect()
}

/// The most cases that an unlisted venue can have.
pub(super) fn most_of_unlisted(sheet: &Sheet, listed: &[&Statement]) -> Option<i64> {
    if sheet.ledger.is_some() {
        // Old versions left out larger ones, too.
        return None;
    }
    let last = listed.iter().map(|it| it.printed.hi).min();
    let below = sheet.limit.map(|limit| (limit - 1).max(0));
    match (listed.len() >= FULL, last, below) {
        (false, _, Some(below)) => Some(below),
        (_, last, _) => last,
    }
}

/// The kind of number in a statement.
pub(super) fn kind_of(sheet: &Sheet, statement: &Statement) -> Kind {
    let is_unfinished = statement.over == sheet.year_span && !sheet.period.has(sheet.year_span);
    let variant = match statement.subject {
        // The limit decides which cases are on the map, and old versions counted more of them.
        Subject::OnMap | Subject::OffMap => {
            let limit = sheet.limit.unwrap_or(0) * 2 + i64::from(sheet.ledger.is_some());
            let unfinished = if is_unfinished { sheet.period.to } else { 0 };
            1 + limit + 10_000 * unfinished + 1_000_000_000 * sheet.year_span.from
        }
        _ if is_unfinished => sheet.period.to,
        _ => 0,
    };
    Kind {
        area: sheet.area.clone(),
        subject: statement.subject.clone(),
        variant,
    }
}

/// The areas that include all states of an area, and more.
fn wider_areas<'s>(sheets: &'s [Sheet], area: &str) -> impl Iterator<Item = &'s str> {
    let own = sheets.iter().find(|sheet| sheet.area == area);
    let mut wider: Vec<&str> = sheets
        .iter()
        .filter(|sheet| {
            own.is_some_and(|own| {
                own.states.len() < sheet.states.len()
                    && own.states.iter().all(|state| sheet.states.contains(state))
            })
        })
        .map(|sheet| sheet.area.as_str())
        .collect();
    wider.sort_unstable();
    wider.dedup();
    wider.into_iter()
}

/// Of each area itself and those that kinds of it are tied to.
fn related_areas(
    areas: &[usize],
    ties: impl Iterator<Item = (usize, usize)>,
) -> Vec<BTreeSet<usize>> {
    let count = areas.iter().max().map_or(0, |last| last + 1);
    let mut related: Vec<BTreeSet<usize>> = (0..count).map(|area| BTreeSet::from([area])).collect();
    for (one, other) in ties {
        related[areas[one]].insert(areas[other]);
        related[areas[other]].insert(areas[one]);
    }
    related
}

/// Joined sets.
struct Sets(Vec<usize>);

impl Sets {
    fn new(members: usize) -> Self {
        Sets((0..members).collect())
    }

    fn root(&mut self, member: usize) -> usize {
        let mut at = member;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}
