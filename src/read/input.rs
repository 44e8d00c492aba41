//! Data files as reading takes them: a name and access to their bytes, wherever they are.

use std::fmt;
use std::io::{Cursor, Read};
use std::sync::Arc;

use crate::failure::Outcome;

/// The bytes of a file, read once from the beginning.
pub type Bytes = Box<dyn Read + Send>;

/// One data file: its name in messages, and its bytes, as often as needed.
///
/// ```
/// use hotline_profile::read::Input;
///
/// let input = Input::of_bytes("signals.csv", *b"signal_id,received,state\n");
/// let mut text = String::new();
/// std::io::Read::read_to_string(&mut input.open()?, &mut text).unwrap();
/// assert!(text.starts_with("signal_id"));
/// # Ok::<(), hotline_profile::failure::Failure>(())
/// ```
pub struct Input {
    name: String,
    open: Box<dyn Fn() -> Outcome<Bytes> + Send + Sync>,
}

impl Input {
    /// A file whose bytes `open` provides, from the beginning each time.
    pub fn new(
        name: impl Into<String>,
        open: impl Fn() -> Outcome<Bytes> + Send + Sync + 'static,
    ) -> Self {
        Input {
            name: name.into(),
            open: Box::new(open),
        }
    }

    /// A file that is in memory.
    pub fn of_bytes(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Input::new(name, move || Ok(Box::new(Cursor::new(bytes.clone()))))
    }

    /// The name in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name without folders.
    pub fn file_name(&self) -> &str {
        self.name
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or(self.name.as_str())
    }

    /// Its bytes.
    ///
    /// # Errors
    /// If they can't be read.
    pub fn open(&self) -> Outcome<Bytes> {
        (self.open)()
    }
}

impl fmt::Debug for Input {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Input").field(&self.name).finish()
    }
}
