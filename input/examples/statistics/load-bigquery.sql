-- BigQuery: the functions that given.sql and count.sql need, and the data. See README.md. The tests parse this
-- file, but can't run BigQuery: try it on a small table whose numbers you know.
--
-- 1. Functions that differ between engines.

-- The text without spaces of any kind, zero-width and control characters at its ends. '' for NULL.
CREATE TEMP FUNCTION trimmed(x STRING) AS (
  regexp_replace(coalesce(x, ''), r'^[\x{0}-\x{20}\x{7F}-\x{A0}\x{AD}\x{61C}\x{1680}\x{180E}\x{2000}-\x{200F}\x{2028}-\x{202F}\x{205F}-\x{2069}\x{3000}\x{FEFF}]+|[\x{0}-\x{20}\x{7F}-\x{A0}\x{AD}\x{61C}\x{1680}\x{180E}\x{2000}-\x{200F}\x{2028}-\x{202F}\x{205F}-\x{2069}\x{3000}\x{FEFF}]+$', '')
);
-- The text with one space instead of each run of spaces of any kind.
CREATE TEMP FUNCTION spaced(x STRING) AS (
  regexp_replace(x, r'[\x{0}-\x{20}\x{7F}-\x{A0}\x{AD}\x{61C}\x{1680}\x{180E}\x{2000}-\x{200F}\x{2028}-\x{202F}\x{205F}-\x{2069}\x{3000}\x{FEFF}]+', ' ')
);
-- A short key for a text.
CREATE TEMP FUNCTION key_of(x STRING) AS (
  TO_HEX(MD5(x))
);
-- Whether the text contains a match of the pattern.
CREATE TEMP FUNCTION fits(x STRING, pattern STRING) AS (
  REGEXP_CONTAINS(x, pattern)
);
-- The match of the pattern's only group; '' if it has none.
CREATE TEMP FUNCTION found(x STRING, pattern STRING) AS (
  coalesce(REGEXP_EXTRACT(x, pattern), '')
);
-- The text without the pattern's match at its beginning. The pattern starts with ^.
CREATE TEMP FUNCTION behind(x STRING, pattern STRING) AS (
  REGEXP_REPLACE(x, pattern, '')
);
-- The day of a text like 2016-02-29; NULL if the calendar doesn't have it.
CREATE TEMP FUNCTION day_of(x STRING) AS (
  SAFE_CAST(x AS DATE)
);
-- A whole number as text.
CREATE TEMP FUNCTION text_of(n INT64) AS (
  CAST(n AS STRING)
);
-- The texts of an array in order, separated by semicolons.
CREATE TEMP FUNCTION list_of(texts ARRAY<STRING>) AS (
  ARRAY_TO_STRING(ARRAY(SELECT t FROM UNNEST(texts) AS t ORDER BY t), ';')
);
-- The text of a trimmed cell without the characters that stop spreadsheets from reading it as a number or formula:
-- ="0012" and '0012 are read as 0012.
CREATE TEMP FUNCTION without_guard(x STRING) AS (
  CASE
    WHEN substr(x, 1, 2) = '="' AND length(x) > 2 AND substr(x, length(x), 1) = '"' THEN trimmed(substr(x, 3, length(x) - 3))
    WHEN substr(x, 1, 1) = '\'' AND substr(trimmed(substr(x, 2)), 1, 1) IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '=', '+', '@', '-', '−')
      THEN trimmed(substr(x, 2))
    ELSE x
  END
);
-- The text, or '' if it is a word for "nothing known" or a spreadsheet's error.
CREATE TEMP FUNCTION unless_empty(x STRING) AS (
  CASE
    WHEN lower(x) IN ('n/a', 'na', 'n.a.', '#n/a', '#n/d', '#nv', 'none', 'null', '(null)', 'nil', 'nan', '(blank)',
      '-', '--', '–', '—', '?', 'unknown', '(unknown)', 'not known', 'not available', 'not reported',
      'not provided', 'not disclosed', 'undisclosed', 'don\'t know', 'don’t know', 'i don\'t know',
      'i don’t know', 'prefer not to say', 'prefer not to answer', 'desconocido', 'no se sabe', '#getting_data',
      'n/k', '(none)', '[blank]', 'blank', '.', '..', '...', '---', '??', '???', 'u', 'unk', 'unk.',
      'not applicable', 'not recorded', 'not stated', 'not collected', 'data not collected', 'not asked',
      'did not ask', 'not answered', 'no answer', 'no data', 'no response', 'missing', 'tbd',
      'did not disclose', 'dk', 'd/k', 'doesn\'t know', 'doesn’t know', 'client doesn\'t know',
      'client doesn’t know', 'refused', 'client refused', 'declined', 'declined to answer', 'decline to answer',
      'declined to state', 'decline to state', 'prefers not to answer', 'prefer not to disclose',
      'client prefers not to answer', 'desconocida', 'sin datos', 'no sabe', 'no contesta', 'no aplica',
      'no disponible') THEN ''
    WHEN REGEXP_CONTAINS(x, '^(#[A-Za-z0-9/_ ¡-￿]{3,19}[!?]|Err:[0-9]{3})$') THEN ''
    ELSE x
  END
);
-- The meaning of a cell.
CREATE TEMP FUNCTION said(x STRING) AS (
  unless_empty(without_guard(trimmed(x)))
);

-- 2. The signals, loaded as text into the table given, with the order of the rows in source_row: if two have
-- the same signal_id, the first one counts. A load job reports how many rows it couldn't read (badRecords).
DROP TABLE IF EXISTS signals;
CREATE TABLE signals AS SELECT * FROM given;
DROP TABLE IF EXISTS unread;
CREATE TABLE unread AS SELECT 0 AS lines;

-- 3. Load groups.csv as counted_groups, and categories.csv and states.csv as tables with these names.

-- Each filled cell of the columns with values of a list: name those of groups.csv that your table has.
DROP TABLE IF EXISTS cells;
CREATE TABLE cells AS
SELECT source_row, lower(column_name) AS column_name, cell
FROM signals UNPIVOT (cell FOR column_name IN (contact_method, call_type, trafficking_type, sex_venue, labor_venue, citizenship, gender, age))
WHERE cell <> '';

-- 4. The options: the areas; a row per sheet, with its period and year, the month in which years begin,
-- whether demographics count cases or victims, and how many cases a place on the map must have.
DROP TABLE IF EXISTS areas;
CREATE TABLE areas AS SELECT DISTINCT code AS area, code FROM states;
DROP TABLE IF EXISTS parameters;
CREATE TABLE parameters AS
SELECT '2012-12' AS period_from, '2016-12' AS period_to, 2016 AS year, 1 AS year_starts, 'cases' AS unit, 5 AS min_cell;
