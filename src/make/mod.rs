//! The entry point of the library: from the bytes of files to statistics, and from statistics to a finished sheet.
//!
//! Everyone who makes sheets uses this: the commands, the benchmarks, the tests, and the page in a browser. It takes
//! what was read, not where it is, and returns the results together with [`Notice`]s: what people should know, as
//! data, for the caller to show. It prints nothing.
//!
//! ```
//! use hotline_profile::jurisdiction::Jurisdiction;
//! use hotline_profile::make::{self, Counting, Form, Input, Protection, Request};
//! use hotline_profile::period::Timeframe;
//! use hotline_profile::profile::Profile;
//! use hotline_profile::read::{Limits, Mapping};
//! use hotline_profile::tally::Unit;
//! use hotline_profile::theme::Theme;
//! use hotline_profile::vocabulary::Vocabulary;
//! use hotline_profile::wording::{ENGLISH, Wording};
//!
//! let state = Jurisdiction::from_code("NM").unwrap();
//! let vocabulary = Vocabulary::embedded();
//! let counting = Counting {
//!     vocabulary: &vocabulary,
//!     mapping: Mapping::canonical(),
//!     limits: Limits::default(),
//!     areas: vec![state.into()],
//!     time: Timeframe::default(),
//!     unit: Unit::Cases,
//!     strict: false,
//! };
//! let rows = "signal_id,case_id,received,call_type,state,gender\n\
//!             1,A,2016-03-01,Tip Report,NM,Female\n\
//!             2,,2016-03-02,Referral,NM,\n";
//! let input = Input::of_bytes("signals.csv", rows.as_bytes());
//! let counted = make::statistics(&[input], &counting, std::io::sink())?;
//! assert_eq!(counted.statistics[0].cases.year, 1);
//!
//! let (theme, wording) = (Theme::usual()?, Wording::parse(ENGLISH.1, ENGLISH.2)?);
//! let request = Request::new(&wording, &theme, Form::default(), Protection::of(5)?)?;
//! let made = make::sheet(&counted.statistics[0], &Profile::default(), &request)?;
//! assert_eq!(made.files[0].name, "NM-Human-Trafficking-Profile-2016.pdf");
//! assert!(made.files[0].bytes.starts_with(b"%PDF-") && made.notices.is_empty());
//! # Ok::<(), hotline_profile::failure::Failure>(())
//! ```

mod check;
mod count;
mod document;
mod explain;
mod file;
mod file_name;
mod form;
mod interpret;
mod locate;
mod notices;
mod numbers;
mod pictures;
mod request;
mod sheet;
mod warehouse;

pub use crate::notice::{Notice, NoticeKind};
pub use crate::protect::Protection;
pub use crate::read::Input;
pub use crate::sheet::{Extent, Topic};
pub use check::{Reading, check, columns, is_canonical, propose};
pub use count::{Counted, Counting, rows, scopes, statistics};
pub use document::{Document, document};
pub use explain::explain;
pub use file::{FileKind, MadeFile};
pub use form::{Form, Paper, Portal, Standard};
pub use interpret::interpret;
pub use locate::locate;
pub use numbers::{Additions, numbers, numbers_alone};
pub use request::{Pictures, Request, SLIDE};
pub use sheet::{Made, sheet};
pub use warehouse::warehouse;
