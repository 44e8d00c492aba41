//! The files that a sheet becomes.

/// What kind of file a sheet becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileKind {
    /// Pages to print and attach.
    #[default]
    Pdf,
    /// One complete page for the web.
    Html,
    /// A picture of each page, as vectors.
    Svg,
    /// The same in pixels.
    #[cfg(feature = "png")]
    Png,
}

impl FileKind {
    /// Whether it is a picture, of pages or of single topics.
    pub fn is_picture(self) -> bool {
        !matches!(self, FileKind::Pdf | FileKind::Html)
    }

    pub(super) fn extension(self) -> &'static str {
        match self {
            FileKind::Pdf => "pdf",
            FileKind::Html => "html",
            FileKind::Svg => "svg",
            #[cfg(feature = "png")]
            FileKind::Png => "png",
        }
    }
}

/// A finished file.
#[derive(Clone, Debug)]
pub struct MadeFile {
    /// `NM-Human-Trafficking-Profile-2016.pdf`: letters, digits and hyphens, as grant portals require.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}
