//! The sheet: published numbers, profile and wording become a document.

mod counties;
mod data;
mod demographics;
mod efforts;
mod further;
mod groups;
mod heat_map;
mod hotlines;
mod key_numbers;
mod laws;
mod model;
mod outline;
mod panels;
mod signals;
mod singles;
mod statements;
mod states;
mod trend;
mod venues;

use crate::area::Area;
use crate::period::Month;
use crate::profile::{Profile, Text};
use crate::protect::{Count, Published};
use crate::wording::Wording;

pub use singles::{Single, Topic};
#[cfg(feature = "cli")]
pub use statements::Statement;

pub use model::{
    Bar, Bars, Block, Brand, Column, Figure, FigureContent, Heading, HeatMap, Item, KeyNumber,
    Link, List, Logo, Metadata, Panel, Paragraph, Part, Role, Screen, Sheet, Span, Table,
    TableColumn,
};

/// How the content of a page is arranged, by how wide the state is relative to its height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Map and demographics share the page's width.
    Compact,
    /// The same on a full page: what readers need to know about demographics is with the other notes.
    Dense,
    /// Much wider than high: the map takes the page's full width.
    Wide,
    /// Whatever the state's shape, one block below the other: for large print.
    Single,
    /// The same on half pages, where the first has no room for a panel with the hotline.
    Half,
}

impl Shape {
    /// Whether everything is in one column that continues from page to page.
    pub(crate) fn is_single(self) -> bool {
        matches!(self, Shape::Single | Shape::Half)
    }
}

/// How much a sheet says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// Statistics on the first page, help and laws on the second.
    #[default]
    Full,
    /// The essentials on one page: map, demographics, venues, what the numbers don't mean, hotlines.
    OnePage,
}

/// How a sheet is arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrangement {
    pub shape: Shape,
    pub extent: Extent,
    /// Whether a page follows with the numbers behind the charts.
    pub data_page: bool,
    /// Whether additional groups are on a page of their own.
    pub further_page: bool,
    /// Whether it is printed without color, so that no sentence may name one.
    pub gray: bool,
}

/// The source of the numbers.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// SHA-256 of the published numbers, in hexadecimal. With a digest of the data, anybody who knows all rows but
    /// one could find out what the last one says.
    pub numbers: String,
    /// The month of the last signal within the period and the year; `None` if it isn't known. The exact day would
    /// reveal that signal.
    pub data_through: Option<Month>,
    /// The options that the sheet was made with, as stated in the file.
    pub options: String,
}

/// Everything that the sections use.
struct Material<'a> {
    published: &'a Published,
    profile: &'a Profile,
    wording: &'a Wording,
    arrangement: Arrangement,
    /// The state's name by itself: `District of Columbia`.
    state: String,
    /// The name within a sentence: `the District of Columbia`.
    in_text: String,
    /// The focal year within a sentence: `2016`, `fiscal year 2016`.
    year: String,
    /// In a heading: `Fiscal Year 2016`.
    year_in_heading: String,
    /// In a table: `FY 2016`.
    short_year: String,
    from: String,
    to: String,
    /// Who received the signals, as in a sentence.
    source: String,
    /// Whether that differs from the one in the wording.
    has_own_source: bool,
    /// Whether panels may fill a page with room to spare.
    has_panels: bool,
}

impl<'a> Material<'a> {
    fn of(
        published: &'a Published,
        profile: &'a Profile,
        wording: &'a Wording,
        arrangement: Arrangement,
        brand: &Brand,
    ) -> Self {
        let period = published.period;
        Material {
            published,
            profile,
            wording,
            arrangement,
            state: wording.area(published.area),
            in_text: wording.area_in_text(published.area),
            year: wording.year(&period),
            year_in_heading: wording.year_in_heading(&period),
            short_year: wording.short_year(&period, period.year),
            from: wording.month(period.from),
            to: wording.month(period.to),
            source: match &brand.source {
                Some(source) => source.clone(),
                None => wording.document.default_source.fill(&[]),
            },
            has_own_source: brand.source.is_some(),
            has_panels: !brand.without_panels,
        }
    }
}

