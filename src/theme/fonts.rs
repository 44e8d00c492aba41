//! A theme's fonts: files that replace the built-in faces.

use serde::Deserialize;
use toml::Spanned;

use super::source::Source;
use crate::failure::{Failure, Outcome};
use crate::text::{Face, Faces};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawFonts {
    sans: Option<Spanned<String>>,
    sans_semibold: Option<Spanned<String>>,
    sans_bold: Option<Spanned<String>>,
    serif: Option<Spanned<String>>,
    serif_bold: Option<Spanned<String>>,
}

/// Replaces the program's fonts with the theme's.
pub(super) fn replace(faces: &mut Faces, raw: RawFonts, source: &Source<'_>) -> Outcome<()> {
    for (face, named) in [
        (Face::Sans, raw.sans),
        (Face::SansSemiBold, raw.sans_semibold),
        (Face::SansBold, raw.sans_bold),
        (Face::Serif, raw.serif),
        (Face::SerifBold, raw.serif_bold),
    ] {
        if let Some(named) = named {
            let bytes = source.read(&named)?;
            faces.replace(face, bytes).map_err(|reason| {
                let failure = Failure::data(format!("{}: {reason}", named.get_ref()))
                    .remedy("name a TrueType font (.ttf) whose license lets documents embed it");
                source.at(&named, failure)
            })?;
        }
    }
    Ok(())
}
