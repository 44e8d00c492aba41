//! The engine of the page: the library hotline-profile, for a worker in a browser. It has no logic of its own: texts
//! in JSON and TOML come in, the library does the work, and JSON and files go out.

mod ask;
mod columns;
mod files;
mod numbers;
mod told;

use std::panic;

use hotline_profile::area::{Area, Region};
use hotline_profile::audit;
use hotline_profile::check;
use hotline_profile::failure::{Failure, Outcome};
use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::make::{
    self, Additions, Counted, FileKind, Input, Notice, Pictures, Reading, Topic,
};
use hotline_profile::period::Timeframe;
use hotline_profile::profile::{self, Profile};
use hotline_profile::protect::Published;
use hotline_profile::read::Limits;
use hotline_profile::report::{self, explanations_json};

use hotline_profile::tally::{Figure, Statistics};
use hotline_profile::template::{self, ProfilePages};
use hotline_profile::vocabulary::Vocabulary;
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

use ask::{Ask, Counts};
use told::told;

#[wasm_bindgen]
extern "C" {
    /// Reports a panic before the engine stops.
    #[wasm_bindgen(js_namespace = globalThis)]
    fn told_panic(message: &str);
}

/// Every result that is not a file: JSON, or a failure as JSON.
type Answer = Result<String, String>;

/// A finished file.
#[wasm_bindgen]
pub struct MadeFile {
    name: String,
    bytes: Vec<u8>,
}

#[wasm_bindgen]
impl MadeFile {
    /// Without a folder.
    #[wasm_bindgen(getter)]
    pub fn name(&self) -> String {
        self.name.clone()
    }

    /// Its content.
    #[wasm_bindgen(getter)]
    pub fn bytes(&self) -> Vec<u8> {
        self.bytes.clone()
    }
}

/// Answers the page's questions; keeps the open files, and what was last counted in them.
#[wasm_bindgen]
pub struct Engine {
    vocabulary: &'static Vocabulary,
    inputs: Vec<Input>,
    /// Pages of open workbooks that are part of a profile, once they have been looked for.
    pages: Option<Vec<ProfilePages>>,
    counted: Option<(Counts, Counted<'static>)>,
}

impl Default for Engine {
    fn default() -> Self {
        panic::set_hook(Box::new(|info| told_panic(&info.to_string())));
        Engine {
            vocabulary: Box::leak(Box::new(Vocabulary::embedded())),
            inputs: Vec::new(),
            pages: None,
            counted: None,
        }
    }
}

#[wasm_bindgen]
impl Engine {
    /// An engine without files.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Engine {
        Engine::default()
    }

    /// What users can choose from on the page.
    pub fn about(&self) -> String {
        let named = |area: Area| json!({"code": area.code(), "name": area.name()});
        let states = Jurisdiction::all().map(|state| named(state.into()));
        let larger = Region::all().map(Area::Region).chain([Area::Nation]);
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "states": states.collect::<Vec<_>>(),
            "larger": larger.map(named).collect::<Vec<_>>(),
            "columns": columns::all(self.vocabulary),
        })
        .to_string()
    }

    /// Replaces the files: their names and sizes, in the order in which the worker has them.
    pub fn open(&mut self, files: &str) -> Answer {
        (self.counted, self.pages) = (None, None);
        self.inputs = told::or_failure(files::inputs(files))?;
        Ok("null".to_owned())
    }

    /// Opens the bundled sample, which is synthetic.
    pub fn open_sample(&mut self) {
        (self.counted, self.pages) = (None, None);
        self.inputs = vec![files::sample()];
    }

    /// The columns of the first file and, if no mapping is given and the files need one, a proposal.
    pub fn glance(&self, ask: &str) -> Answer {
        told(Ask::parse(ask).and_then(|ask| self.glanced(&ask)))
    }

    /// The state and the year that the data suggest.
    pub fn suggest(&mut self, ask: &str) -> Answer {
        told(Ask::parse(ask).and_then(|ask| self.suggested(&ask)))
    }

    /// What the files contain, how they are read, and what is lost.
    pub fn look(&self, ask: &str) -> Answer {
        told(Ask::parse(ask).and_then(|ask| self.survey(&ask)))
    }

    /// The numbers and the pages.
    pub fn sheet(&mut self, ask: &str) -> Answer {
        told(Ask::parse(ask).and_then(|ask| self.preview(&ask)))
    }

    /// Files of a kind: `pdf`, `html`, `svg`, `figures`, `json`, `csv`, `xlsx`, `rejects`, `template`.
    pub fn files(&mut self, ask: &str, kind: &str) -> Result<Vec<MadeFile>, String> {
        told::or_failure(Ask::parse(ask).and_then(|ask| self.made(&ask, kind)))
    }

    /// The rule for a number, and its rows.
    pub fn explain(&mut self, ask: &str, figure: &str) -> Answer {
        told(Ask::parse(ask).and_then(|ask| self.explained(&ask, figure)))
    }

    /// What changed from another year.
    pub fn compare(&mut self, ask: &str, year: i32, today: &str) -> Answer {
        told(Ask::parse(ask).and_then(|ask| self.compared(&ask, year, today)))
    }

    /// What this sheet gives away, by itself and together with published ones.
    pub fn audit(&mut self, ask: &str) -> Answer {
        told(Ask::parse(ask).and_then(|ask| self.audited(&ask)))
    }

    /// What changed from the published sheets.
    pub fn beside(&mut self, ask: &str) -> Answer {
        told(Ask::parse(ask).and_then(|ask| self.set_beside(&ask)))
    }

    /// The built-in profile of a state, with its lists replaced by those in open workbooks.
    pub fn profile(&mut self, state: &str) -> Answer {
        told(ask::area(state).and_then(|area| self.profile_of(area)))
    }

    /// A TOML file as JSON.
    pub fn toml(&self, file: &str, text: &str) -> Answer {
        told(told::toml(file, text))
    }

    /// Checks a text: a `profile`, a `mapping` or a `theme`.
    pub fn is_right(&self, ask: &str, what: &str) -> Answer {
        told(Ask::parse(ask).and_then(|ask| {
            match what {
                "profile" => ask.profile().map(|_| ()),
                "theme" => ask.theme().map(|_| ()),
                _ => ask.mapping(self.vocabulary).map(|_| ()),
            }?;
            Ok(Value::Null)
        }))
    }
}

