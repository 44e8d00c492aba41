//! Forms by name, several in one run: `--form large-print,bw,es`.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::failure::{Failure, Outcome, nearest};
use crate::make::{Form, Paper};
use crate::sheet::Extent;

/// What joins the names in a combined form.
const AND: char = '+';

/// One of the sheets to make: what the other options ask for, plus these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedForm(Vec<FormName>);

/// What a sheet can be made as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FormName {
    Standard,
    LargePrint,
    Bw,
    Bleed,
    OnePage,
    TwoUp,
    A4,
    Legal,
    Trend,
    Counties,
    Rate,
    DataPage,
    English,
    Spanish,
}

/// A sheet to make for each state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    pub form: Form,
    /// The built-in wording that the form names; `None`: the one from the other options.
    pub language: Option<&'static str>,
}

impl NamedForm {
    /// Reads `large-print`, or several names joined with plus signs, as in `es+large-print`.
    ///
    /// # Errors
    /// A name that isn't a form, with the most similar one.
    pub(super) fn parse(text: &str) -> Outcome<Self> {
        let names = text.split(AND).map(|name| FormName::parse(name.trim()));
        names.collect::<Outcome<_>>().map(NamedForm)
    }

    fn variant(&self, base: Form) -> Variant {
        let mut variant = Variant {
            form: base,
            language: None,
        };
        let form = &mut variant.form;
        for name in &self.0 {
            match name {
                FormName::Standard => {}
                FormName::LargePrint => form.large_print = true,
                FormName::Bw => form.gray = true,
                FormName::Bleed => form.bleeds = true,
                FormName::OnePage => form.extent = Extent::OnePage,
                FormName::TwoUp => form.two_up = true,
                FormName::A4 => form.paper = Paper::A4,
                FormName::Legal => form.paper = Paper::Legal,
                FormName::Trend => form.additions.trend = true,
                FormName::Counties => form.additions.counties = true,
                FormName::Rate => form.additions.rate = true,
                FormName::DataPage => form.data_page = true,
                FormName::English => variant.language = Some("en"),
                FormName::Spanish => variant.language = Some("es"),
            }
        }
        variant
    }
}

impl FormName {
    fn parse(text: &str) -> Outcome<Self> {
        Self::from_str(text, true).map_err(|_| {
            let names: Vec<&str> = Self::value_variants().iter().map(|it| it.name()).collect();
            let list = format!("the forms are {}", names.join(", "));
            Failure::usage(format!("“{text}” isn't a form")).remedy(
                match nearest(text, names.iter().copied()) {
                    Some(near) => format!("did you mean {near}? {list}"),
                    None => list,
                },
            )
        })
    }

    fn name(self) -> &'static str {
        match self {
            FormName::Standard => "standard",
            FormName::LargePrint => "large-print",
            FormName::Bw => "bw",
            FormName::Bleed => "bleed",
            FormName::OnePage => "one-page",
            FormName::TwoUp => "two-up",
            FormName::A4 => "a4",
            FormName::Legal => "legal",
            FormName::Trend => "trend",
            FormName::Counties => "counties",
            FormName::Rate => "rate",
            FormName::DataPage => "data-page",
            FormName::English => "en",
            FormName::Spanish => "es",
        }
    }
}

impl ValueEnum for FormName {
    fn value_variants<'a>() -> &'a [Self] {
        use FormName::*;
        &[
            Standard, LargePrint, Bw, Bleed, OnePage, TwoUp, A4, Legal, Trend, Counties, Rate,
            DataPage, English, Spanish,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// The sheets to make for each state: one as the other options say, or one for each form that is named.
///
/// # Errors
/// Two forms that give the same sheet.
pub fn variants(forms: &[NamedForm], base: Form) -> Outcome<Vec<Variant>> {
    if forms.is_empty() {
        return Ok(vec![NamedForm(Vec::new()).variant(base)]);
    }
    let mut variants: Vec<Variant> = Vec::new();
    for named in forms {
        let variant = named.variant(base);
        if variants.contains(&variant) {
            let names: Vec<&str> = named.0.iter().map(|name| name.name()).collect();
            let name = names.join("+");
            return Err(Failure::usage(format!(
                "the form {name} gives the same sheet as another one"
            ))
            .remedy("name each form only once, and leave out what other options already ask for"));
        }
        variants.push(variant);
    }
    Ok(variants)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_joined_by_a_plus_sign_and_misspelled_ones_are_errors() {
        let form = NamedForm::parse("es+large-print").unwrap();
        let variant = form.variant(Form::default());
        assert!(variant.form.large_print && !variant.form.gray);
        assert_eq!(variant.language, Some("es"));
        let failure = NamedForm::parse("large-prit").unwrap_err().to_string();
        assert!(failure.contains("did you mean large-print?"), "{failure}");
    }
}
