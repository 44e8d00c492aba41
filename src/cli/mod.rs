//! The command line: what can be asked for. Each option is defined once, with its documentation, and holds
//! for the command line and for the settings file alike.

mod command;
mod forms;
mod options;
mod parse;
mod settings;
mod values;

pub use command::{
    Audit, Build, Check, CheckFormat, Cli, Command, Compare, Completions, Explain, Export,
    Exported, Format, Init, Locate, Man, Profiles, ReportFormat, ReportOptions, Sample, Stats,
    Verify,
};
pub use forms::{NamedForm, Variant, variants};
pub use options::{
    Also, AreaOptions, CountOptions, DataOptions, FormOptions, LimitOptions, Print, ProfileOptions,
    ProtectionOptions, RejectsOptions, ReleasedOptions, ReviewOptions, Selection, TellOptions,
    TimeOptions, WordingOptions, YearOptions,
};
pub use parse::{Stop, parse, parse_options};