impl Engine {
    fn glanced(&self, ask: &Ask) -> Outcome<Value> {
        let first = self.first()?;
        let given = ask.mapping(self.vocabulary)?;
        let counting = ask.counting(self.vocabulary, &given)?;
        let needs_mapping = ask.mapping.is_none()
            && self
                .inputs
                .iter()
                .any(|input| !make::is_canonical(input, &counting));
        let columns = make::columns(first, &given, &counting)?;
        let mut answer = json!({"columns": columns::seen(&columns)});
        if needs_mapping {
            let proposal = make::propose(first, &given, &counting)?;
            answer["mapping"] = told::toml("mapping.toml", &proposal.toml)?;
            answer["proposal"] = json!({
                "toml": proposal.toml,
                "missing": proposal.missing.iter().map(|column| column.name()).collect::<Vec<_>>(),
                "suggestions": columns::suggestions(&proposal.toml),
            });
        }
        Ok(answer)
    }

    fn survey(&self, ask: &Ask) -> Outcome<Value> {
        self.first()?;
        let reading = Reading {
            mapping: ask.mapping(self.vocabulary)?,
            files: self.inputs.iter().collect(),
        };
        let counting = ask.counting(self.vocabulary, &reading.mapping)?;
        let report = make::check(std::slice::from_ref(&reading), &counting)?;
        Ok(check::json(&report))
    }

    /// The state that most rows are about, and the year that follows from its data.
    fn suggested(&mut self, ask: &Ask) -> Outcome<Value> {
        let all = &self.count(ask)?.statistics;
        let by_rows = |statistics: &&Statistics| statistics.ledger.total.used;
        let most = all.iter().rev().max_by_key(by_rows);
        Ok(json!(most.map(|most| {
            json!({"state": most.area.code(), "year": most.period.year})
        })))
    }

    fn first(&self) -> Outcome<&Input> {
        self.inputs.first().ok_or_else(|| {
            Failure::usage("no file is open").remedy("choose a file, or try the sample")
        })
    }

