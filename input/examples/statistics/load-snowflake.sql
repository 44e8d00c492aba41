-- Snowflake. The tests parse this file, but have no Snowflake to run it on: try it on a
-- small table whose numbers you know: what given.sql and count.sql need of an engine, and the data. README.md says how.
--
-- 1. Functions that engines spell differently.

-- The text without spaces of any kind, zero-width and control characters at its ends; '' for NULL.
CREATE OR REPLACE FUNCTION trimmed(x VARCHAR) RETURNS VARCHAR AS $$
  regexp_replace(coalesce(x, ''), '^[\u0001-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]+|[\u0001-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]+$', '')
$$;
-- The text with one space for each run of spaces of any kind.
CREATE OR REPLACE FUNCTION spaced(x VARCHAR) RETURNS VARCHAR AS $$
  regexp_replace(x, '[\u0001-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]+', ' ')
$$;
-- A short name for a text.
CREATE OR REPLACE FUNCTION key_of(x VARCHAR) RETURNS VARCHAR AS $$
  MD5(x)
$$;
-- Whether a pattern is found in the text.
CREATE OR REPLACE FUNCTION fits(x VARCHAR, pattern VARCHAR) RETURNS BOOLEAN AS $$
  REGEXP_INSTR(x, pattern) > 0
$$;
-- What the pattern's one group has found; '' where it has not.
CREATE OR REPLACE FUNCTION found(x VARCHAR, pattern VARCHAR) RETURNS VARCHAR AS $$
  coalesce(REGEXP_SUBSTR(x, pattern, 1, 1, 'e', 1), '')
$$;
-- The text without what a pattern finds at its beginning: the pattern starts with ^.
CREATE OR REPLACE FUNCTION behind(x VARCHAR, pattern VARCHAR) RETURNS VARCHAR AS $$
  REGEXP_REPLACE(x, pattern, '')
$$;
-- The day of a text like 2016-02-29; NULL where the calendar has none.
CREATE OR REPLACE FUNCTION day_of(x VARCHAR) RETURNS DATE AS $$
  TRY_TO_DATE(x, 'YYYY-MM-DD')
$$;
-- A whole number as text.
CREATE OR REPLACE FUNCTION text_of(n BIGINT) RETURNS VARCHAR AS $$
  CAST(n AS VARCHAR)
$$;
-- Texts of an array in order, with semicolons between them.
CREATE OR REPLACE FUNCTION list_of(texts ARRAY) RETURNS VARCHAR AS $$
  ARRAY_TO_STRING(ARRAY_SORT(texts), ';')
$$;
-- The text of a trimmed cell without what keeps a spreadsheet from taking it for a number or a formula:
-- ="0012" and '0012 are read as 0012.
CREATE OR REPLACE FUNCTION without_guard(x VARCHAR) RETURNS VARCHAR AS $$
  CASE
    WHEN substr(x, 1, 2) = '="' AND length(x) > 2 AND substr(x, length(x), 1) = '"' THEN trimmed(substr(x, 3, length(x) - 3))
    WHEN substr(x, 1, 1) = '''' AND substr(trimmed(substr(x, 2)), 1, 1) IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '=', '+', '@', '-', '−')
      THEN trimmed(substr(x, 2))
    ELSE x
  END
$$;
-- The text, and '' where it is a word for "nothing known" or an error of a spreadsheet.
CREATE OR REPLACE FUNCTION unless_empty(x VARCHAR) RETURNS VARCHAR AS $$
  CASE
    WHEN lower(x) IN ('n/a', 'na', 'n.a.', '#n/a', '#n/d', '#nv', 'none', 'null', '(null)', 'nil', 'nan', '(blank)',
      '-', '--', '–', '—', '?', 'unknown', '(unknown)', 'not known', 'not available', 'not reported',
      'not provided', 'not disclosed', 'undisclosed', 'don''t know', 'don’t know', 'i don''t know',
      'i don’t know', 'prefer not to say', 'prefer not to answer', 'desconocido', 'no se sabe', '#getting_data') THEN ''
    WHEN REGEXP_INSTR(x, '^(#[A-Za-z0-9/_ ¡-￿]{3,19}[!?]|Err:[0-9]{3})$') > 0 THEN ''
    ELSE x
  END
$$;
-- What a cell says.
CREATE OR REPLACE FUNCTION said(x VARCHAR) RETURNS VARCHAR AS $$
  unless_empty(without_guard(trimmed(x)))
$$;

-- 2. The signals, loaded as text into the table given, with the order of the rows in source_row: of two with
-- one signal_id the first counts. METADATA$FILENAME and METADATA$FILE_ROW_NUMBER of a stage say it.
-- VALIDATE says how many rows COPY INTO has passed over with ON_ERROR = CONTINUE.
DROP TABLE IF EXISTS signals;
CREATE TABLE signals AS SELECT * FROM given;
DROP TABLE IF EXISTS unread;
CREATE TABLE unread AS SELECT 0 AS lines;

-- 3. Load groups.csv as counted_groups, categories.csv and states.csv as tables of these names.

-- Each filled cell of the columns that hold values of a list: name those of groups.csv that your table has.
DROP TABLE IF EXISTS cells;
CREATE TABLE cells AS
SELECT source_row, lower(column_name) AS column_name, cell
FROM signals UNPIVOT (cell FOR column_name IN (contact_method, call_type, trafficking_type, sex_venue, labor_venue, citizenship, gender, age))
WHERE cell <> '';

-- 4. What is asked for: the areas; a row per sheet, with its period and year, the month in which years begin,
-- whether demographics count cases or victims, and how many cases a place of the map must have.
DROP TABLE IF EXISTS areas;
CREATE TABLE areas AS SELECT DISTINCT code AS area, code FROM states;
DROP TABLE IF EXISTS parameters;
CREATE TABLE parameters AS
SELECT '2012-12' AS period_from, '2016-12' AS period_to, 2016 AS year, 1 AS year_starts, 'cases' AS unit, 5 AS min_cell;
