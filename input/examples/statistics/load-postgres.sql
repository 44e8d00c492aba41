-- PostgreSQL 14 or later: the functions that given.sql and count.sql need, and the data. See README.md.
--
-- 1. Functions that differ between engines.

-- The text without spaces of any kind, zero-width and control characters at its ends. '' for NULL.
CREATE OR REPLACE FUNCTION trimmed(x TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(coalesce(x, ''), '^[\u0001-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]+|[\u0001-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]+$', '', 'g')
$$;
-- The text with one space instead of each run of spaces of any kind.
CREATE OR REPLACE FUNCTION spaced(x TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(x, '[\u0001-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]+', ' ', 'g')
$$;
-- A short key for a text.
CREATE OR REPLACE FUNCTION key_of(x TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT md5(x)
$$;
-- Whether the text contains a match of the pattern.
CREATE OR REPLACE FUNCTION fits(x TEXT, pattern TEXT) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT x ~ pattern
$$;
-- The match of the pattern's only group; '' if it has none.
CREATE OR REPLACE FUNCTION found(x TEXT, pattern TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce((regexp_match(x, pattern))[1], '')
$$;
-- The text without the pattern's match at its beginning. The pattern starts with ^.
CREATE OR REPLACE FUNCTION behind(x TEXT, pattern TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(x, pattern, '')
$$;
-- The day of a text like 2016-02-29; NULL if the calendar doesn't have it.
CREATE OR REPLACE FUNCTION day_of(x TEXT) RETURNS DATE LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN x ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' THEN
    CASE WHEN CAST(substr(x, 9, 2) AS INTEGER) <= extract(day FROM CAST(substr(x, 1, 8) || '01' AS DATE) + INTERVAL '1 month - 1 day')
      THEN CAST(x AS DATE) END
  END
$$;
-- A whole number as text.
CREATE OR REPLACE FUNCTION text_of(n BIGINT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CAST(n AS TEXT)
$$;
-- The texts of an array in order, separated by semicolons.
CREATE OR REPLACE FUNCTION list_of(texts TEXT[]) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (SELECT string_agg(t, ';' ORDER BY t COLLATE "C") FROM unnest(texts) AS t)
$$;
-- The text of a trimmed cell without the characters that stop spreadsheets from reading it as a number or formula:
-- ="0012" and '0012 are read as 0012.
CREATE OR REPLACE FUNCTION without_guard(x TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN substr(x, 1, 2) = '="' AND length(x) > 2 AND substr(x, length(x), 1) = '"' THEN trimmed(substr(x, 3, length(x) - 3))
    WHEN substr(x, 1, 1) = '''' AND substr(trimmed(substr(x, 2)), 1, 1) IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '=', '+', '@', '-', '−')
      THEN trimmed(substr(x, 2))
    ELSE x
  END
$$;
-- The text, or '' if it is a word for "nothing known" or a spreadsheet's error.
CREATE OR REPLACE FUNCTION unless_empty(x TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
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
    WHEN x ~ '^(#[A-Za-z0-9/_ ¡-￿]{3,19}[!?]|Err:[0-9]{3})$' THEN ''
    ELSE x
  END
$$;
-- The meaning of a cell.
CREATE OR REPLACE FUNCTION said(x TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT unless_empty(without_guard(trimmed(x)))
$$;

-- 2. The signals: name the columns in the order of your file. All cells are text. source_row keeps the order of
-- the rows: if two have the same signal_id, the first one counts. COPY stops at a row with a wrong number of
-- fields or with bytes that aren't UTF-8: load the file without such rows, and write their number in unread.
DROP TABLE IF EXISTS signals;
CREATE TABLE signals (
  source_row BIGINT GENERATED ALWAYS AS IDENTITY,
  signal_id TEXT,
  case_id TEXT,
  received TEXT,
  contact_method TEXT,
  call_type TEXT,
  caller_state TEXT,
  state TEXT,
  county TEXT,
  city TEXT,
  zip TEXT,
  latitude TEXT,
  longitude TEXT,
  trafficking_type TEXT,
  sex_venue TEXT,
  labor_venue TEXT,
  citizenship TEXT,
  gender TEXT,
  age TEXT,
  synthetic TEXT
);
\copy signals (signal_id, case_id, received, contact_method, call_type, caller_state, state, county, city, zip, latitude, longitude, trafficking_type, sex_venue, labor_venue, citizenship, gender, age, synthetic) FROM 'signals.csv' WITH (FORMAT csv, HEADER)
DROP TABLE IF EXISTS unread;
CREATE TABLE unread AS SELECT 0 AS lines;

-- 3. The groups and venues that are counted, their categories, and the states.
DROP TABLE IF EXISTS counted_groups;
CREATE TABLE counted_groups (key TEXT, column_name TEXT, counts TEXT, over_time TEXT, victims INTEGER, total INTEGER, calls INTEGER);
\copy counted_groups FROM 'groups.csv' WITH (FORMAT csv, HEADER)
DROP TABLE IF EXISTS categories;
CREATE TABLE categories (list TEXT, key TEXT, substantive INTEGER);
\copy categories FROM 'categories.csv' WITH (FORMAT csv, HEADER)
DROP TABLE IF EXISTS states;
CREATE TABLE states (spelling TEXT, code TEXT);
\copy states FROM 'states.csv' WITH (FORMAT csv, HEADER)

-- Each filled cell of the columns with values of a list. A table doesn't need to have all of them.
DROP TABLE IF EXISTS cells;
CREATE TABLE cells AS
SELECT s.source_row, c.key AS column_name, c.value AS cell
FROM signals s CROSS JOIN jsonb_each_text(to_jsonb(s)) c
WHERE c.value <> '' AND c.key IN (SELECT column_name FROM counted_groups);

-- 4. The options: the areas; a row per sheet, with its period and year, the month in which years begin,
-- whether demographics count cases or victims, and how many cases a place on the map must have.
DROP TABLE IF EXISTS areas;
CREATE TABLE areas AS SELECT DISTINCT code AS area, code FROM states;
DROP TABLE IF EXISTS parameters;
CREATE TABLE parameters AS
SELECT '2012-12' AS period_from, '2016-12' AS period_to, 2016 AS year, 1 AS year_starts, 'cases' AS unit, 5 AS min_cell;
