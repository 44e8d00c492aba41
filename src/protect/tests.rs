//! What is hidden, and that no attacker with the printed numbers works a small one out.

use proptest::prelude::*;

use super::complementary::Table;
use super::*;
use crate::geo::{Gazetteer, PublicPoint};
use crate::jurisdiction::Jurisdiction;
use crate::period::Period;
use crate::tally::{
    CaseCounts, CasesByPlaces, Group, GroupKind, GroupUnit, Ledger, MapCases, Unit, VenueCount,
    YearPlaces,
};
use crate::vocabulary::{Over, Section};

/// Parts, then the total, as they are printed.
fn printed(exact: &[u64], limit: u64) -> String {
    let mut table = Table::new(exact.to_vec(), limit);
    table.protect();
    let parts: Vec<String> = table.parts.iter().map(Count::to_string).collect();
    format!("{} = {}", parts.join(" + "), table.total)
}

#[test]
fn a_small_count_is_not_printed_and_zero_is() {
    let counts: Vec<String> = [0, 1, 4, 5, 6]
        .iter()
        .map(|count| primary::protect(*count, 5).to_string())
        .collect();
    assert_eq!(counts, ["0", "<5", "<5", "5", "6"]);
    assert_eq!(primary::protect(1, 0), Count::Shown(1));
    assert_eq!(primary::protect(1, 1), Count::Shown(1));
}

#[test]
fn a_second_cell_is_hidden_where_a_reader_could_subtract() {
    assert_eq!(printed(&[10, 20, 0], 5), "10 + 20 + 0 = 30");
    assert_eq!(printed(&[3, 20, 9, 0], 5), "<5 + 20 + hidden + 0 = 32");
    // Two that are small hide each other, unless both are 1 or both are 4.
    assert_eq!(printed(&[2, 3, 20], 5), "<5 + <5 + 20 = 25");
    assert_eq!(printed(&[1, 1, 20], 5), "<5 + <5 + hidden = 22");
    assert_eq!(printed(&[4, 4, 20], 5), "<5 + <5 + hidden = 28");
    // 5 would be known to be 5 at least, and so the other 2 at most; 20 hides more.
    assert_eq!(printed(&[1, 1, 5, 20], 5), "<5 + <5 + 5 + hidden = 27");
    // Nothing left to hide but the total.
    assert_eq!(printed(&[4, 4, 4], 5), "<5 + <5 + <5 = hidden");
    assert_eq!(printed(&[1, 5], 5), "<5 + hidden = hidden");
    // A small total.
    assert_eq!(printed(&[3, 0], 5), "<5 + 0 = <5");
    assert_eq!(printed(&[2, 2], 5), "<5 + <5 = <5");
    assert_eq!(printed(&[1, 1, 1], 5), "<5 + <5 + <5 = <5");
    assert_eq!(printed(&[1, 1, 1, 1], 5), "<5 + <5 + <5 + <5 = hidden");
    assert_eq!(printed(&[1, 1], 0), "1 + 1 = 2");
}

/// All parts that a reader of the printed table can imagine, hidden ones up to a bound that is far
/// enough above the numbers tried.
fn imaginable(table: &Table, limit: u64) -> Vec<Vec<u64>> {
    const HIGH: u64 = 40;
    let values = |count: &Count| match *count {
        Count::Shown(number) => number..=number,
        Count::Below(limit) => 1..=limit - 1,
        Count::Range { from, to } => from..=to,
        Count::Hidden => limit..=HIGH,
    };
    let mut all: Vec<Vec<u64>> = vec![vec![]];
    for part in &table.parts {
        all = all
            .into_iter()
            .flat_map(|parts| values(part).map(move |value| [parts.as_slice(), &[value]].concat()))
            .collect();
    }
    all.retain(|parts| match table.total {
        Count::Hidden => true,
        total => values(&total).contains(&parts.iter().sum()),
    });
    all
}

