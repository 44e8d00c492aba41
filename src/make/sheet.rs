//! From statistics to a finished sheet.

use super::form::{Form, Portal};
use super::numbers::numbers;
use super::{file_name, notices};
use crate::area::Area;
use crate::audit;
use crate::failure::{Failure, Outcome};
use crate::geo::Plane;
use crate::html;
use crate::layout::{self, FirstPage, Format, Pages};
use crate::map;
use crate::notice::{self, Notice};
use crate::pdf::{self, attachment};
use crate::profile::Profile;
use crate::protect::{Protection, Published};
use crate::report;
use crate::sheet::{self, Arrangement, Extent, Provenance, Sheet};
use crate::svg;
use crate::tally::{Statistics, Unit};
use crate::theme::Theme;
use crate::wording::Wording;

/// How sheets are to be made that differ only in their state.
pub struct Request<'a> {
    wording: &'a Wording,
    theme: &'a Theme,
    form: Form,
    protection: Protection,
    format: Format,
    writer: pdf::Writer<'a>,
    kinds: Vec<FileKind>,
    released: Vec<audit::Sheet>,
}

/// What kind of file a sheet becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileKind {
    /// Pages to print and to attach.
    #[default]
    Pdf,
    /// One page for the web, complete in itself.
    Html,
    /// A picture of each page, as vectors.
    Svg,
}

impl FileKind {
    fn extension(self) -> &'static str {
        match self {
            FileKind::Pdf => "pdf",
            FileKind::Html => "html",
            FileKind::Svg => "svg",
        }
    }
}

/// A file that was made.
#[derive(Clone, Debug)]
pub struct MadeFile {
    /// `NM-Human-Trafficking-Profile-2016.pdf`: letters, digits and hyphens, as grant portals demand.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A sheet that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// A file of each kind that was asked for, in that order; a picture for each page.
    pub files: Vec<MadeFile>,
    /// How many pages it has in print.
    pub pages: usize,
    /// The numbers that it prints.
    pub published: Published,
    /// What a portal asks of an attachment and the file meets.
    pub attachment: Vec<String>,
    /// What a person should know of the sheet, in order.
    pub notices: Vec<Notice>,
}

impl<'a> Request<'a> {
    /// Reads the theme's fonts, once for all sheets.
    ///
    /// # Errors
    /// When the form asks for things that exclude each other.
    pub fn new(
        wording: &'a Wording,
        theme: &'a Theme,
        form: Form,
        protection: Protection,
    ) -> Outcome<Self> {
        form.check()?;
        if form.attach.is_some() && protection.is_internal() {
            return Err(
                Failure::usage("an internal sheet may not be attached to an application")
                    .remedy("build one for release"),
            );
        }
        Ok(Request {
            wording,
            theme,
            form,
            protection,
            format: form.format(theme),
            writer: pdf::Writer::new(&theme.faces)?,
            kinds: vec![FileKind::default()],
            released: Vec::new(),
        })
    }

    /// Beside editions that are out: what has changed by little since is printed as a range.
    pub fn with_released(mut self, released: Vec<audit::Sheet>) -> Self {
        self.released = released;
        self
    }

    /// As files of these kinds, in place of a PDF.
    ///
    /// # Errors
    /// When a kind does not go with the form.
    pub fn with_files(mut self, kinds: Vec<FileKind>) -> Outcome<Self> {
        let form = &self.form;
        let web = kinds.contains(&FileKind::Html);
        let unwanted = [
            (web && form.two_up, "two pages side by side"),
            (web && form.bleeds, "bleed"),
            (web && form.large_print, "large print"),
        ];
        if let Some((_, other)) = unwanted.iter().find(|(is_so, _)| *is_so) {
            return Err(
                Failure::usage(format!("a web page and {other} don't go together")).remedy(
                    "build two sheets, one with each; a web page grows with its reader's settings",
                ),
            );
        }
        if form.attach.is_some() && !kinds.contains(&FileKind::Pdf) {
            return Err(
                Failure::usage("only a PDF can be attached to an application")
                    .remedy("make a PDF too"),
            );
        }
        self.kinds = kinds;
        Ok(self)
    }

    /// Warns where real data are published in the name of the federal department and of the national
    /// hotline because nobody said whose they are.
    pub fn voice(&self, all: &[Statistics]) -> Option<Notice> {
        let brand = &self.theme.brand;
        let is_said = brand.publisher.is_some() || brand.source.is_some();
        let is_real = all.iter().any(|statistics| !statistics.is_synthetic);
        (!is_said && is_real).then(notices::others_voice)
    }