    /// Counts, unless that was just done; the result covers every state.
    fn count(&mut self, ask: &Ask) -> Outcome<&Counted<'static>> {
        self.first()?;
        let counts = ask.counts();
        if self
            .counted
            .as_ref()
            .is_none_or(|(last, _)| *last != counts)
        {
            // The previous result needn't stay in memory meanwhile.
            self.counted = None;
            let mapping = ask.mapping(self.vocabulary)?;
            let all = Jurisdiction::all().map(Area::from).collect();
            let counting = counts.counting(self.vocabulary, &mapping, all, Timeframe::default());
            let counted = make::statistics(&self.inputs, &counting, std::io::sink())
                // An agency's own totals may cover only some states.
                .or_else(|_| {
                    let counting = ask.counting(self.vocabulary, &mapping)?;
                    make::statistics(&self.inputs, &counting, std::io::sink())
                })?;
            self.counted = Some((counts, counted));
        }
        match &self.counted {
            Some((_, counted)) => Ok(counted),
            None => Err(Failure::bug("what was counted is gone")),
        }
    }

    /// The statistics for the requested area and time, and what there is to know about the data.
    fn statistics(&mut self, ask: &Ask) -> Outcome<(Statistics, Vec<Notice>)> {
        let (area, time) = (ask.area()?, ask.time()?);
        let counted = self.count(ask)?;
        let notices = counted.notices.iter();
        let mut notices: Vec<Notice> = notices
            .filter(|notice| notice.area.is_none())
            .cloned()
            .collect();
        let found = match &counted.tally {
            Some(tally) => {
                let (scopes, told) = make::scopes(tally, &[area], &time)?;
                notices.extend(told);
                tally.statistics(&scopes).into_iter().next()
            }
            None => {
                let mapping = ask.mapping(self.vocabulary)?;
                let counting = ask.counting(self.vocabulary, &mapping)?;
                let counted = make::statistics(&self.inputs, &counting, std::io::sink())?;
                notices = counted.notices;
                counted.statistics.into_iter().next()
            }
        };
        let found = found.ok_or_else(|| {
            Failure::data(format!("there are no numbers of {}", area.name()))
                .remedy("choose another state")
        })?;
        Ok((found, notices))
    }

    /// The profile that the user edited; otherwise the built-in one, with the pages of a workbook.
    fn profile_for(&mut self, ask: &Ask) -> Outcome<Profile> {
        let profile = ask.profile()?;
        let Some(state) = ask.area()?.state().filter(|_| !ask.has_profile()) else {
            return Ok(profile);
        };
        let mut pages = self.pages()?.iter();
        pages.try_fold(profile, |profile, pages| {
            pages.complete(profile, state, true)
        })
    }

    /// Pages of open workbooks that are part of a profile.
    fn pages(&mut self) -> Outcome<&[ProfilePages]> {
        if self.pages.is_none() {
            let inputs = self.inputs.iter();
            let pages = inputs.map(|input| template::profile_pages(input, Limits::default()));
            self.pages = Some(pages.collect::<Outcome<_>>()?);
        }
        Ok(self.pages.as_deref().unwrap_or_default())
    }

    fn profile_of(&mut self, area: Area) -> Outcome<Value> {
        let Some(state) = area.state() else {
            return Ok(Value::Null);
        };
        let (file, text) = profile::embedded(state);
        let mut table = told::toml(file, text)?;
        let mut from_pages = Vec::new();
        for pages in self.pages()? {
            let lists = told::toml("the pages of the workbook", &pages.toml(state)?)?;
            for (list, entries) in lists.as_object().into_iter().flatten() {
                if entries.is_array() {
                    table[list] = entries.clone();
                    from_pages.push(list.clone());
                }
            }
        }
        // Filling in the list says nothing about when the built-in one was checked.
        if let (true, Some(table)) = (
            from_pages.contains(&"laws".to_owned()),
            table.as_object_mut(),
        ) {
            table.shift_remove("laws_reviewed");
        }
        Ok(json!({"profile": table, "from_pages": from_pages}))
    }

    fn preview(&mut self, ask: &Ask) -> Outcome<Value> {
        let (theme, wording) = (ask.theme()?, ask.wording()?);
        let request = ask.request(&theme, &wording, self.vocabulary)?;
        let request = request.with_files(vec![FileKind::Svg])?;
        let page_wording = ask.page_wording()?;
        let profile = self.profile_for(ask)?;
        let vocabulary = self.vocabulary;
        let (statistics, mut notices) = self.statistics(ask)?;
        let made = make::sheet(&statistics, &profile, &request)?;
        notices.extend(request.voice(std::slice::from_ref(&statistics)));
        notices.extend(made.notices);
        let pages = made.files.into_iter();
        let pages = pages.map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
        let counted = self.count(ask)?;
        let with_data = counted.statistics.iter().filter(|it| !counted.is_empty(it));
        Ok(json!({
            "pages": pages.collect::<Vec<_>>(),
            "numbers": numbers::table(&made.published, vocabulary, &page_wording),
            "notices": notices.iter().map(told::notice).collect::<Vec<_>>(),
            "ledger": statistics.ledger.total,
            "years": counted.years(),
            "states": with_data.map(|it| it.area.code()).collect::<Vec<_>>(),
            "is_synthetic": statistics.is_synthetic,
            "year": statistics.period.year,
            "period": {"from": statistics.period.from.to_string(), "to": statistics.period.to.to_string()},
        }))
    }

    fn made(&mut self, ask: &Ask, kind: &str) -> Outcome<Vec<MadeFile>> {
        match kind {
            "rejects" => return self.rejects(ask),
            "template" => return self.template(),
            _ => {}
        }
        let (theme, wording) = (ask.theme()?, ask.wording()?);
        let file_kind = match kind {
            "html" => FileKind::Html,
            "svg" | "figures" => FileKind::Svg,
            _ => FileKind::Pdf,
        };
        let topics = match kind {
            "figures" => Topic::ALL.to_vec(),
            _ => Vec::new(),
        };
        let pictures = Pictures {
            topics,
            width: None,
        };
        let request = ask.request(&theme, &wording, self.vocabulary)?;
        let request = request
            .with_files(vec![file_kind])?
            .with_pictures(pictures)?;
        let profile = self.profile_for(ask)?;
        let (statistics, _) = self.statistics(ask)?;
        let made = make::sheet(&statistics, &profile, &request)?;
        if !matches!(kind, "json" | "csv" | "xlsx") {
            let files = made.files.into_iter();
            return Ok(files
                .map(|file| MadeFile {
                    name: file.name,
                    bytes: file.bytes,
                })
                .collect());
        }
        let all = std::slice::from_ref(&made.published);
        let bytes = match kind {
            "json" => format!("{:#}\n", report::json(&made.published)).into_bytes(),
            "xlsx" => report::workbook(all)?,
            _ => report::csv(all).into_bytes(),
        };
        let name = format!("{}.{kind}", made.stem);
        Ok(vec![MadeFile { name, bytes }])
    }

    /// The workbook for a log that is kept by hand.
    fn template(&self) -> Outcome<Vec<MadeFile>> {
        let mut bytes = Vec::new();
        template::write(self.vocabulary, &mut bytes)?;
        let name = "hotline-template.xlsx".to_owned();
        Ok(vec![MadeFile { name, bytes }])
    }

    fn rejects(&self, ask: &Ask) -> Outcome<Vec<MadeFile>> {
        let mapping = ask.mapping(self.vocabulary)?;
        let counting = ask.counting(self.vocabulary, &mapping)?;
        let mut rows = Vec::new();
        make::statistics(&self.inputs, &counting, &mut rows)?;
        let mut bytes = format!("{}\n", report::INTERNAL_MARK).into_bytes();
        bytes.extend(rows);
        Ok(vec![MadeFile {
            name: "rejects-INTERNAL.csv".to_owned(),
            bytes,
        }])
    }

    fn explained(&mut self, ask: &Ask, figure: &str) -> Outcome<Value> {
        let vocabulary = self.vocabulary;
        let figures = Figure::named(figure, vocabulary, &[])?;
        let mapping = ask.mapping(vocabulary)?;
        self.count(ask)?;
        let Some((
            _,
            Counted {
                tally: Some(tally), ..
            },
        )) = &self.counted
        else {
            return Err(Failure::data("these data are totals, not signals")
                .remedy("open the signals: only they tell what a number is made of"));
        };
        let counting = ask.counting(vocabulary, &mapping)?;
        let all = make::explain(&self.inputs, &counting, tally, figures)?;
        Ok(explanations_json(&all))
    }

    fn compared(&mut self, ask: &Ask, year: i32, today: &str) -> Outcome<Value> {
        let protection = ask.protection()?;
        let mut publish = |ask: &Ask| -> Outcome<Published> {
            let (statistics, _) = self.statistics(ask)?;
            Ok(make::numbers_alone(&statistics, protection, Additions::default()).0)
        };
        let (before, after) = (publish(&ask.in_year(year))?, publish(ask)?);
        let wording = ask.page_wording()?;
        numbers::comparison(&before, &after, today, self.vocabulary, &wording)
    }

    /// This sheet as a reader of its JSON sees it, taking published sheets into account.
    fn as_published(&mut self, ask: &Ask) -> Outcome<(audit::Sheet, Vec<audit::Sheet>)> {
        let out = ask.released(self.vocabulary)?;
        let protection = ask.protection()?;
        let (statistics, _) = self.statistics(ask)?;
        let released = audit::numbers_out(&out, &statistics);
        let (published, _) = make::numbers(&statistics, protection, &released, ask.additions());
        let this = audit::sheet_of(&ask.name_of_sheet(), &published, self.vocabulary)?;
        Ok((this, out))
    }

    fn audited(&mut self, ask: &Ask) -> Outcome<Value> {
        let (this, mut sheets) = self.as_published(ask)?;
        sheets.insert(0, this);
        let found = audit::audit(sheets);
        let findings = found.findings.iter();
        Ok(json!({
            "findings": findings.map(|finding| found.sentence(finding)).collect::<Vec<_>>(),
            "warnings": found.warnings,
            "undecided": found.undecided.len(),
            "is_safe": found.is_safe(),
        }))
    }

    /// The published sheets for the same area, each compared with this one.
    fn set_beside(&mut self, ask: &Ask) -> Outcome<Value> {
        let (this, out) = self.as_published(ask)?;
        let wording = ask.page_wording()?;
        let like = out.iter().filter(|sheet| sheet.area == this.area);
        Ok(like
            .map(|before| numbers::beside(before, &this, self.vocabulary, &wording))
            .collect())
    }
}
