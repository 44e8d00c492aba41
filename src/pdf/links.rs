//! Links: annotations over the linked words.

use lopdf::{Document, Object, ObjectId, dictionary};

use super::content::{Area, LinkArea, PageContent};
use super::text_string::text_string;
use crate::layout::{ElementId, LEAST_TARGET};

/// A link's annotation, for the structure tree.
pub(super) struct LinkAnnotation {
    pub(super) annotation: ObjectId,
    pub(super) element: ElementId,
    /// Page from 0.
    pub(super) page: usize,
}

/// Adds an annotation for every link area.
pub(super) fn add(
    document: &mut Document,
    page_ids: &[ObjectId],
    contents: &[PageContent],
) -> Vec<LinkAnnotation> {
    let mut links = Vec::new();
    for (page, (content, &page_id)) in contents.iter().zip(page_ids).enumerate() {
        let mut annotations = Vec::new();
        let whole = whole_links(&content.links);
        let areas: Vec<Area> = whole.iter().map(Whole::bounds).collect();
        for (index, link) in whole.iter().enumerate() {
            let others = areas.iter().enumerate();
            let others = others.filter(|(other, _)| *other != index);
            let area = with_room(areas[index], others.map(|(_, area)| area));
            let mut annotation = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => area.map(Object::from).to_vec(),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                // Printed with the page (ISO 32000-1, 12.5.3).
                "F" => 4,
                "P" => page_id,
                "A" => dictionary! {
                    "Type" => "Action",
                    "S" => "URI",
                    "URI" => text_string(link.url),
                },
            };
            if link.areas.len() > 1 {
                annotation.set("QuadPoints", link.quadrilaterals());
            }
            let annotation = document.add_object(annotation);
            annotations.push(Object::Reference(annotation));
            links.push(LinkAnnotation {
                annotation,
                element: link.element,
                page,
            });
        }
        if let Ok(dictionary) = document.get_dictionary_mut(page_id) {
            if annotations.is_empty() {
                dictionary.remove(b"Annots");
            } else {
                dictionary.set("Annots", annotations);
            }
            // The tab key moves from link to link in reading order (ISO 14289-1, 7.18.3).
            dictionary.set("Tabs", "S");
        }
    }
    links
}

/// A link on a page, which may span several lines.
struct Whole<'a> {
    element: ElementId,
    url: &'a str,
    areas: Vec<Area>,
}

impl Whole<'_> {
    /// The box around all of its lines.
    fn bounds(&self) -> Area {
        let areas = self.areas.iter().copied();
        areas.reduce(around).unwrap_or_default()
    }

    /// The clickable parts of that box: a rectangle for each line (ISO 32000-1, table 173), with its corners
    /// counterclockwise from the lower left.
    fn quadrilaterals(&self) -> Vec<Object> {
        let areas = self.areas.iter();
        let corners = areas.flat_map(|&[left, bottom, right, top]| {
            [left, bottom, right, bottom, right, top, left, top]
        });
        corners.map(Object::from).collect()
    }
}

/// The pieces of each link together: a screen reader reads a link once for each annotation.
fn whole_links(pieces: &[LinkArea]) -> Vec<Whole<'_>> {
    let mut links: Vec<Whole<'_>> = Vec::new();
    for piece in pieces {
        match links.iter_mut().find(|link| link.element == piece.element) {
            Some(link) => link.areas.push(piece.area),
            None => links.push(Whole {
                element: piece.element,
                url: &piece.url,
                areas: vec![piece.area],
            }),
        }
    }
    links
}

/// An area that is high enough to click, as far as it doesn't overlap another; if one side has no room, the other
/// side gets more.
fn with_room<'a>(area: Area, others: impl Iterator<Item = &'a Area>) -> Area {
    let [left, bottom, right, top] = area;
    let missing = (LEAST_TARGET - (top - bottom)).max(0.0);
    let (mut below, mut above) = (missing, missing);
    for &[other_left, other_bottom, other_right, other_top] in others {
        if other_left >= right || other_right <= left {
            continue;
        }
        // Neighbors share the white space between them, if both need it.
        let share = match other_top - other_bottom < LEAST_TARGET {
            true => 0.5,
            false => 1.0,
        };
        if other_top <= bottom {
            below = below.min((bottom - other_top) * share);
        } else if other_bottom >= top {
            above = above.min((other_bottom - top) * share);
        }
    }
    let half = missing / 2.0;
    let up = above.min(half.max(missing - below));
    [left, bottom - below.min(missing - up), right, top + up]
}

fn around(one: Area, other: Area) -> Area {
    [
        one[0].min(other[0]),
        one[1].min(other[1]),
        one[2].max(other[2]),
        one[3].max(other[3]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_grows_to_24_pixels_but_not_into_its_neighbors() {
        let area = [10.0, 100.0, 60.0, 112.0];
        let alone = with_room(area, [].iter());
        assert_eq!(alone, [10.0, 97.0, 60.0, 115.0]);
        let beside = [70.0, 100.0, 90.0, 112.0];
        assert_eq!(with_room(area, [beside].iter()), alone);
        let below = [10.0, 86.0, 60.0, 98.0];
        let crowded = with_room(area, [below].iter());
        assert_eq!(crowded, [10.0, 99.0, 60.0, 117.0]);
        let [_, _, _, top] = with_room(below, [area].iter());
        assert!(top <= crowded[1]);
        // A neighbor that is large enough leaves all of the white space; the other side provides the rest.
        let number = [10.0, 114.0, 60.0, 160.0];
        assert_eq!(with_room(area, [number].iter()), [10.0, 96.0, 60.0, 114.0]);
        let large = [10.0, 100.0, 60.0, 140.0];
        assert_eq!(with_room(large, [].iter()), large);
    }
}
