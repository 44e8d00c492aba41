//! The faces by their roles, and the font files that play them.

/// A face by its role, so that charts and layout needn't know which font file plays it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    /// Running text and numbers.
    Sans,
    /// Notes and citations.
    SansItalic,
    /// Names in figures.
    SansSemiBold,
    /// Strong text.
    SansBold,
    /// Running text of the second family.
    Serif,
    /// Lead of the second family.
    SerifItalic,
    /// Headings.
    SerifBold,
}

impl Face {
    /// Every face.
    pub const ALL: [Face; 7] = [
        Face::Sans,
        Face::SansItalic,
        Face::SansSemiBold,
        Face::SansBold,
        Face::Serif,
        Face::SerifItalic,
        Face::SerifBold,
    ];

    pub(super) fn postscript_name(self) -> &'static str {
        match self {
            Face::Sans => "PublicSans-Regular",
            Face::SansItalic => "PublicSans-Italic",
            Face::SansSemiBold => "PublicSans-SemiBold",
            Face::SansBold => "PublicSans-Bold",
            Face::Serif => "Merriweather-Regular",
            Face::SerifItalic => "Merriweather-Italic",
            Face::SerifBold => "Merriweather-Bold",
        }
    }

    pub(super) fn embedded(self) -> &'static [u8] {
        macro_rules! font {
            ($file:literal) => {
                include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/", $file))
            };
        }
        match self {
            Face::Sans => font!("PublicSans-Regular.ttf"),
            Face::SansItalic => font!("PublicSans-Italic.ttf"),
            Face::SansSemiBold => font!("PublicSans-SemiBold.ttf"),
            Face::SansBold => font!("PublicSans-Bold.ttf"),
            Face::Serif => font!("Merriweather-Regular.ttf"),
            Face::SerifItalic => font!("Merriweather-Italic.ttf"),
            Face::SerifBold => font!("Merriweather-Bold.ttf"),
        }
    }
}
