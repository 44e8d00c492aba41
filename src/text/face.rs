//! The faces by their roles, and the font files for them.

macro_rules! font {
    ($file:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/", $file))
    };
}

/// A face by its role, so that charts and layout don't need to know its font file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    /// Running text and numbers.
    Sans,
    /// Notes and citations.
    SansItalic,
    /// Names in figures.
    SansSemiBold,
    /// Emphasized text.
    SansBold,
    /// Running text in the second family.
    Serif,
    /// Lead text in the second family.
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

    /// The bundled font with the letters that this face's own font doesn't have.
    pub(super) fn fallback(self) -> Fallback {
        match self {
            Face::Sans | Face::SansItalic => Fallback::Sans,
            Face::SansSemiBold => Fallback::SansSemiBold,
            Face::SansBold => Fallback::SansBold,
            Face::Serif | Face::SerifItalic => Fallback::Serif,
            Face::SerifBold => Fallback::SerifBold,
        }
    }

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

/// A bundled font for letters that a face's own font doesn't have: Latin with all its accents, Greek and Cyrillic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fallback {
    /// For running text.
    Sans,
    /// For names in figures.
    SansSemiBold,
    /// For emphasized text.
    SansBold,
    /// For the second family.
    Serif,
    /// For headings.
    SerifBold,
}

impl Fallback {
    pub(super) const ALL: [Fallback; 5] = [
        Fallback::Sans,
        Fallback::SansSemiBold,
        Fallback::SansBold,
        Fallback::Serif,
        Fallback::SerifBold,
    ];

    pub(super) fn postscript_name(self) -> &'static str {
        match self {
            Fallback::Sans => "NotoSans-Regular",
            Fallback::SansSemiBold => "NotoSans-SemiBold",
            Fallback::SansBold => "NotoSans-Bold",
            Fallback::Serif => "NotoSerif-Regular",
            Fallback::SerifBold => "NotoSerif-Bold",
        }
    }

    pub(super) fn embedded(self) -> &'static [u8] {
        match self {
            Fallback::Sans => font!("NotoSans-Regular.ttf"),
            Fallback::SansSemiBold => font!("NotoSans-SemiBold.ttf"),
            Fallback::SansBold => font!("NotoSans-Bold.ttf"),
            Fallback::Serif => font!("NotoSerif-Regular.ttf"),
            Fallback::SerifBold => font!("NotoSerif-Bold.ttf"),
        }
    }
}

/// The font of a glyph: the one for a role, or a fallback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Font {
    /// The face's own.
    Of(Face),
    /// A bundled one.
    Fallback(Fallback),
}

impl Font {
    /// Every font.
    pub fn all() -> impl Iterator<Item = Font> {
        let own = Face::ALL.into_iter().map(Font::Of);
        own.chain(Fallback::ALL.into_iter().map(Font::Fallback))
    }
}