fn assert_no_small_count_can_be_worked_out(exact: &[u64], limit: u64) {
    let mut table = Table::new(exact.to_vec(), limit);
    table.protect();
    let imaginable = imaginable(&table, limit);
    assert!(
        imaginable.iter().any(|parts| parts == exact),
        "{exact:?} is lost"
    );
    let differ =
        |value: &dyn Fn(&[u64]) -> u64| imaginable.iter().any(|parts| value(parts) != value(exact));
    for (part, count) in table.parts.iter().enumerate() {
        if matches!(count, Count::Below(_)) {
            assert!(
                differ(&|parts| parts[part]),
                "{exact:?} {}",
                printed(exact, limit)
            );
        }
    }
    if matches!(table.total, Count::Below(_)) {
        assert!(
            differ(&|parts| parts.iter().sum()),
            "{exact:?} {}",
            printed(exact, limit)
        );
    }
    for (part, exact) in table.parts.iter().zip(exact) {
        assert_eq!(*exact == 0, *part == Count::Shown(0));
    }
}

#[test]
fn no_table_of_two_or_three_parts_gives_a_small_count_away() {
    for limit in [3, 4, 5] {
        for a in 0..=8 {
            for b in 0..=8 {
                assert_no_small_count_can_be_worked_out(&[a, b], limit);
                for c in [0, 1, 2, 3, 4, 5, 9] {
                    assert_no_small_count_can_be_worked_out(&[a, b, c], limit);
                }
            }
        }
    }
}

fn albuquerque() -> PublicPoint {
    let gazetteer = Gazetteer::shared(Jurisdiction::from_code("NM").unwrap());
    gazetteer.city("Albuquerque").unwrap()
}

/// Those located are at one place.
fn statistics(types: &[u64], located: u64, unlocated: u64) -> Statistics {
    let venue = |key: &str, cases| VenueCount {
        key: key.to_owned(),
        venue: key.to_uppercase(),
        cases,
    };
    let category = |(index, count): (usize, &u64)| CategoryCount {
        key: format!("type_{index}"),
        name: format!("Type {index}"),
        count: *count,
    };
    let group = |key: &str, unit, over, has_total, section, counts: &[u64]| Group {
        kind: GroupKind {
            key: key.to_owned(),
            heading: key.to_uppercase(),
            unit,
            over,
            has_total,
            section: Some(section),
        },
        categories: counts.iter().enumerate().map(category).collect(),
    };
    let (cases, signals) = (GroupUnit::Cases, GroupUnit::Signals);
    Statistics {
        state: Jurisdiction::from_code("NM").unwrap(),
        period: Period {
            from: "2012-12".parse().unwrap(),
            to: "2016-12".parse().unwrap(),
            year: 2016,
        },
        unit: Unit::Cases,
        data_through: "2016-12-31".parse().ok(),
        is_synthetic: false,
        knows_cases: true,
        cases: CaseCounts {
            period: 100,
            year: located + unlocated,
        },
        groups: vec![
            group(
                "gender",
                cases,
                Over::Period,
                false,
                Section::Demographics,
                &[0, 4, 5],
            ),
            group("calls", signals, Over::Year, true, Section::Signals, types),
        ],
        call_types: 1,
        non_substantive: 3,
        sex_venues: [9, 8, 7, 6, 5, 5, 5, 4]
            .iter()
            .enumerate()
            .map(|(index, cases)| venue(&format!("v{index}"), *cases))
            .collect(),
        labor_venues: vec![venue("a", 6), venue("b", 4), venue("c", 4)],
        map: MapCases {
            years: vec![YearPlaces {
                year: 2016,
                cases: CasesByPlaces::of([(vec![albuquerque()], located)]),
            }],
            outside_cases: 0,
        },
        years: Vec::new(),
        of_all_in_year: Some(Default::default()),
        ledger: Ledger::default(),
    }
}

fn publish_5(statistics: &Statistics) -> Published {
    publish(statistics, 5, false)
}

