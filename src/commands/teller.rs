//! Messages on standard error while a command runs.

use std::fmt::Display;

use crate::cli::TellOptions;
use crate::make::Notice;

/// Says things, or only what may be wrong.
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

    /// Says how things went.
    pub(super) fn say(self, text: impl Display) {
        if !self.is_quiet {
            eprintln!("{text}");
        }
    }

    /// Says what may be wrong, to those, too, who asked for quiet.
    pub(super) fn warn(self, text: impl Display) {
        eprintln!("warning: {text}");
    }

    /// Says what there is to know of data and numbers.
    pub(super) fn tell(self, notice: &Notice) {
        if notice.kind.is_warning() || !self.is_quiet {
            eprintln!("{notice}");
        }
    }

    /// All of them.
    pub(super) fn tell_all<'n>(self, notices: impl IntoIterator<Item = &'n Notice>) {
        for notice in notices {
            self.tell(notice);
        }
    }
}
