//! Random signals as people, spreadsheets and programs write them, the same for the same seed: an engine that counts
//! instead of the program must read them as it does.

use std::ops::Range;

/// Columns, in an order that isn't the canonical one; `note` is unknown.
const HEADER: [&str; 20] = [
    "case_id",
    "signal_id",
    "received",
    "note",
    "contact_method",
    "call_type",
    "caller_state",
    "state",
    "county",
    "city",
    "zip",
    "latitude",
    "longitude",
    "trafficking_type",
    "sex_venue",
    "labor_venue",
    "citizenship",
    "gender",
    "age",
    "synthetic",
];

/// A file of rows with these numbers, some of which can't be read.
pub fn signals(rows: Range<usize>, seed: u64) -> Vec<u8> {
    write(rows, seed, true)
}

/// The same without rows that can't be read, as in tables that aren't text.
pub fn readable(rows: Range<usize>, seed: u64) -> Vec<u8> {
    write(rows, seed, false)
}

/// The same without some columns, and with a word for nothing in all cells of others.
pub fn silent(signals: &[u8], left_out: &[&str], emptied: &[&str]) -> Vec<u8> {
    let mut rows = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(signals);
    let header = rows.byte_headers().unwrap().clone();
    let is = |names: &[&str], field: usize| {
        let name = header.get(field).unwrap_or_default();
        names.iter().any(|it| it.as_bytes() == name)
    };
    let mut file = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in std::iter::once(header.clone()).chain(rows.byte_records().map(Result::unwrap)) {
        let cells = row.iter().enumerate();
        let cells = cells.filter(|(field, _)| !is(left_out, *field));
        let cells = cells.map(
            |(field, cell)| match is(emptied, field) && cell != &header[field] {
                true => b"N/A",
                false => cell,
            },
        );
        file.write_record(cells).unwrap();
    }
    file.into_inner().unwrap()
}

fn write(rows: Range<usize>, seed: u64, with_broken: bool) -> Vec<u8> {
    let mut random = Random(seed);
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(HEADER).unwrap();
    for number in rows {
        match random.below(200) {
            // A header that was inserted between rows.
            0 => file.write_record(HEADER).unwrap(),
            1 if with_broken => broken(&mut file, number),
            _ => {
                let mut cells = HEADER.map(|column| cell(&mut random, column, number));
                if random.below(4) == 0 {
                    let (latitude, longitude) = coordinates(&mut random);
                    cells[11] = around(&mut random, latitude);
                    cells[12] = around(&mut random, longitude);
                }
                file.write_record(cells).unwrap();
            }
        }
    }
    file.into_inner().unwrap()
}

/// Rows that can't be read: too short, too long, bytes that aren't text.
fn broken(file: &mut csv::Writer<Vec<u8>>, number: usize) {
    let mut bare = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    let mut cells = vec![b"".to_vec(); HEADER.len()];
    cells[1] = format!("B{number}").into_bytes();
    cells[2] = b"2016-03-01".to_vec();
    cells[7] = b"NM".to_vec();
    match number % 3 {
        0 => cells.truncate(8),
        1 => cells.push(b"more".to_vec()),
        _ => cells[9] = b"Espa\xf1ola".to_vec(),
    }
    bare.write_record(cells).unwrap();
    let bytes = bare.into_inner().unwrap();
    file.flush().unwrap();
    let written = std::mem::replace(file, csv::Writer::from_writer(Vec::new()));
    let mut all = written.into_inner().unwrap();
    all.extend(bytes);
    // Continues after what has been written so far.
    *file = csv::Writer::from_writer(all);
}

