//! The command line: what users can ask for. Each option is defined once, with its documentation, for both the
//! command line and the settings file.

mod command;
mod forms;
mod options;
mod parse;
mod settings;
mod values;

pub use command::Command;
pub(crate) use command::{
    Audit, Build, Check, CheckFormat, Cli, Compare, Completions, Explain, Export, Exported, Format,
    Init, Interpret, Locate, Man, Profiles, ReportFormat, ReportOptions, Sample, Stats, Verify,
};
pub(crate) use forms::{Variant, variants};
pub(crate) use options::{
    DataOptions, LimitOptions, ProtectionOptions, RejectsOptions, ReviewOptions, Selection,
    TellOptions, USUAL_DATA,
};
pub(crate) use parse::parse_options;
pub use parse::{Stop, parse};
