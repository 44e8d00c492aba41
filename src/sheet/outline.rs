//! Levels of headings: none is skipped, so that whoever goes from heading to heading misses nothing.

use super::{Block, Part};

/// Gives each heading its level: its rank, but at most one below the heading before it. The title is of level 1.
pub(super) fn number(parts: &mut [Part]) {
    let mut before = 1;
    for part in parts {
        blocks(&mut part.blocks, &mut before);
    }
}

fn blocks(all: &mut [Block], before: &mut u8) {
    for block in all {
        match block {
            Block::Heading(heading) => {
                heading.outline = heading.level.min(*before + 1);
                *before = heading.outline;
            }
            Block::Section(inner) | Block::Spare(inner) | Block::Panel(_, inner) => {
                blocks(inner, before);
            }
            Block::Columns(columns) => {
                for column in columns {
                    blocks(&mut column.blocks, before);
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