fn cell(random: &mut Random, column: &str, number: usize) -> String {
    let value = match column {
        "signal_id" => signal_id(random, number),
        "case_id" => case_id(random),
        "received" => received(random),
        "note" => random
            .of(&["", "two\nlines", "a \"word\"", "a, b; c", "plain"])
            .to_owned(),
        "state" => several(random, STATES, 4),
        "caller_state" => random.of(STATES).to_owned(),
        "county" => several(random, COUNTIES, 12),
        "city" => several(random, CITIES, 12),
        "zip" => several(random, ZIPS, 12),
        "latitude" | "longitude" => String::new(),
        "contact_method" => random.of(METHODS).to_owned(),
        "call_type" => random.of(CALLS).to_owned(),
        "trafficking_type" => several(random, TYPES, 5),
        "sex_venue" => several(random, SEX_VENUES, 3),
        "labor_venue" => several(random, LABOR_VENUES, 3),
        "citizenship" => several(random, CITIZENSHIP, 5),
        "gender" => several(random, GENDERS, 3),
        "age" => several(random, AGES, 3),
        _ => random
            .of(&[
                "",
                "no",
                "No ",
                "0",
                "\u{a0}",
                "N/A",
                "FALSE",
                "desconocido",
                "☐",
            ])
            .to_owned(),
    };
    around(random, value)
}

/// What is occasionally around a cell: spaces of any kind, guards of spreadsheets.
fn around(random: &mut Random, value: String) -> String {
    match random.below(60) {
        0 => format!(" {value} "),
        1 => format!("\u{a0}{value}\u{200b}"),
        2 => format!("\t{value}\u{3000}"),
        3 => format!("\u{feff}{value}\u{202f}\r"),
        4 => format!("=\"{value}\""),
        5 => format!("'{value}"),
        6 => format!("{value};"),
        7 => format!("{value}; ;"),
        _ => value,
    }
}

/// Several values from a list, rarely very many, with one chance in `rarity` for another one.
fn several(random: &mut Random, values: &[&str], rarity: usize) -> String {
    let count = match random.below(400) {
        0 => 130,
        _ if random.below(rarity) == 0 => 2 + random.below(3),
        _ => 1,
    };
    let chosen: Vec<&str> = (0..count).map(|_| random.of(values)).collect();
    chosen.join(random.of(&[";", ";", "; ", " ;"]))
}

/// An id; one in twelve repeats an earlier one, with other cells.
fn signal_id(random: &mut Random, number: usize) -> String {
    match random.below(80) {
        0 => random
            .of(&[
                "",
                "N/A",
                "unknown",
                "1.23E+15",
                "5e+17",
                "1,2E+5",
                "#REF!",
                "Err:502",
                "-",
                "Not Provided",
                "undisclosed",
                "don't know",
                "Desconocido",
            ])
            .to_owned(),
        1..=7 => format!("S{}", random.below(number.max(1))),
        _ => format!("S{number}"),
    }
}

/// Latitudes and longitudes, usually the same number of both and in New Mexico.
fn coordinates(random: &mut Random) -> (String, String) {
    let count = match random.below(8) {
        0 => 2,
        _ => 1,
    };
    let mut pairs = (Vec::new(), Vec::new());
    for _ in 0..count {
        let latitude = 31.4 + random.below(56_000) as f64 / 10_000.0;
        let longitude = -109.0 + random.below(60_000) as f64 / 10_000.0;
        let (mut latitude, mut longitude) = (latitude.to_string(), longitude.to_string());
        match random.below(30) {
            0 => longitude = longitude.replace('-', "\u{2212}"),
            1 => (latitude, longitude) = (String::new(), String::new()),
            2 => (latitude, longitude) = ("N/A".to_owned(), "-".to_owned()),
            3 => latitude = String::new(),
            4 => latitude = "1_0".to_owned(),
            5 => latitude = "3.5e1".to_owned(),
            6 => longitude = "-181".to_owned(),
            7 => (latitude, longitude) = ("+35.".to_owned(), "-.5".to_owned()),
            8 => latitude = "35,1".to_owned(),
            9 => longitude.push_str(";-106.5"),
            _ => {}
        }
        pairs.0.push(latitude);
        pairs.1.push(longitude);
    }
    (pairs.0.join(";"), pairs.1.join(";"))
}

