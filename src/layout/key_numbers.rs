//! Key numbers: large, side by side, each above what it counts; read as a table in which each row starts with what is
//! counted.

use super::blocks::{Container, Setter};
use super::flow::{Flow, Solid};
use super::format::Columns;
use super::placed::{ElementKind, Scope};
use crate::look::TypeScale;
use crate::sheet::{KeyNumber, Span};

/// Columns of three numbers, of the ten beside the heading: what counts a period has the longest words.
const SHARES: [u8; 3] = [3, 4, 3];
/// The same if the words of the second are longer.
const SHARES_OF_LONG_WORDS: [u8; 3] = [2, 6, 4];
/// The same with a rate.
const SHARES_WITH_RATE: [u8; 4] = [2, 4, 3, 3];

impl Setter<'_> {
    pub(super) fn numbers(&mut self, container: Container, numbers: &[KeyNumber]) -> Vec<Flow> {
        let table = self.add(ElementKind::Table, container.parent);
        // Three fit side by side even on a half page, unless they are in large print.
        let columns = match self.look.scale {
            TypeScale::Large => self.columns,
            _ if numbers.len() > SHARES.len() => self.columns,
            _ => Columns::Abreast,
        };
        let places = match columns {
            Columns::Abreast if numbers.len() == SHARES.len() => {
                self.shares_of_three(container.width, numbers)
            }
            Columns::Abreast if numbers.len() == SHARES_WITH_RATE.len() => {
                self.grid.split(container.width, &SHARES_WITH_RATE)
            }
            Columns::Abreast => {
                let share = 12 / numbers.len().clamp(1, 12) as u8;
                self.grid
                    .split(container.width, &vec![share; numbers.len()])
            }
            Columns::Stacked => vec![(0.0, container.width); numbers.len()],
        };
        let (number_style, label_style) = self.look.key_number();
        let mut rows = Vec::new();
        for (number, (x, width)) in numbers.iter().zip(places) {
            let row = self.add(ElementKind::TableRow, table);
            let header = self.add(ElementKind::HeaderCell(Scope::Row), row);
            let data = self.add(ElementKind::DataCell, row);
            let value = [Span::plain(&number.value)];
            let style = self.whole(&value, number_style, width);
            let mut solid = Solid::default();
            for line in self.lines(data, &value, &style, width) {
                solid.stack(line);
            }
            // A number that was made smaller is on the baseline of the others.
            let lower = (number_style.leading - solid.height).max(0.0);
            solid.items.iter_mut().for_each(|item| item.y += lower);
            solid.height += lower;
            let label = [Span::plain(&number.label)];
            match columns {
                Columns::Abreast => {
                    for line in self.lines(header, &label, &label_style, width) {
                        solid.stack(line);
                    }
                }
                // Beside the numbers, on their baseline.
                Columns::Stacked => {
                    let left = self.widest(numbers) + self.grid.gutter;
                    let down = number_style.leading - label_style.leading - 3.0;
                    let mut beside = Solid::default();
                    for line in self.lines(header, &label, &label_style, width - left) {
                        beside.stack(line);
                    }
                    beside.shift_right(left);
                    beside.items.iter_mut().for_each(|item| item.y += down);
                    solid.height = solid.height.max(beside.height + down);
                    // Painted in the order in which they are read.
                    beside.items.append(&mut solid.items);
                    solid.items = beside.items;
                }
            }
            solid.shift_right(x);
            rows.push(solid);
        }
        match columns {
            Columns::Abreast => vec![Flow::Solid(Solid {
                height: rows.iter().map(|row| row.height).fold(0.0, f32::max),
                items: rows.into_iter().flat_map(|row| row.items).collect(),
                ..Solid::default()
            })],
            Columns::Stacked => rows.into_iter().map(Flow::Solid).collect(),
        }
    }

    /// Positions of three numbers: if the longest words would be split otherwise, they get more room.
    fn shares_of_three(&self, width: f32, numbers: &[KeyNumber]) -> Vec<(f32, f32)> {
        let (number, label) = self.look.key_number();
        let fits = |places: &Vec<(f32, f32)>| {
            numbers.iter().zip(places).all(|(of, (_, width))| {
                self.faces.width(label.face, label.size, &of.label) <= *width
                    && self.faces.width(number.face, number.size, &of.value) <= *width
            })
        };
        let all = SHARES.iter().sum();
        let usual = self.grid.split_of(all, width, &SHARES);
        if fits(&usual) {
            return usual;
        }
        let wider = self.grid.split(width, &SHARES_OF_LONG_WORDS);
        if fits(&wider) { wider } else { usual }
    }

    /// Width of the widest number.
    fn widest(&self, numbers: &[KeyNumber]) -> f32 {
        let (style, _) = self.look.key_number();
        let widths = numbers
            .iter()
            .map(|number| self.faces.width(style.face, style.size, &number.value));
        widths.fold(0.0, f32::max)
    }
}
