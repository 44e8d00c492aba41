//! How to make sheets.

use super::file::FileKind;
use super::form::{Form, Standard};
use super::{file_name, notices};
use crate::audit;
use crate::failure::{Failure, Outcome};
use crate::layout::Format;
use crate::notice::Notice;
use crate::pdf;
use crate::protect::Protection;
use crate::sheet::Topic;
use crate::tally::Statistics;
use crate::theme::Theme;
use crate::wording::Wording;

/// How to make sheets that differ only in their state.
pub struct Request<'a> {
    pub(super) wording: &'a Wording,
    pub(super) theme: &'a Theme,
    pub(super) form: Form,
    pub(super) protection: Protection,
    pub(super) format: Format,
    pub(super) writer: pdf::Writer<'a>,
    pub(super) kinds: Vec<FileKind>,
    pub(super) pictures: Pictures,
    pub(super) released: Vec<audit::Sheet>,
}

/// The default width of a picture in pixels: that of a slide.
pub const SLIDE: u32 = 1920;

/// Which pictures to make, and how large.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pictures {
    /// Topics, each as its own picture; none: the pages.
    pub topics: Vec<Topic>,
    /// Width in pixels; `None`: that of a slide or, for pages as SVG, that of their paper.
    pub width: Option<u32>,
}

impl<'a> Request<'a> {
    /// Reads the theme's fonts, once for all sheets.
    ///
    /// # Errors
    /// If the form asks for things that exclude each other.
    pub fn new(
        wording: &'a Wording,
        theme: &'a Theme,
        form: Form,
        protection: Protection,
    ) -> Outcome<Self> {
        form.check()?;
        if form.attach.is_some() && protection.is_internal() {
            return Err(
                Failure::usage("an internal sheet can't be attached to an application")
                    .remedy("build a sheet for release instead"),
            );
        }
        Ok(Request {
            wording,
            theme,
            form,
            protection,
            format: form.format(theme),
            writer: pdf::Writer::new(&theme.faces),
            kinds: vec![FileKind::default()],
            pictures: Pictures::default(),
            released: Vec::new(),
        })
    }

    /// Takes published editions into account: what has changed by little since then is printed as a range.
    pub fn with_released(mut self, released: Vec<audit::Sheet>) -> Self {
        self.released = released;
        self
    }

    /// As files of these kinds, instead of a PDF.
    ///
    /// # Errors
    /// If a kind can't be combined with the form.
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
                Failure::usage(format!("a web page can't be combined with {other}")).remedy(
                    "build two sheets, one with each; readers can enlarge a web page themselves",
                ),
            );
        }
        if form.attach.is_some() && !kinds.contains(&FileKind::Pdf) {
            return Err(
                Failure::usage("only a PDF can be attached to an application")
                    .remedy("make a PDF too"),
            );
        }
        if form.standard == Standard::Ua2 && !kinds.contains(&FileKind::Pdf) {
            return Err(Failure::usage("only a PDF conforms to PDF/UA-2").remedy("make a PDF too"));
        }
        self.kinds = kinds;
        Ok(self)
    }

    /// With pictures of single topics, or of another size.
    ///
    /// # Errors
    /// If topics are requested and no kind of file is a picture.
    pub fn with_pictures(mut self, pictures: Pictures) -> Outcome<Self> {
        if !pictures.topics.is_empty() && !self.kinds.iter().any(|kind| kind.is_picture()) {
            return Err(
                Failure::usage("parts of the sheet can be made only as pictures")
                    .remedy("choose SVG or PNG"),
            );
        }
        self.pictures = pictures;
        Ok(self)
    }

    /// Warns if real data are published in the name of the federal department and the national hotline because nobody
    /// said whose they are.
    pub fn voice(&self, all: &[Statistics]) -> Option<Notice> {
        let brand = &self.theme.brand;
        let is_said = brand.publisher.is_some() || brand.source.is_some();
        let is_real = all.iter().any(|statistics| !statistics.is_synthetic);
        (!is_said && is_real).then(notices::others_voice)
    }

    pub(super) fn file_stem(&self, statistics: &Statistics) -> String {
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
