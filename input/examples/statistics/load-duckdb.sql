-- DuckDB: the functions that given.sql and count.sql need, and the data. See README.md.
--
-- 1. Functions that differ between engines.

-- The text without spaces of any kind, zero-width and control characters at its ends. '' for NULL.
CREATE OR REPLACE MACRO trimmed(x) AS
  regexp_replace(coalesce(x, ''), '^[\x{0}-\x{20}\x{7F}-\x{A0}\x{AD}\x{61C}\x{1680}\x{180E}\x{2000}-\x{200F}\x{2028}-\x{202F}\x{205F}-\x{2069}\x{3000}\x{FEFF}]+|[\x{0}-\x{20}\x{7F}-\x{A0}\x{AD}\x{61C}\x{1680}\x{180E}\x{2000}-\x{200F}\x{2028}-\x{202F}\x{205F}-\x{2069}\x{3000}\x{FEFF}]+$', '', 'g');
-- The text with one space instead of each run of spaces of any kind.
CREATE OR REPLACE MACRO spaced(x) AS
  regexp_replace(x, '[\x{0}-\x{20}\x{7F}-\x{A0}\x{AD}\x{61C}\x{1680}\x{180E}\x{2000}-\x{200F}\x{2028}-\x{202F}\x{205F}-\x{2069}\x{3000}\x{FEFF}]+', ' ', 'g');
-- A short key for a text.
CREATE OR REPLACE MACRO key_of(x) AS
  md5(x);
-- Whether the text contains a match of the pattern.
CREATE OR REPLACE MACRO fits(x, pattern) AS
  regexp_matches(x, pattern);
-- The match of the pattern's only group; '' if it has none.
CREATE OR REPLACE MACRO found(x, pattern) AS
  regexp_extract(x, pattern, 1);
-- The text without the pattern's match at its beginning. The pattern starts with ^.
CREATE OR REPLACE MACRO behind(x, pattern) AS
  regexp_replace(x, pattern, '');
-- The day of a text like 2016-02-29; NULL if the calendar doesn't have it.
CREATE OR REPLACE MACRO day_of(x) AS
  TRY_CAST(x AS DATE);
-- A whole number as text.
CREATE OR REPLACE MACRO text_of(n) AS
  CAST(n AS VARCHAR);
-- The texts of an array in order, separated by semicolons.
CREATE OR REPLACE MACRO list_of(texts) AS
  array_to_string(list_sort(texts), ';');
-- The text of a trimmed cell without the characters that stop spreadsheets from reading it as a number or formula:
-- ="0012" and '0012 are read as 0012.
CREATE OR REPLACE MACRO without_guard(x) AS
  CASE
    WHEN substr(x, 1, 2) = '="' AND length(x) > 2 AND substr(x, length(x), 1) = '"' THEN trimmed(substr(x, 3, length(x) - 3))
    WHEN substr(x, 1, 1) = '''' AND substr(trimmed(substr(x, 2)), 1, 1) IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '=', '+', '@', '-', '−')
      THEN trimmed(substr(x, 2))
    ELSE x
  END;
-- The text, or '' if it is a word for "nothing known" or a spreadsheet's error.
CREATE OR REPLACE MACRO unless_empty(x) AS
  CASE
    WHEN lower(x) IN ('n/a', 'na', 'n.a.', '#n/a', '#n/d', '#nv', 'none', 'null', '(null)', 'nil', 'nan', '(blank)',
      '-', '--', '–', '—', '?', 'unknown', '(unknown)', 'not known', 'not available', 'not reported',
      'not provided', 'not disclosed', 'undisclosed', 'don''t know', 'don’t know', 'i don''t know',
      'i don’t know', 'prefer not to say', 'prefer not to answer', 'desconocido', 'no se sabe', '#getting_data',
      'n/k', '(none)', '[blank]', 'blank', '.', '..', '...', '---', '??', '???', 'u', 'unk', 'unk.',
      'not applicable', 'not recorded', 'not stated', 'not collected', 'data not collected', 'not asked',
      'did not ask', 'not answered', 'no answer', 'no data', 'no response', 'missing', 'tbd',
      'did not disclose', 'dk', 'd/k', 'doesn''t know', 'doesn’t know', 'client doesn''t know',
      'client doesn’t know', 'refused', 'client refused', 'declined', 'declined to answer', 'decline to answer',
      'declined to state', 'decline to state', 'prefers not to answer', 'prefer not to disclose',
      'client prefers not to answer', 'desconocida', 'sin datos', 'no sabe', 'no contesta', 'no aplica',
      'no disponible') THEN ''
    WHEN regexp_matches(x, '^(#[A-Za-z0-9/_ ¡-￿]{3,19}[!?]|Err:[0-9]{3})$') THEN ''
    ELSE x
  END;
-- The meaning of a cell.
CREATE OR REPLACE MACRO said(x) AS
  unless_empty(without_guard(trimmed(x)));

-- 2. The signals. All cells are text, and source_row keeps the order of the rows: if two have the same
-- signal_id, the first one counts, so the order must be the same whenever the data are read. Rows with a wrong
-- number of fields, an open quotation mark or bytes that aren't UTF-8 are left out, and counted in unread.
-- For Windows-1252 files, write encoding = 'latin-1'; for Parquet, read_parquet('signals.parquet').
CREATE OR REPLACE TABLE signals AS
SELECT row_number() OVER () AS source_row, *
FROM read_csv('signals.csv', header = true, delim = ',', quote = '"', escape = '"', all_varchar = true,
              store_rejects = true, null_padding = false, strict_mode = true);
CREATE OR REPLACE TABLE unread AS SELECT count(DISTINCT line) AS lines FROM reject_errors;

-- 3. The groups and venues that are counted, their categories, and the states.
CREATE OR REPLACE TABLE counted_groups AS SELECT * FROM read_csv('groups.csv', header = true);
CREATE OR REPLACE TABLE categories AS SELECT * FROM read_csv('categories.csv', header = true, types = {'substantive': 'INTEGER'});
CREATE OR REPLACE TABLE states AS SELECT * FROM read_csv('states.csv', header = true);

-- Each filled cell of the columns with values of a list. A file doesn't need to have all of them.
CREATE OR REPLACE TABLE cells AS
SELECT source_row, lower(column_name) AS column_name, cell
FROM (UNPIVOT signals ON COLUMNS(* EXCLUDE (source_row)) INTO NAME column_name VALUE cell)
WHERE cell <> '' AND lower(column_name) IN (SELECT column_name FROM counted_groups);

-- 4. The options: the areas; a row per sheet, with its period and year, the month in which years begin,
-- whether demographics count cases or victims, and how many cases a place on the map must have.
DROP TABLE IF EXISTS areas;
CREATE TABLE areas AS SELECT DISTINCT code AS area, code FROM states;
DROP TABLE IF EXISTS parameters;
CREATE TABLE parameters AS
SELECT '2012-12' AS period_from, '2016-12' AS period_to, 2016 AS year, 1 AS year_starts, 'cases' AS unit, 5 AS min_cell;
