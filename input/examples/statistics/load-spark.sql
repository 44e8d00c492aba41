-- Spark SQL 4.0 or later: the functions that given.sql and count.sql need, and the data. See README.md.
--
-- 1. Functions that differ between engines.

-- The text without spaces of any kind, zero-width and control characters at its ends. '' for NULL.
CREATE OR REPLACE TEMPORARY FUNCTION trimmed(x STRING) RETURNS STRING RETURN
  regexp_replace(coalesce(x, ''), r'^[\x{0}-\x{20}\x{7F}-\x{A0}\x{AD}\x{61C}\x{1680}\x{180E}\x{2000}-\x{200F}\x{2028}-\x{202F}\x{205F}-\x{2069}\x{3000}\x{FEFF}]+|[\x{0}-\x{20}\x{7F}-\x{A0}\x{AD}\x{61C}\x{1680}\x{180E}\x{2000}-\x{200F}\x{2028}-\x{202F}\x{205F}-\x{2069}\x{3000}\x{FEFF}]+$', '');
-- The text with one space instead of each run of spaces of any kind.
CREATE OR REPLACE TEMPORARY FUNCTION spaced(x STRING) RETURNS STRING RETURN
  regexp_replace(x, r'[\x{0}-\x{20}\x{7F}-\x{A0}\x{AD}\x{61C}\x{1680}\x{180E}\x{2000}-\x{200F}\x{2028}-\x{202F}\x{205F}-\x{2069}\x{3000}\x{FEFF}]+', ' ');
-- A short key for a text.
CREATE OR REPLACE TEMPORARY FUNCTION key_of(x STRING) RETURNS STRING RETURN
  md5(x);
-- Whether the text contains a match of the pattern.
CREATE OR REPLACE TEMPORARY FUNCTION fits(x STRING, pattern STRING) RETURNS BOOLEAN RETURN
  x RLIKE pattern;
-- The match of the pattern's only group; '' if it has none.
CREATE OR REPLACE TEMPORARY FUNCTION found(x STRING, pattern STRING) RETURNS STRING RETURN
  regexp_extract(x, pattern, 1);
-- The text without the pattern's match at its beginning. The pattern starts with ^.
CREATE OR REPLACE TEMPORARY FUNCTION behind(x STRING, pattern STRING) RETURNS STRING RETURN
  regexp_replace(x, pattern, '');
-- The day of a text like 2016-02-29; NULL if the calendar doesn't have it.
CREATE OR REPLACE TEMPORARY FUNCTION day_of(x STRING) RETURNS DATE RETURN
  try_cast(x AS DATE);
-- A whole number as text.
CREATE OR REPLACE TEMPORARY FUNCTION text_of(n BIGINT) RETURNS STRING RETURN
  CAST(n AS STRING);
-- The texts of an array in order, separated by semicolons.
CREATE OR REPLACE TEMPORARY FUNCTION list_of(texts ARRAY<STRING>) RETURNS STRING RETURN
  array_join(array_sort(texts), ';');
-- The text of a trimmed cell without the characters that stop spreadsheets from reading it as a number or formula:
-- ="0012" and '0012 are read as 0012.
CREATE OR REPLACE TEMPORARY FUNCTION without_guard(x STRING) RETURNS STRING RETURN
  CASE
    WHEN substr(x, 1, 2) = '="' AND length(x) > 2 AND substr(x, length(x), 1) = '"' THEN trimmed(substr(x, 3, length(x) - 3))
    WHEN substr(x, 1, 1) = '''' AND substr(trimmed(substr(x, 2)), 1, 1) IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '=', '+', '@', '-', '−')
      THEN trimmed(substr(x, 2))
    ELSE x
  END;
-- The text, or '' if it is a word for "nothing known" or a spreadsheet's error.
CREATE OR REPLACE TEMPORARY FUNCTION unless_empty(x STRING) RETURNS STRING RETURN
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
    WHEN x RLIKE '^(#[A-Za-z0-9/_ ¡-￿]{3,19}[!?]|Err:[0-9]{3})$' THEN ''
    ELSE x
  END;
-- The meaning of a cell.
CREATE OR REPLACE TEMPORARY FUNCTION said(x STRING) RETURNS STRING RETURN
  unless_empty(without_guard(trimmed(x)));

-- 2. The signals: name the columns in the order of your files. All cells are text. source_row keeps the order of
-- files and rows: if two rows have the same signal_id, the first one counts, so the order must be the same
-- whenever the data are read, on any number of machines. One task reads a CSV file, because a cell may contain
-- line breaks. Use many files, or Parquet.
DROP TABLE IF EXISTS given;
CREATE TABLE given (
  signal_id STRING,
  case_id STRING,
  received STRING,
  contact_method STRING,
  call_type STRING,
  caller_state STRING,
  state STRING,
  county STRING,
  city STRING,
  zip STRING,
  latitude STRING,
  longitude STRING,
  trafficking_type STRING,
  sex_venue STRING,
  labor_venue STRING,
  citizenship STRING,
  gender STRING,
  age STRING,
  synthetic STRING,
  unreadable STRING
) USING csv OPTIONS (
  path 'signals.csv', header 'true', enforceSchema 'false', multiLine 'true', quote '"', escape '"',
  mode 'PERMISSIVE', columnNameOfCorruptRecord 'unreadable'
);
DROP TABLE IF EXISTS numbered;
CREATE TABLE numbered AS
SELECT _metadata.file_path AS source_file, monotonically_increasing_id() & 8589934591 AS row_of_file, * FROM given;
-- For Parquet:
--   CREATE TABLE given USING parquet OPTIONS (path 'signals.parquet');
--   CREATE TABLE numbered AS
--   SELECT _metadata.file_path AS source_file, _metadata.row_index AS row_of_file, *, CAST(NULL AS STRING) AS unreadable FROM given;

-- Rows that can't be read: those with a wrong number of fields, or with bytes that aren't UTF-8.
DROP TABLE IF EXISTS unread;
CREATE TABLE unread AS
SELECT count_if(unreadable IS NOT NULL OR to_json(struct(*)) LIKE '%�%') AS lines FROM numbered;
DROP TABLE IF EXISTS signals;
CREATE TABLE signals AS
SELECT f.file_number * 8589934592 + n.row_of_file AS source_row, n.*
FROM numbered n
JOIN (SELECT source_file, row_number() OVER (ORDER BY source_file) AS file_number FROM (SELECT DISTINCT source_file FROM numbered)) f
  ON f.source_file = n.source_file
WHERE n.unreadable IS NULL AND NOT to_json(struct(n.*)) LIKE '%�%';

-- 3. The groups and venues that are counted, their categories, and the states.
DROP TABLE IF EXISTS counted_groups;
CREATE TABLE counted_groups (key STRING, column_name STRING, counts STRING, over_time STRING, victims INT, total INT, calls INT)
USING csv OPTIONS (path 'groups.csv', header 'true');
DROP TABLE IF EXISTS categories;
CREATE TABLE categories (list STRING, key STRING, substantive INT) USING csv OPTIONS (path 'categories.csv', header 'true');
DROP TABLE IF EXISTS states;
CREATE TABLE states (spelling STRING, code STRING) USING csv OPTIONS (path 'states.csv', header 'true');

-- Each filled cell of the columns with values of a list: name those of groups.csv that your files have.
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