impl Material<'_> {
    /// A text in the profile in the sheet's language, if there is one; otherwise marked with its own language.
    fn span(&self, text: &Text) -> Span {
        let (text, language) = text.version(&self.wording.language);
        Span::plain(text).in_language(self.foreign(language))
    }

    /// Only the words of a text in the profile.
    fn words<'a>(&'a self, text: &'a Text) -> &'a str {
        text.version(&self.wording.language).0
    }

    /// A language that differs from the sheet's; one without a region is the same in any region.
    fn foreign<'a>(&self, language: &'a str) -> Option<&'a str> {
        let of_sheet = self.wording.language.as_str();
        let is_alike = language == of_sheet || of_sheet.split('-').next() == Some(language);
        (!is_alike).then_some(language)
    }
}

/// Writes the sheet for a state.
pub fn compose(
    published: &Published,
    profile: &Profile,
    wording: &Wording,
    provenance: &Provenance,
    arrangement: Arrangement,
    brand: &Brand,
) -> Sheet {
    let material = Material::of(published, profile, wording, arrangement, brand);
    let mut parts = parts(&material);
    if arrangement.further_page && arrangement.extent == Extent::Full {
        parts.extend(further::part(&material));
    }
    parts.extend(counties::parts(&material));
    if arrangement.data_page {
        parts.push(data::part(&material));
    }
    outline::number(&mut parts);
    Sheet {
        parts,
        ..without_parts(&material, provenance, brand)
    }
}

/// Writes one topic of the sheet as a separate document; `None` if the sheet has nothing about it.
pub fn compose_single(
    topic: Topic,
    published: &Published,
    profile: &Profile,
    wording: &Wording,
    provenance: &Provenance,
    arrangement: Arrangement,
    brand: &Brand,
) -> Option<Single> {
    let material = Material::of(published, profile, wording, arrangement, brand);
    let whole = without_parts(&material, provenance, brand);
    singles::single(&material, topic, whole)
}

/// What every page says, and what the file says about itself.
fn without_parts(material: &Material<'_>, provenance: &Provenance, brand: &Brand) -> Sheet {
    let wording = material.wording;
    let document = &wording.document;
    let department = brand
        .publisher
        .clone()
        .unwrap_or_else(|| wording.department(material.published.area));
    Sheet {
        metadata: metadata(material, provenance, &department),
        title: document.title.fill(&[("state", &material.state)]),
        department,
        logo: brand.logo.clone(),
        running_head: document.running_head.fill(&[("state", &material.state)]),
        short_head: material.state.clone(),
        source: source(material, provenance),
        footer: brand.footer.clone(),
        page: document.page.clone(),
        mark: mark(material),
        screen: Screen {
            skip: wording.screen.skip.fill(&[]),
            as_table: wording.screen.as_table.fill(&[]),
        },
        parts: Vec::new(),
    }
}

/// The source and time of the numbers, and the last month of the data, if known.
fn source(material: &Material<'_>, provenance: &Provenance) -> String {
    let document = &material.wording.document;
    let mut source = document.source.fill(&[
        ("source", &material.source),
        ("from", &material.from),
        ("to", &material.to),
    ]);
    let gloss = material
        .wording
        .fiscal_year_gloss(&material.published.period);
    if let Some(gloss) = gloss {
        source = format!("{source} {gloss}");
    }
    if let Some(last) = provenance.data_through {
        let through = document
            .through
            .fill(&[("last", &material.wording.month(last))]);
        source = format!("{source} {through}");
    }
    source
}

