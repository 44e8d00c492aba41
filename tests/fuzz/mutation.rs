//! Mistakes and malice in a text file: lines lost, doubled and swapped, keys and values replaced, text cut.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// One change to a text.
#[derive(Clone, Debug)]
pub enum Mutation {
    DeleteLine(Index),
    DoubleLine(Index, Index),
    SwapLines(Index, Index),
    InsertLine(Index, String),
    /// What follows the first `=` of a line that has one.
    ReplaceValue(Index, String),
    ReplaceKey(Index, String),
    /// The value of a line with a text value.
    ReplaceText(Index, String),
    /// One of the fields between commas.
    ReplaceField(Index, Index, String),
    InsertText(Index, String),
    DeleteText(Index, usize),
    CutOff(Index),
}

pub fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    prop::collection::vec(mutation(), 0..5)
}

/// Other texts to replace some between quotation marks: usually accepted.
pub fn new_texts() -> impl Strategy<Value = Vec<Mutation>> {
    let letters = prop_oneof![
        3 => "[a-z ,.]{1,80}",
        2 => "\\PC{1,30}",
        1 => select(vec!["שלום ", "漢字かな", "e\u{301}\u{302}", "👩‍👩‍👧 ", "ﷺ", "ﬁ", "Straße", "\u{ad}", "a-", "http://"])
            .prop_map(str::to_owned),
    ];
    let text = (letters, 1..40_usize).prop_map(|(letters, times)| {
        format!(
            "\"{}\"",
            letters.replace(['\\', '"', '{', '}'], "W").repeat(times)
        )
    });
    let one = (any::<Index>(), text).prop_map(|(at, text)| Mutation::ReplaceText(at, text));
    prop::collection::vec(one, 0..8)
}

fn mutation() -> impl Strategy<Value = Mutation> {
    use Mutation::*;
    let at = any::<Index>;
    prop_oneof![
        3 => at().prop_map(DeleteLine),
        1 => (at(), at()).prop_map(|(from, to)| DoubleLine(from, to)),
        1 => (at(), at()).prop_map(|(one, other)| SwapLines(one, other)),
        2 => (at(), line()).prop_map(|(at, line)| InsertLine(at, line)),
        6 => (at(), value()).prop_map(|(at, value)| ReplaceValue(at, value)),
        2 => (at(), key()).prop_map(|(at, key)| ReplaceKey(at, key)),
        3 => (at(), at(), field()).prop_map(|(at, field, text)| ReplaceField(at, field, text)),
        2 => (at(), scrap()).prop_map(|(at, text)| InsertText(at, text)),
        2 => (at(), 1..40_usize).prop_map(|(at, length)| DeleteText(at, length)),
        1 => at().prop_map(CutOff),
    ]
}

/// Letters of all kinds, and characters that break texts and terminals.
fn scrap() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "\"",
            "'",
            "\"\"\"",
            "[",
            "]",
            "[[",
            "{",
            "}",
            "=",
            ".",
            ",",
            "#",
            "\\",
            "\n",
            "\r",
            "\0",
            "\u{1b}[31m",
            "\u{202e}",
            "\u{feff}",
            "\u{301}",
            "\u{10ffff}",
            "שלום",
            "漢字",
            "🚨",
            "{state}",
            "{",
            "{}",
            "{nothing}",
            "%",
            ";",
            "|",
            "\t",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,12}",
        ".{0,8}",
    ]
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        (key(), value()).prop_map(|(key, value)| format!("{key} = {value}")),
        key().prop_map(|key| format!("[{key}]")),
        key().prop_map(|key| format!("[[{key}]]")),
        scrap(),
    ]
}

fn key() -> impl Strategy<Value = String> {
    let known = [
        "columns",
        "values",
        "values.gender",
        "join",
        "report",
        "report.totals",
        "limits",
        "received",
        "signal_id",
        "case_id",
        "state",
        "gender",
        "dates",
        "separators",
        "encoding",
        "empty",
        "files",
        "sheet",
        "delimiter",
        "decimal",
        "time_zone",
        "uneven_rows",
        "laws",
        "title",
        "url",
        "citation",
        "hotlines",
        "phone",
        "count",
        "colors",
        "fonts",
        "logo",
        "file",
        "year",
        "data",
        "from",
        "one",
        "other",
        "months",
        "language",
        "\"\"",
        "\"*\"",
        "columns.state.flags",
        "a.b.c.d",
    ];
    prop_oneof![
        8 => select(known.to_vec()).prop_map(str::to_owned),
        1 => "[a-z_]{1,10}",
        1 => "\"\\PC{0,6}\"",
    ]
}

