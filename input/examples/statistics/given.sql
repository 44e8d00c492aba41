-- The cells that the program interprets before count.sql counts: every distinct set of cells that say where a
-- signal is, and every distinct cell of a group or of venues. Write given_places and given_cells as CSV, run the
-- program on them, and load its files as the tables located and interpreted:
--
--   hotline-profile locate given_places.csv --output located.csv
--   hotline-profile interpret given_cells.csv --output interpreted.csv
--
-- This way, a place, an age or a venue means the same in a warehouse as in the program, in any spelling.

-- A header that is repeated between rows isn't a row.
DROP TABLE IF EXISTS said_rows;
CREATE TABLE said_rows AS
SELECT source_row, said(signal_id) AS signal_id, said(case_id) AS case_id, spaced(said(received)) AS received,
  lower(said(synthetic)) AS synthetic,
  key_of(coalesce(caller_state, '') || chr(31) || coalesce(state, '') || chr(31) || coalesce(county, '') || chr(31)
    || coalesce(city, '') || chr(31) || coalesce(zip, '') || chr(31) || coalesce(latitude, '') || chr(31)
    || coalesce(longitude, '')) AS place_key
FROM signals
WHERE NOT (coalesce(signal_id, '') = 'signal_id' AND coalesce(received, '') = 'received');

-- In the form of signals, because the program reads those: each has its key as its id, and any day.
DROP TABLE IF EXISTS given_places;
CREATE TABLE given_places AS
SELECT DISTINCT r.place_key AS signal_id, '' AS case_id, '2000-01-01' AS received,
  coalesce(s.caller_state, '') AS caller_state, coalesce(s.state, '') AS state, coalesce(s.county, '') AS county,
  coalesce(s.city, '') AS city, coalesce(s.zip, '') AS zip, coalesce(s.latitude, '') AS latitude,
  coalesce(s.longitude, '') AS longitude
FROM said_rows r JOIN signals s ON s.source_row = r.source_row;

DROP TABLE IF EXISTS given_cells;
CREATE TABLE given_cells AS
SELECT key_of(column_name || chr(31) || cell) AS cell_key, column_name, cell
FROM (SELECT DISTINCT column_name, cell FROM cells) distinct_cells;