fn case_id(random: &mut Random) -> String {
    match random.below(12) {
        0 => String::new(),
        1 => random
            .of(&[
                "0",
                "0.0",
                "000",
                "0.",
                "no case",
                "NO",
                "n/a",
                "Unknown",
                "1.5E+9",
                "0.5",
                "nobody",
                "—",
                "not provided",
                "Not Disclosed",
                "I don’t know",
                "Prefer not to say",
                "no se sabe",
            ])
            .to_owned(),
        _ => format!("C{}", random.below(700)),
    }
}

fn received(random: &mut Random) -> String {
    let year = 2012 + random.below(6);
    let (month, day) = (1 + random.below(12), 1 + random.below(31));
    let day_text = match random.below(18) {
        16 | 17 => named_day(random, year, month, day),
        0 => format!("{month}/{day}/{year}"),
        1 => format!("{month:02}-{day:02}-{:02}", year % 100),
        2 => format!("{year}/{month}/{day}"),
        3 => format!("{year}.{month:02}.{day:02}"),
        4 => format!("{year}{month:02}{day:02}"),
        5 => format!("{year}-{month}-{day}"),
        6 => random
            .of(&[
                "",
                "soon",
                "2016-02-30",
                "0216-03-01",
                "2016-13-01",
                "13/13/2016",
                "31/12/2016",
                "2016-03/02",
                "42430",
                "2016",
                "2016-03",
                "2016-3-001",
                "20160229",
                "2015-02-29",
                "2/29/16",
                "1/1/1899",
                "12/31/69",
                "1.2.16",
            ])
            .to_owned(),
        _ => format!("{year}-{month:02}-{day:02}"),
    };
    let tail = match random.below(6) {
        0 => random.of(TAILS),
        1 => " 13:45",
        2 => "T00:00:00",
        _ => "",
    };
    format!("{day_text}{tail}")
}

/// Dates with the name of a month, in English and Spanish, and texts that only look like them.
fn named_day(random: &mut Random, year: usize, month: usize, day: usize) -> String {
    const MONTHS: [[&str; 4]; 12] = [
        ["January", "Jan", "enero", "ENE"],
        ["February", "Feb", "febrero", "Feb"],
        ["March", "MAR", "marzo", "mar"],
        ["April", "Apr", "abril", "Abr"],
        ["May", "may", "mayo", "MAYO"],
        ["June", "Jun", "junio", "jun"],
        ["July", "Jul", "julio", "Jul"],
        ["August", "Aug", "agosto", "AGO"],
        ["September", "Sept", "septiembre", "setiembre"],
        ["October", "Oct", "octubre", "oct"],
        ["November", "Nov", "noviembre", "NOV"],
        ["December", "Dec", "diciembre", "dic"],
    ];
    let name = random.of(&MONTHS[month - 1]);
    let weekday = random.of(WEEKDAYS);
    let (ordinal, short) = (random.of(ORDINALS), year % 100);
    match random.below(12) {
        0 => format!("{weekday}{name} {day}{ordinal}, {year}"),
        1 => format!("{weekday}{day}{ordinal} {name} {year}"),
        2 => format!("{day:02}-{name}-{short:02}"),
        3 => format!("{day:02}{name}{year}"),
        4 => format!("{weekday}{day} de {name} de {year}"),
        5 => format!("{day}{ordinal} of {name}, {year}"),
        6 => format!("{year}-{name}-{day:02}"),
        7 => format!("{name}-{day:02}-{year}"),
        8 => format!("{name} {day} del {year}"),
        9 => format!("{weekday}{month}/{day}/{year}"),
        10 => format!("{weekday}{year}-{month:02}-{day:02}"),
        _ => random
            .of(&[
                "March 2016",
                "1 Mar",
                "1 Marc 2016",
                "1 Ma 2016",
                "2016-Mar/01",
                "1 Foo 2016",
                "Mar 1 16",
                "Mar 1st, 16",
                "Mar 12016",
                "1stMar 2016",
                "1 March 2016garbage",
                "30 Feb 2016",
                "Tues, March 1, 2016",
                "mar. 1 mar 2016",
                "Monday",
                "01.Mar.2016",
                "1 seti 2016",
                "1 set 2016",
                "1 mar\u{f1} 2016",
                "1 de de marzo 2016",
                "Mar 1de 2016",
            ])
            .to_owned(),
    }
}

