//! Statistics as an aligned table.

use std::fmt::Write;

use super::marks;
use crate::protect::Published;

/// For each state: a heading, its numbers, and the ledger of each file if there are several.
pub fn table(all: &[Published]) -> String {
    let tables: Vec<String> = all.iter().map(table_of_state).collect();
    tables.join("\n")
}

fn table_of_state(published: &Published) -> String {
    let period = published.period;
    let mut text = String::new();
    for mark in marks(published) {
        line(&mut text, mark);
    }
    line(
        &mut text,
        &format!(
            "{} ({}), {} to {}, {}",
            published.area.name(),
            published.area,
            period.from,
            period.to,
            period.year_in_words()
        ),
    );
    let figures = published.numbers();
    let width = |text: &dyn Fn(usize) -> usize| (0..figures.len()).map(text).max().unwrap_or(0);
    let figure_width = width(&|index| figures[index].0.figure.len());
    let category_width = width(&|index| figures[index].0.category.len());
    let mut last = "";
    for (figure, count) in &figures {
        let name = if figure.figure == last {
            ""
        } else {
            figure.figure.as_str()
        };
        last = &figure.figure;
        line(
            &mut text,
            &format!(
                "  {name:figure_width$}  {:category_width$}  {:>9}",
                figure.category,
                count.to_string()
            ),
        );
    }
    if let Some(of) = &published.rate {
        let residents = of.residents.number;
        line(
            &mut text,
            &format!(
                "  cases of the year per 100,000 residents ({residents}): {}",
                of.rate
            ),
        );
    }
    let ledger = published.operator.as_ref().map(|operator| &operator.ledger);
    if let Some(ledger) = ledger
        && ledger.files.len() > 1
    {
        line(
            &mut text,
            "  rows read = used + outside period + other state + duplicate + rejected",
        );
        for (number, rows) in (1..).zip(ledger.files.iter().map(|(_, rows)| rows)) {
            line(
                &mut text,
                &format!(
                    "  {} = {} + {} + {} + {} + {}  file {number}",
                    rows.rows_read,
                    rows.used,
                    rows.outside_period,
                    rows.other_state,
                    rows.duplicate,
                    rows.rejected
                ),
            );
        }
    }
    text
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("memory takes what is written");
}
