//! Levels of headings: none is skipped, so that people who jump from heading to heading miss nothing.

use super::{Block, Part};

/// Assigns each heading its level: one below the nearest heading before it with a higher rank. The title has level 1.
pub(super) fn number(parts: &mut [Part]) {
    let mut above = Vec::new();
    for part in parts {
        blocks(&mut part.blocks, &mut above);
    }
}

/// `above` are the ranks of the headings above the next block.
fn blocks(all: &mut [Block], above: &mut Vec<u8>) {
    for block in all {
        match block {
            Block::Heading(heading) => {
                above.retain(|rank| *rank < heading.level);
                heading.outline = above.len() as u8 + 2;
                above.push(heading.level);
            }
            Block::Section(inner)
            | Block::IfRoom(inner)
            | Block::Loose(inner)
            | Block::Panel(_, inner) => {
                blocks(inner, above);
            }
            Block::Versions(versions) => {
                let before = above.clone();
                for version in versions {
                    above.clone_from(&before);
                    blocks(version, above);
                }
            }
            Block::Columns(columns) => {
                for column in columns {
                    blocks(&mut column.blocks, above);
                }
            }
            Block::Paragraph(_)
            | Block::List(_)
            | Block::Table(_)
            | Block::Figure(_)
            | Block::Numbers(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{Column, heading};

    #[test]
    fn no_level_is_skipped_and_headings_of_one_rank_are_siblings() {
        let of = |level| heading(level, String::new());
        let column = |blocks| Column { share: 6, blocks };
        let mut parts = [Part {
            blocks: vec![
                of(3),
                of(4),
                of(3),
                of(2),
                Block::Columns(vec![column(vec![of(4)]), column(vec![of(4)])]),
                of(3),
                of(2),
            ],
        }];
        number(&mut parts);
        let mut levels = Vec::new();
        for block in &parts[0].blocks {
            match block {
                Block::Heading(heading) => levels.push(heading.outline),
                Block::Columns(columns) => {
                    let inner = columns.iter().flat_map(|column| &column.blocks);
                    levels.extend(inner.filter_map(|block| match block {
                        Block::Heading(heading) => Some(heading.outline),
                        _ => None,
                    }));
                }
                _ => {}
            }
        }
        assert_eq!(levels, [2, 3, 2, 2, 3, 3, 3, 2]);
    }
}
