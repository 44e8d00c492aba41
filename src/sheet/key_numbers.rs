//! The key numbers: what a reader has to take away in five seconds.

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
    let signals = published.calls_total();
    numbers.push(number(material, &words.signals_year, signals));
    numbers
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
