//! Messages on standard error while a command runs.

use std::fmt::Display;

use crate::cli::TellOptions;
use crate::make::Notice;

/// Prints everything, or only warnings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Teller {
    is_quiet: bool,
}

impl Teller {
    pub(super) fn of(options: &TellOptions) -> Self {
        Teller {
            is_quiet: options.quiet,
        }
    }

    /// Reports progress and results.
    pub(super) fn say(self, text: impl Display) {
        if !self.is_quiet {
            eprintln!("{text}");
        }
    }

    /// Prints a warning, even if the user asked for quiet.
    pub(super) fn warn(self, text: impl Display) {
        eprintln!("warning: {text}");
    }

    /// Prints what there is to know about data and numbers.
    pub(super) fn tell(self, notice: &Notice) {
        if notice.kind.is_warning() || !self.is_quiet {
            eprintln!("{notice}");
        }
    }

    /// Prints all notices.
    pub(super) fn tell_all<'n>(self, notices: impl IntoIterator<Item = &'n Notice>) {
        for notice in notices {
            self.tell(notice);
        }
    }
}