fn parts(material: &Material<'_>) -> Vec<Part> {
    let first = match material.arrangement.extent {
        Extent::Full if material.arrangement.shape == Shape::Half => vec![
            introduction(material),
            hotlines::line(material),
            key_numbers::strip(material),
        ],
        Extent::Full => vec![introduction(material), key_numbers::strip(material)],
        Extent::OnePage => Vec::new(),
    };
    let mut statistics = statistics_part(material, first);
    if material.arrangement.extent == Extent::OnePage {
        return vec![statistics];
    }
    let help = help_part(material);
    if material.arrangement.shape.is_single() {
        // On many pages, the statistics don't have their own side: one section follows the other.
        statistics.blocks.extend(help.blocks);
        return vec![statistics];
    }
    vec![statistics, help]
}

fn introduction(material: &Material<'_>) -> Block {
    let text = material.wording.introduction.text.fill(&[
        ("state", &material.in_text),
        ("source", &material.source),
        ("from", &material.from),
        ("to", &material.to),
    ]);
    paragraph(Role::Lead, text)
}

/// Page 1: the introduction, the key numbers, the heat map, demographics and venues, and what the numbers don't mean,
/// because the page can be used alone for the statistics.
fn statistics_part(material: &Material<'_>, mut blocks: Vec<Block>) -> Part {
    if !material.published.knows_cases {
        // Data with only signals: nothing on the page is about cases.
        blocks.extend(signals::blocks(material));
        blocks.push(hotlines::strip(material));
        return Part { blocks };
    }
    let map = Block::Section(heat_map::blocks(material));
    let venues = venues::stacked(material);
    let is_short = material.arrangement.extent == Extent::OnePage && !venues.is_empty();
    match material.arrangement.shape {
        // The lists are lower than the map, which can therefore give way to what is below.
        Shape::Compact | Shape::Dense if is_short => {
            blocks.push(Block::Columns(vec![
                column(6, vec![map]),
                column(6, venues),
            ]));
            blocks.push(Block::Section(demographics::abreast(material)));
        }
        Shape::Compact | Shape::Dense => {
            blocks.push(Block::Columns(vec![
                column(6, vec![map]),
                column(6, vec![Block::Section(demographics::stacked(material))]),
            ]));
            blocks.extend(venues::abreast(material));
        }
        // The columns are lower by what the map takes: each has its notes at its foot.
        Shape::Wide if material.arrangement.extent == Extent::Full => {
            blocks.push(map);
            let people = vec![Block::Section(demographics::stacked(material))];
            let venues = [venues, signals::notes_below(material)].concat();
            blocks.push(Block::Columns(vec![column(6, people), column(6, venues)]));
            blocks.push(hotlines::strip(material));
            return Part { blocks };
        }
        Shape::Wide => {
            blocks.push(map);
            blocks.push(Block::Columns(vec![
                column(6, vec![Block::Section(demographics::stacked(material))]),
                column(6, venues),
            ]));
        }
        Shape::Single | Shape::Half => {
            let is_first = material.arrangement.shape == Shape::Single;
            blocks.extend(is_first.then(|| hotlines::strip(material)));
            blocks.push(map);
            blocks.push(Block::Section(demographics::stacked(material)));
            blocks.extend(venues);
            if is_first || material.arrangement.extent == Extent::Full {
                blocks.extend(signals::notes(material));
                return Part { blocks };
            }
        }
    }
    blocks.extend(signals::notes(material));
    blocks.push(match material.arrangement.extent {
        Extent::Full => hotlines::strip(material),
        Extent::OnePage => hotlines::summary(material),
    });
    Part { blocks }
}

/// Page 2: types of calls, what the numbers don't mean, laws, efforts, hotlines.
fn help_part(material: &Material<'_>) -> Part {
    let mut blocks = match material.published.knows_cases {
        true => signals::blocks(material),
        false => Vec::new(),
    };
    blocks.extend(states::blocks(material).map(Block::Section));
    blocks.extend(laws::blocks(material).map(Block::Section));
    blocks.extend(panels::with_efforts(material));
    blocks.push(hotlines::field(material));
    Part { blocks }
}