#[test]
fn the_same_rules_protect_demographics_calls_cases_and_map() {
    let published = publish_5(&statistics(&[3, 20, 9], 36, 3));
    let shown = |categories: &[PublishedCategory]| {
        let counts: Vec<String> = categories.iter().map(|c| c.count.to_string()).collect();
        counts.join(" ")
    };
    assert_eq!(shown(&published.groups[0].categories), "0 <5 5");
    assert_eq!(shown(&published.calls().categories), "<5 20 hidden");
    assert_eq!(published.calls_total(), Count::Shown(32));
    assert_eq!(published.non_substantive, 3);
    assert_eq!(published.cases.year, Count::Shown(39));
    assert_eq!(published.cases.located_year, Some(Count::Hidden));
    assert_eq!(published.map.unlocated_cases, Some(Count::Below(5)));
    assert_eq!(published.map.points, Some(Count::Shown(1)));
}

/// Cases of a period whose last year has some of them, all located, and Female 9 in the period.
fn with_year(of_year: u64, all_are_female: bool) -> Published {
    let mut statistics = statistics(&[9], of_year, 0);
    statistics.groups[0].categories[1].count = 9;
    let name = "gender.type_1".to_owned();
    statistics.of_all_in_year = Some(all_are_female.then_some(name).into_iter().collect());
    publish_5(&statistics)
}

#[test]
fn a_category_that_tells_of_the_year_before_is_hidden() {
    // 9 now and 5 in the year: no fewer than 4 the year before, and so "<5" would be 4.
    let female = |published: &Published| published.groups[0].categories[1].count;
    assert_eq!(female(&with_year(5, true)), Count::Hidden);
    assert_eq!(female(&with_year(5, false)), Count::Shown(9));
    // 9 now and 5 the year before: no fewer than 4 in the year, and so "<5" would be 4.
    assert_eq!(female(&with_year(4, true)), Count::Hidden);
    assert_eq!(female(&with_year(4, false)), Count::Shown(9));
    assert_eq!(female(&with_year(3, true)), Count::Shown(9));
    assert_eq!(female(&with_year(6, true)), Count::Shown(9));
}

#[test]
fn a_small_year_before_the_focal_one_hides_the_period() {
    let mut statistics = statistics(&[], 40, 0);
    let years = |cases: [u64; 2]| {
        [2015, 2016].map(|year| crate::tally::YearCounts {
            year,
            cases: cases[(year - 2015) as usize],
            calls: statistics.calls().clone(),
        })
    };
    let (open, small) = (years([60, 40]), years([3, 40]));
    statistics.years = open.to_vec();
    assert_eq!(publish_5(&statistics).cases.period, Count::Shown(100));
    // The sheet of 2015 hides its period; with 100 and 40 it would be known to be 60.
    statistics.years = small.to_vec();
    assert_eq!(publish_5(&statistics).cases.period, Count::Hidden);
}

#[test]
fn the_ledger_stays_unless_it_tells_a_hidden_number() {
    let mut statistics = statistics(&[0, 20], 0, 0);
    let used = |rows: u64, statistics: &mut Statistics| {
        statistics.ledger.total.used = rows;
        statistics.ledger.total.rows_read = rows + 7;
        statistics.ledger.total.other_state = 7;
        publish_5(statistics).ledger.total
    };
    // A category of 4, printed as "<5". Three rows are non-substantive: 5 rows leave 1 to 2, 4 can only be 1.
    assert_eq!(used(5, &mut statistics).used, Count::Shown(5));
    let told = used(4, &mut statistics);
    assert_eq!(
        [told.used, told.rows_read, told.other_state],
        [Count::Hidden; 3]
    );
    assert_eq!(told.duplicate, Count::Shown(0));
}

#[test]
fn the_ledger_is_hidden_where_that_of_another_year_would_tell_the_calls() {
    let mut few = statistics(&[3, 0], 0, 0);
    few.ledger.total.used = 1000;
    // With the 997 of the sheet of the year before, the year would have 3.
    assert_eq!(publish_5(&few).calls_total(), Count::Below(5));
    assert_eq!(publish_5(&few).ledger.total.used, Count::Hidden);
    let mut many = statistics(&[30, 0], 0, 0);
    many.ledger.total.used = 1000;
    assert_eq!(publish_5(&many).ledger.total.used, Count::Shown(1000));
}