    fn file_stem(&self, statistics: &Statistics) -> String {
        file_name::stem(
            statistics.area,
            &statistics.period,
            &self.wording.language,
            self.theme.name.as_deref(),
            &self.form,
            self.protection.is_internal(),
        )
    }
}

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
    let trend = if form.trend { " trend" } else { "" };
    let data_page = if form.data_page { " data-page" } else { "" };
    let one_page = match form.extent {
        Extent::OnePage => " one-page",
        Extent::Full => "",
    };
    format!(
        "{area} year={} from={} to={}{starts} unit={unit} min-cell={}{trend}{data_page}{one_page}",
        period.year,
        period.from,
        period.to,
        protection.min_cell()
    )
}

/// A sheet as a document on pages, before a file is made of it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The numbers that it prints.
    pub published: Published,
    pub sheet: Sheet,
    pub pages: Pages,
    /// What a person should know of the sheet, in order.
    pub notices: Vec<Notice>,
}

/// Protects the numbers of a state, and composes and lays out its sheet.
///
/// # Errors
/// What can't be drawn.
pub fn document(
    statistics: &Statistics,
    profile: &Profile,
    request: &Request<'_>,
) -> Outcome<Document> {
    let form = &request.form;
    let released = audit::numbers_out(&request.released, statistics);
    let (published, mut notices) = numbers(statistics, request.protection, &released, form.trend);
    notices.extend(notices::outside_state(statistics));
    let provenance = Provenance {
        numbers: report::digest(&published),
        data_through: statistics.data_through,
        options: options(statistics, form, request.protection),
    };
    let compose = |shape| {
        let arrangement = Arrangement {
            shape,
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
    if form.extent == Extent::OnePage && pages.pages.len() > 1 {
        notices.push(notices::too_long(statistics.area, pages.pages.len()));
    }
    notice::sort(&mut notices);
    Ok(Document {
        published,
        sheet,
        pages,
        notices,
    })
}

/// Makes the sheet of a state: protects its numbers, composes and lays out the document, writes its files.
///
/// # Errors
/// What can't be drawn or written; a file that does not meet what its portal asks.
pub fn sheet(statistics: &Statistics, profile: &Profile, request: &Request<'_>) -> Outcome<Made> {
    let document = document(statistics, profile, request)?;
    let stem = request.file_stem(statistics);
    let mut attachment = Vec::new();
    let mut files = Vec::new();
    for &kind in &request.kinds {
        let made = of_kind(kind, &document, request, &stem)?;
        if let (Some(Portal::GrantsGov), FileKind::Pdf, Some(file)) =
            (request.form.attach, kind, made.first())
        {
            attachment = attachment::check(&file.name, &file.bytes)?;
        }
        files.extend(made);
    }
    Ok(Made {
        files,
        pages: document.pages.pages.len(),
        published: document.published,
        attachment,
        notices: document.notices,
    })
}

/// The document as a file, or as one for each page, whose names begin with a stem.
fn of_kind(
    kind: FileKind,
    document: &Document,
    request: &Request<'_>,
    stem: &str,
) -> Outcome<Vec<MadeFile>> {
    let Document { sheet, pages, .. } = document;
    let whole = |bytes: Vec<u8>| {
        let name = format!("{stem}.{}", kind.extension());
        vec![MadeFile { name, bytes }]
    };
    match kind {
        FileKind::Pdf => {
            let bytes = request.writer.write(pages, &sheet.title, &sheet.metadata)?;
            Ok(whole(bytes))
        }
        FileKind::Svg => {
            let mark = sheet.mark.as_deref().into_iter();
            let words: Vec<&str> = mark
                .chain([sheet.metadata.subject.as_str(), &sheet.source])
                .collect();
            let faces = &request.theme.faces;
            let pictures = svg::pages(pages, faces, &sheet.title, &words.join(". "));
            let numbered = (1..).zip(pictures);
            Ok(numbered
                .map(|(number, picture)| MadeFile {
                    name: format!("{stem}-page-{number}.{}", kind.extension()),
                    bytes: picture.into_bytes(),
                })
                .collect())
        }
        FileKind::Html => {
            let format = &request.format;
            let paper = html::Paper {
                width: format.grid.width,
                height: format.grid.height,
            };
            let faces = &request.theme.faces;
            let page = html::page(sheet, faces, &format.look, format.gray, paper)?;
            Ok(whole(page.into_bytes()))
        }
    }
}

/// What the arrangement of the first page depends on.
fn first_page(published: &Published) -> FirstPage {
    FirstPage {
        aspect: map::aspect(Plane::of_area(published.area)),
    }
}