/// Values of TOML, of the right type and of others.
fn value() -> impl Strategy<Value = String> {
    let known = [
        "\"\"",
        "\" \"",
        "0",
        "-1",
        "1",
        "2016",
        "9223372036854775807",
        "99999999999999999999",
        "1e308",
        "nan",
        "inf",
        "true",
        "false",
        "[]",
        "{}",
        "[[]]",
        "[\"\"]",
        "[1]",
        "2016-02-30",
        "2016-03-01",
        "1979-05-27T07:32:00Z",
        "07:32:00",
        "\"\\u0000\"",
        "\"\\u202e\"",
        "\"\\U0010ffff\"",
        "'''",
        "\"\"\"",
        "\"NM\"",
        "\"TX\"",
        "\"tab\"",
        "\"\\\"\"",
        "\"é\"",
        "\";\"",
        "\"|\"",
        "\"*\"",
        "\"[\"",
        "\"**a\"",
        "\"utf-16le\"",
        "\"utf-8\"",
        "\"shift_jis\"",
        "\"replacement\"",
        "\"x-user-defined\"",
        "\"Europe/Berlin\"",
        "\"year\"",
        "[\"year\", \"day.month.year\"]",
        "[\"excel\"]",
        "\"other\"",
        "\"pad\"",
        "\",\"",
        "\"2016-13\"",
        "\"9999-12\"",
        "\"-1\"",
        "{ constant = \"NM\" }",
        "{ constant = \"\" }",
        "{ row_number = \"\" }",
        "{ flags = {} }",
        "{ flags = { a = \"Begging Rings\" } }",
        "[\"gender\", \"Gender\"]",
        "\"{state}\"",
        "\"{state\"",
        "\"{unknown}\"",
        "\"https://a.b\"",
        "\"javascript:x\"",
        "\"tel:+1\"",
        "\"#ffffff\"",
        "\"#000\"",
        "\"../../../etc/passwd\"",
        "\"/dev/zero\"",
    ];
    prop_oneof![
        6 => select(known.to_vec()).prop_map(str::to_owned),
        2 => "\\PC{0,30}".prop_map(|text| format!("\"{}\"", text.replace(['\\', '"'], ""))),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => any::<f64>().prop_map(|number| format!("{number:?}")),
        1 => (1..400_usize, "\\PC").prop_map(|(count, letter)| {
            format!("\"{}\"", letter.replace(['\\', '"'], "W").repeat(count))
        }),
        1 => (1..300_usize).prop_map(|depth| "[".repeat(depth) + &"]".repeat(depth)),
        1 => (1..300_usize).prop_map(|depth| "{a=".repeat(depth) + "1" + &"}".repeat(depth)),
    ]
}

fn field() -> impl Strategy<Value = String> {
    let known = [
        "",
        " ",
        "0",
        "-1",
        "1",
        "5",
        "<5",
        "hidden",
        "1.5",
        "1e3",
        "18446744073709551615",
        "18446744073709551616",
        "NaN",
        "NM",
        "TX",
        "Mars",
        "2016",
        "2012-12",
        "9999-99",
        "cases",
        "period",
        "\"",
        "\"\"",
        "a\"b",
        "\r",
        "ledger",
        "calls",
        "total",
    ];
    prop_oneof![
        4 => select(known.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => any::<u64>().prop_map(|number| number.to_string()),
    ]
}

/// The text with all changes made, one after the other.
pub fn mutated(text: &str, mutations: &[Mutation]) -> String {
    let mut text = text.to_owned();
    for mutation in mutations {
        text = mutation.applied(&text);
    }
    text
}

impl Mutation {
    fn applied(&self, text: &str) -> String {
        use Mutation::*;
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let count = lines.len();
        match self {
            DeleteLine(at) => {
                lines.remove(at.index(count));
            }
            DoubleLine(from, to) => {
                let line = lines[from.index(count)].clone();
                lines.insert(to.index(count), line);
            }
            SwapLines(one, other) => lines.swap(one.index(count), other.index(count)),
            InsertLine(at, line) => lines.insert(at.index(count), line.clone()),
            ReplaceValue(at, value) => {
                if let Some((line, (key, _))) = with_equals(&lines, at) {
                    lines[line] = format!("{key}= {value}");
                }
            }
            ReplaceText(at, value) => {
                let texts: Vec<usize> = (0..count)
                    .filter(|&line| lines[line].contains(" = \""))
                    .collect();
                if !texts.is_empty() {
                    let line = &mut lines[*at.get(&texts)];
                    let key = line.split(" = ").next().unwrap_or_default();
                    *line = format!("{key} = {value}");
                }
            }
            ReplaceKey(at, key) => {
                if let Some((line, (_, value))) = with_equals(&lines, at) {
                    lines[line] = format!("{key} ={value}");
                }
            }
            ReplaceField(at, field, new) => {
                let line = &mut lines[at.index(count)];
                let mut fields: Vec<&str> = line.split(',').collect();
                let at = field.index(fields.len());
                fields[at] = new;
                *line = fields.join(",");
            }
            InsertText(at, new) => {
                let at = boundary(text, at);
                return format!("{}{new}{}", &text[..at], &text[at..]);
            }
            DeleteText(at, length) => {
                let at = boundary(text, at);
                let rest: String = text[at..].chars().skip(*length).collect();
                return format!("{}{rest}", &text[..at]);
            }
            CutOff(at) => return text[..boundary(text, at)].to_owned(),
        }
        lines.join("\n")
    }
}

/// One of the lines with an equals sign, split at it.
fn with_equals(lines: &[String], at: &Index) -> Option<(usize, (String, String))> {
    let found: Vec<_> = lines
        .iter()
        .enumerate()
        .filter_map(|(line, text)| {
            let (key, value) = text.split_once('=')?;
            Some((line, (key.to_owned(), value.to_owned())))
        })
        .collect();
    (!found.is_empty()).then(|| at.get(&found).clone())
}

/// A place between two letters.
fn boundary(text: &str, at: &Index) -> usize {
    let mut at = at.index(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[test]
fn changes_have_the_effect_that_they_name() {
    let at = |raw: usize| {
        // `Index` is a fraction of the whole; this one is found by trying.
        use proptest::strategy::ValueTree;
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        loop {
            let index = any::<Index>().new_tree(&mut runner).unwrap().current();
            if index.index(2) == raw {
                return index;
            }
        }
    };
    let text = "a = 1\nb = 2";
    for (mutation, expected) in [
        (Mutation::DeleteLine(at(0)), "b = 2"),
        (Mutation::SwapLines(at(0), at(1)), "b = 2\na = 1"),
        (Mutation::ReplaceValue(at(1), "[]".into()), "a = 1\nb = []"),
        (Mutation::ReplaceKey(at(0), "c".into()), "c = 1\nb = 2"),
    ] {
        assert_eq!(mutated(text, &[mutation]), expected);
    }
}
