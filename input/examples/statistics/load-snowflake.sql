-- Snowflake: the functions that given.sql and count.sql need, and the data. See README.md. The tests parse this
-- file, but can't run Snowflake: try it on a small table whose numbers you know.
--
-- 1. Functions that differ between engines.

-- The text without spaces of any kind, zero-width and control characters at its ends. '' for NULL.
CREATE OR REPLACE FUNCTION trimmed(x VARCHAR) RETURNS VARCHAR AS $$
  regexp_replace(coalesce(x, ''), '^[\u0001-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]+|[\u0001-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]+$', '')
$$;
-- The text with one space instead of each run of spaces of any kind.
CREATE OR REPLACE FUNCTION spaced(x VARCHAR) RETURNS VARCHAR AS $$
  regexp_replace(x, '[\u0001-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]+', ' ')
$$;
-- A short key for a text.
CREATE OR REPLACE FUNCTION key_of(x VARCHAR) RETURNS VARCHAR AS $$
  MD5(x)
$$;
-- Whether the text contains a match of the pattern.
CREATE OR REPLACE FUNCTION fits(x VARCHAR, pattern VARCHAR) RETURNS BOOLEAN AS $$
  REGEXP_INSTR(x, pattern) > 0
$$;
-- The match of the pattern's only group; '' if it has none.
CREATE OR REPLACE FUNCTION found(x VARCHAR, pattern VARCHAR) RETURNS VARCHAR AS $$
  coalesce(REGEXP_SUBSTR(x, pattern, 1, 1, 'e', 1), '')
$$;
-- The text without the pattern's match at its beginning. The pattern starts with ^.
CREATE OR REPLACE FUNCTION behind(x VARCHAR, pattern VARCHAR) RETURNS VARCHAR AS $$
  REGEXP_REPLACE(x, pattern, '')
$$;
-- The day of a text like 2016-02-29; NULL if the calendar doesn't have it.
CREATE OR REPLACE FUNCTION day_of(x VARCHAR) RETURNS DATE AS $$
  TRY_TO_DATE(x, 'YYYY-MM-DD')
$$;
-- A whole number as text.
CREATE OR REPLACE FUNCTION text_of(n BIGINT) RETURNS VARCHAR AS $$
  CAST(n AS VARCHAR)
$$;
-- The texts of an array in order, separated by semicolons.
CREATE OR REPLACE FUNCTION list_of(texts ARRAY) RETURNS VARCHAR AS $$
  ARRAY_TO_STRING(ARRAY_SORT(texts), ';')
$$;
-- The text of a trimmed cell without the characters that stop spreadsheets from reading it as a number or formula:
-- ="0012" and '0012 are read as 0012.
CREATE OR REPLACE FUNCTION without_guard(x VARCHAR) RETURNS VARCHAR AS $$
  CASE
    WHEN substr(x, 1, 2) = '="' AND length(x) > 2 AND substr(x, length(x), 1) = '"' THEN trimmed(substr(x, 3, length(x) - 3))
    WHEN substr(x, 1, 1) = '''' AND substr(trimmed(substr(x, 2)), 1, 1) IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '=', '+', '@', '-', '−')
      THEN trimmed(substr(x, 2))
    ELSE x
  END
$$;
-- The text, or '' if it is a word for "nothing known" or a spreadsheet's error.
CREATE OR REPLACE FUNCTION unless_empty(x VARCHAR) RETURNS VARCHAR AS $$
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
    WHEN REGEXP_INSTR(x, '^(#[A-Za-z0-9/_ ¡-￿]{3,19}[!?]|Err:[0-9]{3})$') > 0 THEN ''
    ELSE x
  END
$$;
-- The meaning of a cell.
CREATE OR REPLACE FUNCTION said(x VARCHAR) RETURNS VARCHAR AS $$
  unless_empty(without_guard(trimmed(x)))
$$;

-- 2. The signals, loaded as text into the table given, with the order of the rows in source_row: if two have
-- the same signal_id, the first one counts. A stage has the order in METADATA$FILENAME and
-- METADATA$FILE_ROW_NUMBER. VALIDATE reports how many rows COPY INTO has skipped with ON_ERROR = CONTINUE.
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
