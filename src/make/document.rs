//! From statistics to a document on pages.

use super::form::Form;
use super::notices;
use super::numbers::{Additions, numbers};
use super::request::Request;
use crate::area::Area;
use crate::audit;
use crate::failure::Outcome;
use crate::geo::Plane;
use crate::layout::{self, FirstPage, Page, Pages};
use crate::map;
use crate::notice::{self, Notice};
use crate::profile::Profile;
use crate::protect::{Protection, Published};
use crate::report;
use crate::sheet::{self, Arrangement, Extent, Provenance, Sheet};
use crate::tally::{Statistics, Unit};
use crate::text::no_glyph;
use crate::wording::Wording;

/// The options that decide what a sheet says.
fn options(statistics: &Statistics, form: &Form, protection: Protection) -> String {
    let Statistics {
        area, period, unit, ..
    } = statistics;
    let area = match area {
        Area::State(state) => format!("state={state}"),
        Area::States(states) => {
            let codes: Vec<&str> = states.iter().map(|state| state.code()).collect();
            format!("state={}", codes.join(","))
        }
        Area::Region(region) => format!("region={}", region.roman()),
        Area::Nation => "nation".to_owned(),
    };
    let starts = match period.starts.is_of_calendar() {
        true => String::new(),
        false => format!(" year-starts={}", period.starts.month()),
    };
    let unit = match unit {
        Unit::Cases => "cases",
        Unit::Victims => "victims",
    };
    let Additions {
        trend,
        counties,
        rate,
    } = form.additions;
    let trend = if trend { " trend" } else { "" };
    let rate = if rate { " rate" } else { "" };
    let counties = if counties { " counties" } else { "" };
    let data_page = if form.data_page { " data-page" } else { "" };
    let one_page = match form.extent {
        Extent::OnePage => " one-page",
        Extent::Full => "",
    };
    format!(
        "{area} year={} from={} to={}{starts} unit={unit} min-cell={}{trend}{counties}{rate}{data_page}{one_page}",
        period.year,
        period.from,
        period.to,
        protection.min_cell()
    )
}

/// A sheet as a document on pages, before it becomes a file.
#[derive(Clone, Debug)]
pub struct Document {
    /// The numbers that it prints.
    pub published: Published,
    /// Where they come from.
    pub provenance: Provenance,
    /// What it says, without pages.
    pub sheet: Sheet,
    /// The positions of everything.
    pub pages: Pages,
    /// What people should know about the sheet, in order.
    pub notices: Vec<Notice>,
}

/// Whether the fonts have a glyph for each letter on the pages.
///
/// # Errors
/// The first letter that they don't have, with the file and the position of its text, if a person wrote it.
fn check_letters(pages: &Pages, profile: &Profile, wording: &Wording) -> Outcome<()> {
    let Some(letter) = pages.pages.iter().find_map(Page::missing_letter) else {
        return Ok(());
    };
    let written = [&profile.printed, &wording.printed];
    let failure = no_glyph(letter);
    Err(match written.iter().find_map(|it| it.place_of(letter)) {
        Some(place) => failure.at(place),
        None => failure,
    })
}

/// Protects the numbers of a state, and composes and lays out its sheet.
///
/// # Errors
/// A text in the profile or the wording with a letter that the theme's fonts don't have, and anything that can't be
/// drawn.
pub fn document(
    statistics: &Statistics,
    profile: &Profile,
    request: &Request<'_>,
) -> Outcome<Document> {
    let form = &request.form;
    let released = audit::numbers_out(&request.released, statistics);
    let (published, mut notices) =
        numbers(statistics, request.protection, &released, form.additions);
    notices.extend(notices::outside_state(statistics));
    let provenance = Provenance {
        numbers: report::digest(&published),
        data_through: statistics.data_through,
        options: options(statistics, form, request.protection),
    };
    let compose = |shape, further_page| {
        let arrangement = Arrangement {
            shape,
            further_page,
            extent: form.extent,
            gray: request.format.gray,
            data_page: form.data_page,
        };
        sheet::compose(
            &published,
            profile,
            request.wording,
            &provenance,
            arrangement,
            &request.theme.brand,
        )
    };
    let (faces, format) = (&request.theme.faces, &request.format);
    let (sheet, pages) = layout::arrange(compose, &first_page(&published), faces, format)?;
    check_letters(&pages, profile, request.wording)?;
    if form.extent == Extent::OnePage && pages.pages.len() > 1 {
        notices.push(notices::too_long(statistics.area, pages.pages.len()));
    }
    notices.extend(notices::no_room(statistics.area, &pages.left_out));
    notice::sort(&mut notices);
    Ok(Document {
        published,
        provenance,
        sheet,
        pages,
        notices,
    })
}

/// What the layout of the first page depends on.
fn first_page(published: &Published) -> FirstPage {
    FirstPage {
        aspect: map::aspect(Plane::of_area(published.area)),
    }
}