/// What comes before dates: weekdays, and words that aren't.
const WEEKDAYS: &[&str] = &[
    "",
    "",
    "",
    "Tuesday, ",
    "Tue ",
    "WED. ",
    "martes, ",
    "Mi\u{e9} ",
    "s\u{e1}bado ",
    "mar ",
    "Tues ",
    "Sun",
];

/// What follows the number of a day.
const ORDINALS: &[&str] = &["", "", "", "st", "TH", "\u{ba}", "\u{b0}", "stx"];

/// What follows dates: times, and texts that aren't.
const TAILS: &[&str] = &[
    "garbage",
    " garbage",
    "T",
    " 25:00",
    " 24:00",
    " 24:00:00",
    " 24:01",
    " 23:59:60",
    " 23:59:61",
    " 1:05",
    " 1:5",
    " 13",
    " 1 PM",
    " 1PM",
    " 1:05 p.m.",
    " 1:05 P. M.",
    " 13:05 PM",
    " 0:30 AM",
    " 12:30 a.m.",
    " 1:05 pmx",
    "T13:45:30.123Z",
    "T13:45:30,5",
    "t13:45",
    "T1345",
    "T134530",
    "T13:45-07:00",
    "T13:45-0700",
    "T13:45-07",
    "T13:45-7",
    " 13:45 -07:00",
    " 13:45 GMT-7",
    " 13:45 GMT-0700 (Mountain Standard Time)",
    " 13:45 MST",
    " 13:45 EST5",
    " 13:45 UTC+1",
    " 13:45 mst",
    " 13:45 America/Denver",
    " 13:45 Mountain Standard Time",
    "T13:45-07:00[America/Denver]",
    ", 13:45",
    " at 1:05 pm",
    " a las 13:45",
    " @ 13:45",
    ":13:45",
    " - 13:45",
    "-13:45",
    "  13:45",
    "\u{a0}13:45",
    " 13:45.",
    " 13:45:3",
    "Z",
    ",",
];

