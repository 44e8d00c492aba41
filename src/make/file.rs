//! Files that a sheet becomes.

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
    /// The same in pixels.
    #[cfg(feature = "png")]
    Png,
}

impl FileKind {
    /// Whether it is a picture, of pages or of topics by themselves.
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

/// A file that was made.
#[derive(Clone, Debug)]
pub struct MadeFile {
    /// `NM-Human-Trafficking-Profile-2016.pdf`: letters, digits and hyphens, as grant portals demand.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}
