//! More layouts, based on those of survey programs, call centers, case management and 311 systems. The counts are
//! what a person finds in the files.

use super::Layout;

pub(super) const OWN: &[Layout] = &[
    // The woman of "trans woman" isn't a value of its own, and a name that isn't known isn't guessed.
    Layout {
        file: "flag-gender-words.csv",
        state: "NM",
        lines: &[
            "gender = { flags = { \"victim_gender_female\" = \"Female\", \"victim_gender_male\" = \"Male\", \
             \"victim_gender_trans_woman\" = \"Gender Minority\" } }",
            "# - columns not used: “victim/ex_woman”",
        ],
        never: &[],
        counts: &[
            ("cases,period", 6),
            ("gender,female", 3),
            ("gender,male", 1),
            ("gender,gender_minority", 2),
        ],
    },
    // A column that asks for minors isn't one of ages, 8, 9 and 99 answer nothing, and who is no citizen may yet
    // be a permanent resident.
    Layout {
        file: "questions.csv",
        state: "NM",
        lines: &[
            "citizenship = \"US citizen?\"",
            "\"1\" = \"U.S. Citizen/Legal Permanent Resident\" # 3 rows",
            "# \"0\" = \"Foreign National\" # 2 rows",
            "age = \"Minor?\"",
            "\"1\" = \"Minor\" # 2 rows",
            "\"0\" = \"Adult\" # 3 rows",
            "\"99\" = \"\" # 1 row",
            "gender = { flags = { \"Female\" = \"Female\", \"Male\" = \"Male\" } }",
        ],
        never: &[],
        counts: &[
            ("cases,period", 8),
            ("age,minor", 2),
            ("age,adult", 3),
            ("citizenship,us_citizen_lpr", 3),
            ("citizenship,foreign_national", 0),
            ("gender,female", 4),
            ("gender,male", 2),
        ],
    },
    Layout {
        file: "months-alone.csv",
        state: "NM",
        lines: &["dates = [\"month\"]", "received = \"Date received\""],
        never: &[],
        counts: &[("ledger,used", 6), ("cases,period", 6), ("calls,total", 6)],
    },
    // Numbers of incidents aren't ZIP codes, though they have four digits.
    Layout {
        file: "incidents.csv",
        state: "NM",
        lines: &[
            "signal_id = \"incident_id\"",
            "received = \"incident_date\"",
            "trafficking_type = \"offense_name\"",
            "cases = \"none\"",
        ],
        never: &["\nzip ="],
        counts: &[("ledger,used", 6), ("calls,total", 6)],
    },
    Layout {
        file: "requests.csv",
        state: "CA",
        lines: &["signal_id = \"service_request_id\"", "city = \"address\""],
        never: &[],
        counts: &[("ledger,used", 6), ("calls,total", 6)],
    },
    // A comma within the name of a state doesn't part two, and Mexico isn't New Mexico.
    Layout {
        file: "district.csv",
        state: "DC",
        lines: &[
            "separators = { gender = [\", \"] }",
            "# \"Mexico\" = \"…\" # 1 row",
        ],
        never: &[],
        counts: &[
            ("cases,period", 2),
            ("ledger,other_state", 4),
            ("gender,female", 2),
            ("gender,gender_minority", 2),
        ],
    },
    // What names its column is no value.
    Layout {
        file: "header-again.csv",
        state: "NM",
        lines: &["# \"Gender\" = \"…\" # 1 row"],
        never: &["\n\"Gender\""],
        counts: &[
            ("ledger,used", 3),
            ("ledger,rejected", 0),
            ("gender,female", 2),
            ("age,minor", 1),
        ],
    },
    // Each place is in one cell with its state; a row that names none is in no state.
    Layout {
        file: "one-cell-places.csv",
        state: "NM",
        lines: &[
            "state = { constant = \"\" } # as the cell of the city says",
            "city = \"Location of incident\"",
        ],
        never: &[],
        counts: &[
            ("ledger,used", 5),
            ("ledger,other_state", 2),
            ("cases,period", 3),
            ("cases,located_year", 3),
            ("gender,female", 3),
            ("gender,male", 1),
            ("age,minor", 1),
        ],
    },
    // 8, 9 and 99 mean that a question wasn't answered.
    Layout {
        file: "housing-flags.csv",
        state: "NM",
        lines: &[
            "gender = { flags = { \"Woman\" = \"Female\", \"Man\" = \"Male\", \"NonBinary\" = \"Gender Minority\", \
             \"Transgender\" = \"Gender Minority\" } }",
        ],
        never: &[],
        counts: &[("ledger,used", 5)],
    },
    Layout {
        file: "two-dates.csv",
        state: "NM",
        lines: &["received = \"Date (1)\""],
        never: &[],
        counts: &[("ledger,used", 3), ("cases,period", 2)],
    },
    // A second row names the answers of columns without a name.
    Layout {
        file: "survey-monkey.csv",
        state: "NM",
        lines: &[
            "header_rows = 2",
            "case_id = \"Case number\"",
            "gender = [\"Gender of victims\", \"Gender of victims (2)\", \"Gender of victims (3)\"]",
            "age = [\"Age of victims\", \"Age of victims (2)\"]",
        ],
        never: &[],
        counts: &[
            ("ledger,rows_read", 4),
            ("ledger,used", 3),
            ("ledger,other_state", 1),
            ("cases,period", 3),
            ("gender,female", 2),
            ("gender,male", 1),
            ("gender,gender_minority", 1),
            ("age,adult", 2),
            ("age,minor", 1),
            ("calls,total", 3),
        ],
    },
    Layout {
        file: "microsoft-forms.csv",
        state: "NM",
        lines: &["signal_id = \"ID\"", "case_id = \"Case number\""],
        never: &[],
        counts: &[
            ("ledger,used", 3),
            ("ledger,other_state", 1),
            ("cases,period", 2),
            ("gender,female", 2),
            ("gender,male", 2),
        ],
    },
    Layout {
        file: "sharepoint.csv",
        state: "NM",
        lines: &["gender = \"Victim Gender\""],
        never: &[],
        counts: &[
            ("cases,period", 3),
            ("gender,female", 3),
            ("gender,male", 2),
        ],
    },
    // Headings with months, and sums, between the rows.
    Layout {
        file: "months.csv",
        state: "NM",
        lines: &["# totals = [\"Total\", \"Grand total\"] # 3 rows would be skipped"],
        never: &["fill_down"],
        counts: &[
            ("ledger,rows_read", 9),
            ("ledger,used", 4),
            ("ledger,rejected", 5),
            ("cases,period", 2),
            ("gender,female", 2),
            ("gender,male", 1),
            ("calls,total", 3),
            ("calls,non_substantive", 1),
        ],
    },
    Layout {
        file: "victims-side-by-side.csv",
        state: "NM",
        lines: &[
            "gender = [\"Victim 1 Gender\", \"Victim 2 Gender\"]",
            "age = [\"Victim 1 Age\", \"Victim 2 Age\"]",
        ],
        never: &[],
        counts: &[
            ("cases,period", 3),
            ("gender,female", 2),
            ("gender,male", 2),
            ("age,adult", 2),
            ("age,minor", 2),
        ],
    },
    Layout {
        file: "icarol.csv",
        state: "NM",
        lines: &[
            "received = \"CallDateAndTimeStart\"",
            "zip = \"PostalCode\"",
        ],
        never: &[],
        counts: &[
            ("ledger,used", 3),
            ("ledger,other_state", 1),
            ("cases,period", 2),
            ("cases,located_year", 2),
            ("age,adult", 2),
            ("age,minor", 1),
        ],
    },
    // Semicolons, decimal commas, days first.
    Layout {
        file: "european.csv",
        state: "NM",
        lines: &["decimal = \",\"", "dates = [\"day/month/year\"]"],
        never: &[],
        counts: &[
            ("ledger,used", 3),
            ("cases,located_year", 3),
            ("gender,female", 2),
        ],
    },
    // UTF-16 with tabs, as Excel writes "Unicode text".
    Layout {
        file: "unicode-text.txt",
        state: "NM",
        lines: &["case_id = \"Case ID\""],
        never: &[],
        counts: &[("ledger,used", 3), ("cases,period", 2), ("gender,male", 1)],
    },
    Layout {
        file: "airtable.csv",
        state: "NM",
        lines: &["case_id = \"Case\"", "gender = \"Genders\""],
        never: &[],
        counts: &[
            ("cases,period", 3),
            ("gender,female", 2),
            ("gender,male", 2),
            ("venues.sex,hotel_motel_based", 1),
            ("venues.sex,street_based", 1),
            ("venues.sex,commercial_front_brothels", 1),
            ("venues.labor,domestic_work", 1),
            ("venues.labor,restaurants_food_service", 1),
        ],
    },
    // Several answers in lines of one cell.
    Layout {
        file: "jotform.csv",
        state: "NM",
        lines: &[
            "signal_id = \"Submission ID\"",
            "received = \"Submission Date\"",
        ],
        never: &[],
        counts: &[
            ("cases,period", 2),
            ("gender,female", 2),
            ("gender,male", 2),
        ],
    },
    // Only years, and no cases.
    Layout {
        file: "registrations.csv",
        state: "NM",
        lines: &[
            "dates = [\"year\"]",
            "cases = \"none\"",
            "age = \"majorityStatus\"",
        ],
        never: &[],
        counts: &[
            ("ledger,rows_read", 4),
            ("ledger,rejected", 0),
            ("ledger,used", 4),
        ],
    },
    // 0 and 1 for each gender; 8, 9 and 99 for unknown.
    Layout {
        file: "housing.csv",
        state: "NM",
        lines: &[
            "received = \"EntryDate\"",
            "gender = { flags = { \"Woman\" = \"Female\", \"Man\" = \"Male\", \"NonBinary\" = \"Gender Minority\" } }",
        ],
        never: &["= \"VeteranStatus\"", "= \"ExitDate\""],
        counts: &[("ledger,used", 4), ("ledger,rejected", 0)],
    },
    Layout {
        file: "requests-311.csv",
        state: "IL",
        lines: &[
            "signal_id = \"SR Number\"",
            "received = \"Created Date\"",
            "zip = \"ZIP Code\"",
        ],
        never: &["= \"Closed Date\""],
        counts: &[("ledger,used", 3), ("ledger,rejected", 0)],
    },
    // Groups of questions, with a column for each answer.
    Layout {
        file: "kobo-groups.csv",
        state: "NM",
        lines: &[
            "case_id = \"call/case_no\"",
            "received = \"call/date_received\"",
            "gender = { flags = { \"victims/gender/female\" = \"Female\", \"victims/gender/male\" = \"Male\" } }",
        ],
        never: &[],
        counts: &[
            ("cases,period", 3),
            ("cases,located_year", 3),
            ("gender,female", 2),
            ("gender,male", 2),
            ("age,adult", 2),
            ("age,minor", 1),
        ],
    },
    Layout {
        file: "redcap-codes.csv",
        state: "NM",
        lines: &["separators = { age = [\"|\"], gender = [\"|\"] }"],
        never: &["redcap_repeat_instance\""],
        counts: &[
            ("cases,period", 3),
            ("gender,female", 2),
            ("gender,male", 2),
            ("age,adult", 2),
            ("age,minor", 2),
        ],
    },
    Layout {
        file: "spanish.csv",
        state: "NM",
        lines: &["received = \"Date received\""],
        never: &["dates ="],
        counts: &[
            ("cases,period", 3),
            ("gender,female", 2),
            ("ledger,rejected", 0),
        ],
    },
    // Names and values in Spanish; not UTF-8, so the field separator is determined from the decoder's output.
    Layout {
        file: "spanish-windows-1252.csv",
        state: "NM",
        lines: &[
            "encoding = \"windows-1252\"",
            "signal_id = \"Folio\"",
            "case_id = \"No. de caso\"",
            "received = \"Fecha de recepción\"",
            "state = \"Estado\"",
            "city = \"Ciudad\"",
            "gender = \"Sexo\"",
            "age = \"Edad\"",
        ],
        never: &["cases ="],
        counts: &[
            ("ledger,used", 3),
            ("ledger,rejected", 0),
            ("cases,period", 3),
        ],
    },
    // More footer lines than rows.
    Layout {
        file: "salesforce-three-rows.csv",
        state: "NM",
        lines: &["# footer = [\"Hotline Calls\"] # 5 rows would be skipped"],
        never: &["uneven_rows", "\nfooter"],
        counts: &[
            ("ledger,used", 3),
            ("ledger,rejected", 5),
            ("cases,period", 3),
            ("gender,female", 2),
        ],
    },
    // A number 1 under "Call #" isn't a yes to "Phone Call".
    Layout {
        file: "one-call.csv",
        state: "NM",
        lines: &["signal_id = \"Call #\"", "case_id = \"Case #\""],
        never: &["Phone Call"],
        counts: &[("ledger,used", 1), ("contact_method,total", 0)],
    },
    // Most dates can't be read: the column is still the one of dates, and `check` shows why.
    Layout {
        file: "dates-of-all-forms.csv",
        state: "NM",
        lines: &["received = \"received\""],
        never: &[],
        counts: &[("ledger,used", 13), ("ledger,rejected", 15)],
    },
    // A no to "under 18?" may mean an adult, or unknown: a person decides.
    Layout {
        file: "under-18-question.csv",
        state: "NM",
        lines: &[
            "\"Yes\" = \"Minor\" # 1 row",
            "# \"No\" = \"Adult\" # 2 rows",
        ],
        never: &[],
        counts: &[("cases,period", 3), ("age,minor", 1), ("age,adult", 0)],
    },
];