const STATES: &[&str] = &[
    "NM",
    "nm",
    "New Mexico",
    "TX",
    "texas",
    "CA",
    "CA",
    "AZ",
    "NY",
    "PR",
    "District of Columbia",
    "",
    "",
    "N/A",
    "Chihuahua",
    "Ontario",
    "XX",
];
const COUNTIES: &[&str] = &[
    "",
    "",
    "",
    "Bernalillo",
    "Bernalillo County",
    "Doña Ana",
    "Dona Ana Co",
    "35001",
    "St. Louis city",
    "nowhere",
    "N/A",
    "Los Angeles County, CA",
    "El Paso",
];
const CITIES: &[&str] = &[
    "",
    "",
    "Albuquerque",
    "albuquerque city",
    "Santa Fe, NM",
    "SantaFe",
    "Las Cruces New Mexico",
    "Houston",
    "St. Johns",
    "Los Angeles",
    "nowhere",
    "n/a",
    "Española",
    "N. Hollywood",
    "Truth or Consequences",
    "Las Cruces, NM 88001",
    "Albuquerque NM 87102-1234",
    "Houston, TX",
    "Santa Fe, New Mexico 87501",
    "87501 Santa Fe",
    "Nowhere, TX 77002",
    "NM",
];
const ZIPS: &[&str] = &[
    "",
    "",
    "87102",
    "87102-1234",
    "871021234",
    "87501.0",
    "77002",
    "90001",
    "501",
    "00501",
    "1",
    "8710",
    "87102 - 1234",
    "abc",
    "87102-12",
];
const METHODS: &[&str] = &[
    "Phone Call",
    "phone-call",
    "TEXT",
    "Webchat",
    "web chat",
    "Email",
    "e-mail",
    "Online Tip Report",
    "Other",
    "",
    "pigeon",
    "Phone Call;Text",
    "Phone\u{a0}Call",
    "Phöne Call",
];
const CALLS: &[&str] = &[
    "Crisis Assistance",
    "Tip Report",
    "tip report",
    "Referral",
    "Training & Technical Assistance",
    "Training and Technical Assistance",
    "General Information",
    "Other",
    "Unrelated",
    "Hang-Up",
    "hang up",
    "Missed Call",
    "Wrong Number",
    "",
    "no such type",
    "Tip Report;Hang-Up",
];
const TYPES: &[&str] = &[
    "Sex",
    "Labor",
    "Sex and Labor",
    "sex & labor",
    "Not Specified",
    "",
    "unknown",
    "??",
];
const SEX_VENUES: &[&str] = &[
    "Online Ad, Venue Unknown",
    "Truck Stop-Based",
    "truck stop based",
    "Commercial-Front Brothels",
    "Hotel-/Motel-Based",
    "Hotel/Motel Based",
    "Residential Brothels",
    "Street-Based",
    "Escort/Delivery Service",
    "Strip Club/Bar/Cantina",
    "Pornography",
    "Other Venues",
    "",
    "a ship",
];
const LABOR_VENUES: &[&str] = &[
    "Traveling Sales Crews",
    "Hospitality",
    "Domestic Work",
    "Construction",
    "Illicit Activities",
    "Agriculture/Farms",
    "Restaurants/Food Service",
    "Health & Beauty Services",
    "Begging Rings",
    "Landscaping",
    "Manufacturing/Factories",
    "Retail",
    "Recreational Facilities",
    "Other Industries",
    "",
    "a circus",
];
const CITIZENSHIP: &[&str] = &[
    "U.S. Citizen/Legal Permanent Resident",
    "US citizen",
    "LPR",
    "Foreign National",
    "foreign",
    "",
    "Unknown",
    "other",
];
const GENDERS: &[&str] = &[
    "Female",
    "F",
    "male",
    "M",
    "Gender Minority",
    "non-binary",
    "",
    "N/A",
    "x",
    "Femaleñ",
    "Fe\u{a0}male",
];
const AGES: &[&str] = &[
    "Adult",
    "Minor",
    "17",
    "017",
    "17.0",
    "18",
    "18+",
    "<18",
    "120",
    "121",
    "0",
    "1_0",
    "1e1",
    "-5",
    "17.5",
    "",
    "?",
    "Adults",
    // Ranges; the last ones cross the limit or say nothing known.
    "12-17",
    "12 – 17 years",
    "18–24",
    "25+",
    "25 - 34",
    "Ages 12 to 17",
    "between 12 and 17",
    "under 18",
    "Under 18 years old",
    "<= 17",
    "≥ 18",
    "> 17",
    "over 17",
    "18 yrs. & up",
    "17 and under",
    "at least 18",
    "16-19",
    "0-120",
    "17-12",
    "12/17",
    "12-17-19",
    "17-Dec",
    "18?",
    "under 0",
    // Words around numbers, months, parentheses.
    "15 y/o",
    "15-year-old",
    "Age: 15",
    "6 months",
    "300 mos.",
    "Minor (under 18)",
    "Minor (12-17)",
    "Adult (18+)",
    "Minor (18+)",
    "Adult (very)",
    "17½",
    "１７",
];

/// Numbers that look random: xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn of<'a>(&mut self, values: &[&'a str]) -> &'a str {
        values[self.below(values.len())]
    }
}
