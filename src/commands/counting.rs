//! From the settings to statistics: the part that every counting command shares.

use super::inputs::{self, Passes};
use super::rejects::Rejects;
use super::resources;
use crate::cli::{DataOptions, LimitOptions, ProtectionOptions, RejectsOptions, Selection};
use crate::failure::{Failure, Outcome, Position};
use crate::jurisdiction::Jurisdiction;
use crate::make::{self, Counted, Counting, Input, Notice, NoticeKind};
use crate::period::Period;
use crate::read::{Limits, Mapping};
use crate::tally::Unit;
use crate::vocabulary::Vocabulary;

/// What the options name of the data: where it lies, and how it is to be read.
pub(super) struct Data {
    pub(super) vocabulary: Vocabulary,
    pub(super) mapping: Mapping,
    pub(super) inputs: Vec<Input>,
    limits: Limits,
    strict: bool,
}

impl Data {
    /// Finds the files, and reads vocabulary and mapping.
    ///
    /// # Errors
    /// Vocabulary or mapping that can't be read, and files that are not there.
    pub(super) fn of(
        options: &DataOptions,
        limits: &LimitOptions,
        passes: Passes,
    ) -> Outcome<Self> {
        let vocabulary = resources::vocabulary(options.vocabulary.as_deref())?;
        let mapping = resources::mapping(options.mapping.as_deref(), &vocabulary)?;
        Ok(Data {
            vocabulary,
            mapping,
            inputs: inputs::open(&options.files(), passes)?,
            limits: limits.limits(),
            strict: options.strict,
        })
    }

    /// What is to be counted.
    pub(super) fn counting(
        &self,
        states: Vec<Jurisdiction>,
        period: Period,
        unit: Unit,
    ) -> Counting<'_, '_> {
        Counting {
            vocabulary: &self.vocabulary,
            mapping: &self.mapping,
            limits: self.limits,
            states,
            period,
            unit,
            strict: self.strict,
        }
    }

    /// What is to be counted where the selection is a single period.
    ///
    /// # Errors
    /// A period that ends before it begins.
    pub(super) fn counting_of(&self, selection: &Selection) -> Outcome<Counting<'_, '_>> {
        let period = selection.time.period()?;
        Ok(self.counting(selection.area.states(), period, selection.count.unit))
    }

    /// Counts, and tells what was found on the way.
    ///
    /// # Errors
    /// As [`make::statistics`].
    pub(super) fn count<'v>(
        &self,
        counting: &Counting<'v, '_>,
        rejects: &mut Rejects,
    ) -> Outcome<Counted<'v>> {
        let counted = make::statistics(&self.inputs, counting, &mut *rejects);
        let counted = rejects.explain(counted)?;
        let of_data = |notice: &&Notice| notice.state.is_none();
        for notice in counted.notices.iter().filter(of_data) {
            tell(notice, rejects);
        }
        Ok(counted)
    }

    /// Counts for a command that makes no file but that of rejected rows.
    ///
    /// # Errors
    /// As [`Self::count`]; when the rejected rows can't be written.
    pub(super) fn count_alone<'v>(
        &self,
        counting: &Counting<'v, '_>,
        rejects: &RejectsOptions,
    ) -> Outcome<Counted<'v>> {
        let mut rejects = Rejects::to(rejects.rejects.as_deref(), &self.inputs)?;
        let counted = self.count(counting, &mut rejects)?;
        rejects.finish()?;
        Ok(counted)
    }
}

/// Tells a notice on standard error.
fn tell(notice: &Notice, rejects: &Rejects) {
    let mut notice = notice.clone();
    if notice.kind == NoticeKind::RowsRejected {
        notice.message = format!("{}; {}", notice.message, rejects.place());
    }
    eprintln!("{notice}");
}

/// Tells notices of published numbers on standard error.
pub(super) fn tell_all<'n>(notices: impl IntoIterator<Item = &'n Notice>) {
    for notice in notices {
        eprintln!("{notice}");
    }
}

/// A sheet about a year without a single signal would mislead. Of many states, some may have none.
pub(super) fn require_data(counted: &Counted<'_>) -> Outcome<()> {
    let all = counted.statistics.as_slice();
    let Some(first) = all.first() else {
        return Ok(());
    };
    if all.iter().any(|statistics| counted.has_data(statistics)) {
        return Ok(());
    }
    let place = match all {
        [only] => only.state.name(),
        _ => "any state",
    };
    let years: Vec<String> = counted.years().iter().map(i32::to_string).collect();
    let file = first
        .ledger
        .files
        .first()
        .map_or_else(String::new, |(name, _)| name.clone());
    let failure = Failure::data(format!(
        "no signal about {place} was received in {}",
        first.period.year
    ))
    .at(Position::file(file));
    let ledger = &first.ledger.total;
    Err(
        if ledger.rejected > 0 && ledger.rejected == ledger.rows_read {
            failure.remedy("every row was rejected: mend what is said of the first of them above")
        } else if years.is_empty() {
            failure.remedy(format!(
                "the data has no signal about {place} at all: choose another --state, or other data"
            ))
        } else {
            failure.remedy(format!(
                "choose a --year of which there is data: {}",
                years.join(", ")
            ))
        },
    )
}

/// Warns where protection is off.
pub(super) fn warn_if_unprotected(protection: &ProtectionOptions) {
    let protection = protection.protection();
    if protection.is_internal() {
        eprintln!(
            "warning: --internal: nothing is hidden; what is made is marked as not for release"
        );
    } else if protection.min_cell() == 0 {
        eprintln!(
            "warning: --min-cell 0: small counts are printed as they are and may identify a victim"
        );
    }
}
