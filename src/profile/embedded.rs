//! The built-in profiles.

use crate::jurisdiction::Jurisdiction;

macro_rules! profiles {
    ($($code:literal)*) => {
        &[$((
            concat!($code, ".toml"),
            include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/input/profiles/",
                $code,
                ".toml"
            )),
        )),*]
    };
}

/// In order of state code, as [`Jurisdiction::index`] counts.
static EMBEDDED_PROFILES: &[(&str, &str)] = profiles! {
    "ak" "al" "ar" "as" "az" "ca" "co" "ct" "dc" "de" "fl" "ga" "gu" "hi"
    "ia" "id" "il" "in" "ks" "ky" "la" "ma" "md" "me" "mi" "mn" "mo" "mp"
    "ms" "mt" "nc" "nd" "ne" "nh" "nj" "nm" "nv" "ny" "oh" "ok" "or" "pa"
    "pr" "ri" "sc" "sd" "tn" "tx" "ut" "va" "vi" "vt" "wa" "wi" "wv" "wy"
};

/// The name and the text of the built-in profile for a state.
pub fn embedded(state: Jurisdiction) -> (&'static str, &'static str) {
    EMBEDDED_PROFILES[state.index()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    #[test]
    fn the_binary_contains_each_states_own_profile() {
        assert_eq!(EMBEDDED_PROFILES.len(), crate::jurisdiction::COUNT);
        for state in Jurisdiction::all() {
            let (name, text) = embedded(state);
            assert_eq!(name, format!("{}.toml", state.code().to_lowercase()));
            Profile::parse(name, text, state).unwrap();
        }
    }
}