/// The mark on every page, if its numbers are unprotected or synthetic.
fn mark(material: &Material<'_>) -> Option<String> {
    let (published, words) = (material.published, &material.wording.document);
    let internal = published.internal.then(|| words.internal.fill(&[]));
    let synthetic = published.is_synthetic.then(|| words.synthetic.fill(&[]));
    let marks: Vec<String> = internal.into_iter().chain(synthetic).collect();
    (!marks.is_empty()).then(|| marks.join("  ·  "))
}

fn metadata(material: &Material<'_>, provenance: &Provenance, author: &str) -> Metadata {
    let document = &material.wording.document;
    let published = material.published;
    let mut custom = vec![
        ("State".to_owned(), published.area.code()),
        (
            "DataPeriod".to_owned(),
            format!("{}/{}", published.period.from, published.period.to),
        ),
        ("Year".to_owned(), published.period.year.to_string()),
        ("MinCell".to_owned(), published.min_cell.to_string()),
        ("NumbersSHA256".to_owned(), provenance.numbers.clone()),
        ("Options".to_owned(), provenance.options.clone()),
    ];
    if published.internal {
        custom.push(("Release".to_owned(), document.internal.fill(&[])));
    }
    if published.is_synthetic {
        custom.push(("Synthetic".to_owned(), document.synthetic.fill(&[])));
    }
    if material.has_own_source {
        custom.push(("Source".to_owned(), material.source.clone()));
    }
    Metadata {
        language: material.wording.language.clone(),
        subject: document.subject.fill(&[
            ("state", &material.in_text),
            ("from", &material.from),
            ("to", &material.to),
        ]),
        keywords: document.keywords.fill(&[
            ("state", &material.state),
            ("source", &material.source),
            ("year", &material.short_year),
        ]),
        author: author.to_owned(),
        custom,
        date: provenance
            .data_through
            .unwrap_or(published.period.to)
            .last_day(),
    }
}

/// The address of a state's page on the hotline's site.
fn hotline_page(area: Area, profile: &Profile) -> String {
    profile
        .hotline_page
        .clone()
        .unwrap_or_else(|| match area.state() {
            Some(state) => format!("https://humantraffickinghotline.org/state/{}", state.slug()),
            None => "https://humantraffickinghotline.org/statistics".to_owned(),
        })
}

/// An address as printed: without the scheme, if it is short enough to type.
fn printed_address(url: &str) -> Option<&str> {
    const LONGEST: usize = 72;
    let address = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let address = address.strip_suffix('/').unwrap_or(address);
    (address.len() <= LONGEST).then_some(address)
}

/// A bar for a published number.
fn bar(material: &Material<'_>, name: &str, count: Count) -> Bar {
    Bar {
        name: name.to_owned(),
        value: material.wording.count(count),
        length: match count {
            Count::Shown(number) => Some(number),
            Count::Range { from, .. } => Some(from),
            Count::Below(_) => None,
        },
        to: match count {
            Count::Range { to, .. } => Some(to),
            Count::Shown(_) | Count::Below(_) => None,
        },
    }
}

/// `Female: 104; Male: 29`: the bars of a chart in words.
fn in_words(bars: &[Bar]) -> String {
    let values: Vec<_> = bars
        .iter()
        .map(|bar| format!("{}: {}", bar.name, bar.value))
        .collect();
    values.join("; ")
}

/// The separator between links in one line: a dot that ends a line instead of beginning one.
const BETWEEN_LINKS: &str = "\u{a0}· ";

fn heading(level: u8, text: String) -> Block {
    Block::Heading(Heading {
        level,
        outline: level,
        text,
    })
}

fn paragraph(role: Role, text: String) -> Block {
    Block::Paragraph(Paragraph {
        role,
        spans: vec![Span::plain(text)],
    })
}

fn column(share: u8, blocks: Vec<Block>) -> Column {
    Column { share, blocks }
}
