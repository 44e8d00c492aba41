//! The trend: cases and signals of each whole year of the period, each as a small chart.

use super::{Bar, Bars, Block, Figure, FigureContent, Material, bar, heading, in_words};
use crate::protect::{Count, PublishedYear};

/// The section; nothing if the trend isn't requested, or has fewer than two years.
pub(super) fn blocks(material: &Material<'_>) -> Option<Vec<Block>> {
    let years = years(material)?;
    let words = &material.wording.trend;
    let cases = bars(material, years, |year| Some(year.cases));
    let signals = match knows_signals(years) {
        true => bars(material, years, |year| year.signals),
        false => Vec::new(),
    };
    // Both look alike: side by side only if there is room for the larger numbers.
    let all: Vec<Bar> = cases.iter().chain(&signals).cloned().collect();
    let mut blocks = vec![heading(2, words.heading.fill(&[]))];
    let series_of = [(&words.cases, cases), (&words.signals, signals)];
    for (name, bars) in series_of.into_iter().filter(|(_, bars)| !bars.is_empty()) {
        blocks.extend(series(material, &name.fill(&[]), bars, &all));
    }
    Some(blocks)
}

/// Whether the signals of the years are known: for all of them, or none.
pub(super) fn knows_signals(years: &[PublishedYear]) -> bool {
    years.iter().all(|year| year.signals.is_some())
}

/// The years, if the sheet shows them.
pub(super) fn years<'a>(material: &Material<'a>) -> Option<&'a [PublishedYear]> {
    let years = material.published.trend.as_deref()?;
    (years.len() >= 2).then_some(years)
}

fn bars(
    material: &Material<'_>,
    years: &[PublishedYear],
    count: impl Fn(&PublishedYear) -> Option<Count>,
) -> Vec<Bar> {
    let years = years.iter();
    let bars = years.filter_map(|year| {
        let period = &material.published.period;
        let name = material.wording.short_year(period, year.year);
        Some(bar(material, &name, count(year)?))
    });
    bars.collect()
}

fn series(material: &Material<'_>, name: &str, bars: Vec<Bar>, all: &[Bar]) -> [Block; 2] {
    let words = &material.wording.trend;
    let mut alt = words
        .alt
        .fill(&[("name", name), ("values", &in_words(&bars))]);
    if let Some(highest) = highest(&bars) {
        let year = [
            ("year", highest.name.as_str()),
            ("count", highest.value.as_str()),
        ];
        alt = format!("{alt} {}", words.highest.fill(&year));
    }
    let figure = Figure {
        content: FigureContent::Line(Bars {
            scale: all.to_vec(),
            may_give_way: false,
            bars,
        }),
        alt,
        caption: Vec::new(),
    };
    [heading(4, name.to_owned()), Block::Figure(figure)]
}

/// The year that is larger than any other can be, according to what is printed.
fn highest(years: &[Bar]) -> Option<&Bar> {
    let is_exact = |bar: &&Bar| bar.length.is_some() && bar.to.is_none();
    let highest = years.iter().filter(is_exact).max_by_key(|bar| bar.length)?;
    let others = years.iter().filter(|bar| !std::ptr::eq(*bar, highest));
    let most_of_others = others.map(|bar| bar.to.or(bar.length).unwrap_or(0)).max();
    // A number that is too small to print is less than any printed number except 0.
    (highest.length > most_of_others && highest.length > Some(0)).then_some(highest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(name: &str, length: Option<u64>, to: Option<u64>) -> Bar {
        Bar {
            name: name.to_owned(),
            value: String::new(),
            length,
            to,
        }
    }

    #[test]
    fn the_highest_year_is_named_only_if_the_printed_numbers_leave_no_doubt() {
        let name = |years: &[Bar]| highest(years).map(|bar| bar.name.clone());
        let low = year("2013", Some(9), None);
        let high = year("2015", Some(67), None);
        let small = year("2014", None, None);
        let range = year("2016", Some(60), Some(70));
        let expected = Some("2015".to_owned());
        assert_eq!(name(&[low.clone(), high.clone(), small.clone()]), expected);
        assert_eq!(name(&[low.clone(), high.clone(), range]), None);
        assert_eq!(name(&[high.clone(), high]), None);
        assert_eq!(name(&[small.clone(), small]), None);
        assert_eq!(name(&[year("2013", Some(0), None)]), None);
    }
}
