//! A theme's printing condition: named by a print shop, instead of the usual one.

use serde::Deserialize;
use toml::Spanned;

use super::source::Source;
use crate::failure::{Failure, Outcome};
use crate::press::Condition;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPrint {
    condition: Spanned<String>,
    profile: Spanned<String>,
}

/// The theme's condition, or the usual one.
pub(super) fn condition(raw: Option<RawPrint>, source: &Source<'_>) -> Outcome<Condition> {
    let Some(raw) = raw else {
        return Ok(Condition::usual());
    };
    let name = raw.condition.get_ref().trim();
    if name.is_empty() {
        let failure = Failure::data("the printing condition has no name")
            .remedy("write the name that the print shop gives it, as in \"CGATS 21-2-CRPC5\"");
        return Err(source.at(&raw.condition, failure));
    }
    let profile = source.read(&raw.profile)?;
    Condition::of(name, profile).map_err(|failure| {
        let message = format!("{}: {}", raw.profile.get_ref(), failure.message);
        source.at(&raw.profile, Failure { message, ..failure })
    })
}
