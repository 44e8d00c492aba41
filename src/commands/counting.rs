//! From the settings to statistics: the part that every counting command shares.

use std::io;

use super::inputs::{self, Passes};
use super::rejects::Rejects;
use super::resources;
use super::teller::Teller;
use crate::area::Area;
use crate::cli::{
    DataOptions, LimitOptions, ProtectionOptions, RejectsOptions, Selection, TellOptions,
};
use crate::failure::{Failure, Outcome, Position};
use crate::make::{self, Counted, Counting, Input, Notice, NoticeKind};
use crate::period::Timeframe;
use crate::read::{Limits, Mapping, Scratch};
use crate::tally::Unit;
use crate::vocabulary::Vocabulary;

/// What the options say about the data: where they are, and how to read them.
pub(super) struct Data {
    pub(super) vocabulary: Vocabulary,
    pub(super) mapping: Mapping,
    pub(super) inputs: Vec<Input>,
    pub(super) teller: Teller,
    pub(super) limits: Limits,
    strict: bool,
}

impl Data {
    /// Finds the files, and reads vocabulary and mapping.
    ///
    /// # Errors
    /// A vocabulary or mapping that can't be read, and files that don't exist.
    pub(super) fn of(
        options: &DataOptions,
        limits: &LimitOptions,
        tell: &TellOptions,
        passes: Passes,
    ) -> Outcome<Self> {
        let vocabulary = resources::vocabulary(options.vocabulary.as_deref())?;
        let mapping = resources::mapping(options.mapping.as_deref(), &vocabulary)?;
        Ok(Data {
            vocabulary,
            mapping,
            inputs: inputs::open(&options.files(), passes)?,
            teller: Teller::of(tell),
            limits: Limits {
                scratch: Some(scratch),
                ..limits.limits()
            },
            strict: options.strict,
        })
    }

    /// What to count.
    pub(super) fn counting(
        &self,
        areas: Vec<Area>,
        time: Timeframe,
        unit: Unit,
    ) -> Counting<'_, '_> {
        Counting {
            vocabulary: &self.vocabulary,
            mapping: &self.mapping,
            limits: self.limits,
            areas,
            time,
            unit,
            strict: self.strict,
        }
    }

    /// What to count for a selection.
    pub(super) fn counting_of(&self, selection: &Selection) -> Counting<'_, '_> {
        let time = selection.time.timeframe();
        self.counting(selection.area.areas(), time, selection.count.unit)
    }

    /// Counts, and reports what was found.
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
        self.tell(&counted, rejects);
        Ok(counted)
    }

    /// Reports what was found in the data as a whole.
    fn tell(&self, counted: &Counted<'_>, rejects: &Rejects) {
        let faults = planted_faults(counted);
        if let Some((rejected, duplicates)) = faults {
            self.teller.say(format_args!(
                "note: these data are synthetic and have faults on purpose: {rejected} rows rejected, \
                 {duplicates} repeated; `hotline-profile check` shows what is lost, in your own data too"
            ));
        }
        let of_data = |notice: &&Notice| notice.area.is_none();
        let is_told = |notice: &&Notice| {
            let of_faults = [NoticeKind::RowsRejected, NoticeKind::DuplicateRows];
            faults.is_some() && of_faults.contains(&notice.kind)
        };
        let notices = counted.notices.iter().filter(of_data);
        for notice in notices.filter(|notice| !is_told(notice)) {
            let mut notice = notice.clone();
            if notice.kind == NoticeKind::RowsRejected {
                notice.message = format!("{}; {}", notice.message, rejects.place());
            }
            self.teller.tell(&notice);
        }
    }

    /// Reports what to know about single areas, for commands that make no sheets for them.
    pub(super) fn tell_of_areas(&self, counted: &Counted<'_>) {
        let notices = counted.notices.iter();
        self.teller
            .tell_all(notices.filter(|notice| {
                notice.kind == NoticeKind::MissingMonths && notice.area.is_some()
            }));
    }

    /// Counts for a command that makes no file except the one for rejected rows.
    ///
    /// # Errors
    /// As [`Self::count`]; if the rejected rows can't be written.
    pub(super) fn count_alone<'v>(
        &self,
        counting: &Counting<'v, '_>,
        rejects: &RejectsOptions,
    ) -> Outcome<Counted<'v>> {
        let mut rejects = Rejects::to(rejects.rejects.as_deref(), &self.inputs)?;
        let counted = self.count(counting, &mut rejects)?;
        self.tell_of_areas(&counted);
        rejects.finish()?;
        Ok(counted)
    }
}

/// A temporary file, which nobody else can see, and which disappears with the program.
fn scratch() -> io::Result<Box<dyn Scratch>> {
    Ok(Box::new(tempfile::tempfile()?))
}

/// Rejected and repeated rows of synthetic data (if all data say that they are synthetic): these faults are
/// intentional. `None` if there are none, if no other rows are left, and for all other data.
fn planted_faults(counted: &Counted<'_>) -> Option<(u64, u64)> {
    let all = &counted.statistics;
    let rows = all.first()?.ledger.total;
    let has_faults = rows.rejected + rows.duplicate > 0;
    let has_others = rows.rejected + rows.duplicate < rows.rows_read;
    let is_synthetic = all.iter().all(|statistics| statistics.is_synthetic);
    (has_faults && has_others && is_synthetic).then_some((rows.rejected, rows.duplicate))
}

/// A sheet about a year without any signal would mislead. Among many states, some may have none.
pub(super) fn require_data(counted: &Counted<'_>) -> Outcome<()> {
    let all = counted.statistics.as_slice();
    let Some(first) = all.first() else {
        return Ok(());
    };
    if all.iter().any(|statistics| counted.has_data(statistics)) {
        return Ok(());
    }
    let place = match all {
        [only] => only.area.name(),
        _ => "any state".to_owned(),
    };
    let years: Vec<String> = counted.years().iter().map(i32::to_string).collect();
    let file = first
        .ledger
        .files
        .first()
        .map_or_else(String::new, |(name, _)| name.clone());
    let failure = Failure::data(format!(
        "no signal about {place} was received in {}",
        match first.period.starts.is_of_calendar() {
            true => first.period.year.to_string(),
            false => format!("the {}", first.period.year_in_words()),
        }
    ))
    .at(Position::file(file));
    let ledger = &first.ledger.total;
    Err(
        if ledger.rejected > 0 && ledger.rejected == ledger.rows_read {
            failure.remedy(
                "every row was rejected: correct what the message above says about the first one",
            )
        } else if years.is_empty() {
            failure.remedy(format!(
                "the data have no signals about {place}: choose another --state, or other data"
            ))
        } else {
            failure.remedy(format!("choose a --year with data: {}", years.join(", ")))
        },
    )
}

/// Warns if protection is off.
pub(super) fn warn_if_unprotected(protection: &ProtectionOptions, teller: Teller) {
    let protection = protection.protection();
    if protection.is_internal() {
        teller.warn("--internal hides nothing; the files are marked as not for release");
    } else if protection.min_cell() == 0 {
        teller.warn("--min-cell 0: small counts are printed as they are and may identify a victim");
    }
}
