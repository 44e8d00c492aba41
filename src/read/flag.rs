//! What a yes-or-no column says.

use super::empties::Empties;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    Yes,
    /// No, or nothing.
    No,
    Unknown,
}

const YES: [&str; 20] = [
    "1",
    "1.0",
    "y",
    "yes",
    "true",
    "t",
    "x",
    "on",
    "checked",
    "selected",
    "s",
    "si",
    "sí",
    "verdadero",
    "✓",
    "✔",
    "✔\u{fe0f}",
    "☑",
    "☒",
    "✅",
];
const NO: [&str; 16] = [
    "0",
    "0.0",
    "n",
    "no",
    "false",
    "f",
    "off",
    "unchecked",
    "not checked",
    "unselected",
    "not selected",
    "falso",
    "☐",
    "✗",
    "✘",
    "❌",
];

impl Flag {
    /// What a cell says, without the spaces around it.
    pub(super) fn of(cell: &[u8], empties: &Empties) -> Flag {
        if cell.is_empty() || empties.has(cell) {
            return Flag::No;
        }
        let cell = String::from_utf8_lossy(cell).to_lowercase();
        let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        if YES.contains(&cell.as_str()) {
            Flag::Yes
        } else if NO.contains(&cell.as_str()) {
            Flag::No
        } else {
            Flag::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_yes_and_no_are_known_and_others_are_not() {
        let of = |text: &str| Flag::of(text.as_bytes(), &Empties::standard());
        for text in [
            "✓", "On", "Selected", "Sí", "SI", "Checked", "Yes", "X", "1", "1.0", "TRUE", "✔",
        ] {
            assert_eq!(of(text), Flag::Yes, "{text}");
        }
        for text in [
            "",
            "Off",
            "Not  Selected",
            "No",
            "Unchecked",
            "0",
            "0.0",
            "FALSE",
            "N/A",
            "✗",
        ] {
            assert_eq!(of(text), Flag::No, "{text}");
        }
        for text in ["2", "maybe", "Female", "1.5", "yes?"] {
            assert_eq!(of(text), Flag::Unknown, "{text}");
        }
    }
}