#[test]
fn at_most_five_venues_are_listed_and_a_tie_at_the_cut_is_told() {
    let published = publish_5(&statistics(&[], 10, 0));
    let listed = |ranking: &VenueRanking| {
        let venues: Vec<_> = ranking
            .listed
            .iter()
            .map(|venue| venue.key.clone())
            .collect();
        venues.join(" ")
    };
    assert_eq!(listed(&published.sex_venues), "v0 v1 v2 v3 v4");
    let tied: Vec<&str> = published
        .sex_venues
        .tied_at_cut
        .iter()
        .map(|venue| venue.key.as_str())
        .collect();
    assert_eq!(tied, ["v5", "v6"]);
    assert_eq!(published.sex_venues.listed[4].venue, "V4");
    // Those below the limit are neither listed nor told to be tied.
    assert_eq!(listed(&published.labor_venues), "a");
    assert!(published.labor_venues.tied_at_cut.is_empty());
    let all = publish(&statistics(&[], 10, 0), 0, false);
    assert_eq!(listed(&all.labor_venues), "a b c");
}

#[test]
fn without_a_limit_a_year_without_cases_hides_nothing() {
    let mut statistics = statistics(&[], 0, 0);
    // All cases of the category may be those of the year before, as the 4 of `type_1`.
    statistics.years = [(2015, 4), (2016, 0)]
        .map(|(year, cases)| crate::tally::YearCounts {
            year,
            cases,
            calls: statistics.calls().clone(),
        })
        .to_vec();
    for (min_cell, internal) in [(5, true), (0, false), (1, false)] {
        let published = publish(&statistics, min_cell, internal);
        let categories = published.groups[0].categories.iter();
        let counts: Vec<Count> = categories.map(|category| category.count).collect();
        assert_eq!(counts, [0, 4, 5].map(Count::Shown), "{min_cell} {internal}");
        assert_eq!(published.cases.period, Count::Shown(100));
    }
}

#[test]
fn internal_statistics_hide_nothing_and_say_so() {
    let published = publish(&statistics(&[3, 20], 36, 3), 5, true);
    assert!(published.internal);
    assert_eq!(published.min_cell, 0);
    assert_eq!(published.calls().categories[0].count, Count::Shown(3));
    assert_eq!(published.map.unlocated_cases, Some(Count::Shown(3)));
    assert_eq!(published.groups[0].categories[1].count, Count::Shown(4));
}

proptest! {
    #[test]
    fn no_table_of_calls_gives_a_small_count_away(
        exact in proptest::collection::vec(prop_oneof![0_u64..6, 0_u64..20], 1..5),
        limit in 3_u64..6,
    ) {
        assert_no_small_count_can_be_worked_out(&exact, limit);
    }

    /// A reader imagines all numbers of cases.
    #[test]
    fn cases_on_the_map_and_off_it_give_nothing_away(located in 0_u64..12, unlocated in 0_u64..12) {
        let published = publish_5(&statistics(&[], located, unlocated));
        let (on, off) = if located < 5 { (0, located + unlocated) } else { (located, unlocated) };
        // The sum may be hidden although it is small; the others are small or shown before that.
        let fits = |count: Count, number: u64, least_hidden: u64| match count {
            Count::Shown(shown) => number == shown,
            Count::Below(limit) => (1..limit).contains(&number),
            Count::Range { from, to } => (from..=to).contains(&number),
            Count::Hidden => number >= least_hidden,
        };
        let counts = [
            published.cases.located_year.unwrap(),
            published.map.unlocated_cases.unwrap(),
            published.cases.year,
        ];
        let mut imagined = Vec::new();
        for l in 0..60 {
            for u in 0..60 {
                if fits(counts[0], l, 5) && fits(counts[1], u, 5) && fits(counts[2], l + u, 1) {
                    imagined.push([l, u, l + u]);
                }
            }
        }
        let exact = [on, off, on + off];
        prop_assert!(imagined.contains(&exact));
        for (index, count) in counts.iter().enumerate() {
            if matches!(count, Count::Below(_)) {
                let differ = imagined.iter().any(|numbers| numbers[index] != exact[index]);
                prop_assert!(differ, "{:?} {:?}", exact, counts);
            }
        }
    }
}
