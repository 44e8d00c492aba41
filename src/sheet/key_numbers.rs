//! The key numbers: what readers should learn in five seconds.

use super::{Block, KeyNumber, Material, Panel, column, heading};
use crate::protect::Count;
use crate::wording::Plural;

/// The strip across page 1: cases of the year and of the period, signals of the year.
pub(super) fn strip(material: &Material<'_>) -> Block {
    let words = &material.wording.key_numbers;
    Block::Panel(
        Panel::Numbers,
        vec![Block::Section(vec![Block::Columns(vec![
            column(2, vec![heading(2, words.heading.fill(&[]))]),
            column(10, vec![Block::Numbers(numbers(material))]),
        ])])],
    )
}

fn numbers(material: &Material<'_>) -> Vec<KeyNumber> {
    let words = &material.wording.key_numbers;
    let published = material.published;
    let mut numbers = Vec::new();
    if published.knows_cases {
        numbers.push(number(material, &words.cases_year, published.cases.year));
        numbers.push(number(
            material,
            &words.cases_period,
            published.cases.period,
        ));
    }
    if let Some(signals) = published.signals_total() {
        let label = match published.calls().categories.is_empty() {
            true => &words.all_signals_year,
            false => &words.signals_year,
        };
        numbers.push(number(material, label, signals));
    }
    if let Some(of) = &published.rate {
        numbers.push(KeyNumber {
            value: material.wording.rate(of.rate),
            label: words.rate.fill(&[("year", &material.year)]),
        });
    }
    numbers
}

/// What a rate means, and what it doesn't.
pub(super) fn rate_note(material: &Material<'_>) -> Option<String> {
    let words = &material.wording.key_numbers;
    let of = material.published.rate.as_ref()?;
    let residents = material.wording.number(of.residents.number);
    let rate = material.wording.rate(of.rate);
    let values = [
        ("year", material.year.as_str()),
        ("residents", &residents),
        ("rate", &rate),
    ];
    let note = match of.residents.census {
        None => words.rate_note.fill(&values),
        Some(census) => {
            let census = census.to_string();
            let [year, residents, rate] = values;
            words
                .rate_note_census
                .fill(&[year, residents, rate, ("census", &census)])
        }
    };
    Some(note)
}

fn number(material: &Material<'_>, label: &Plural, count: Count) -> KeyNumber {
    KeyNumber {
        value: material.wording.count(count),
        label: label.form(count.shown().unwrap_or(0)).fill(&[
            ("year", &material.year),
            ("from", &material.from),
            ("to", &material.to),
        ]),
    }
}
