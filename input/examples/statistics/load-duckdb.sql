-- Loads what count.sql counts. This part differs from engine to engine; what matters is that all cells
-- come as text, that source_row keeps the order of the file (of two rows with one signal_id the first
-- counts), that rows with a wrong number of fields are left out, and that these are counted.
CREATE OR REPLACE TABLE signals AS
SELECT row_number() OVER () AS source_row, *
FROM read_csv('signals.csv', header = true, delim = ',', quote = '"', escape = '"', all_varchar = true,
              store_rejects = true, null_padding = false, strict_mode = true);

-- How many rows of the file could not be read: for the ledger, where they are rejected. In Spark count
-- the rows whose _corrupt_record is not null; with an engine that can't tell, write 0.
CREATE OR REPLACE TABLE unread AS SELECT count(DISTINCT line) AS lines FROM reject_errors;

-- The groups and venues that are counted, and the values that they have.
CREATE OR REPLACE TABLE groups AS SELECT * FROM read_csv('groups.csv', header = true);
CREATE OR REPLACE TABLE vocabulary AS SELECT * FROM read_csv('vocabulary.csv', header = true, types = {'substantive': 'INTEGER'}, all_varchar = false);
CREATE OR REPLACE TABLE states AS SELECT * FROM read_csv('states.csv', header = true);

-- Each filled cell of a column of theirs; a file needs not have them all. Spark and BigQuery have UNPIVOT, too,
-- but there the columns are to be named.
CREATE OR REPLACE TABLE cells AS
SELECT source_row, column_name, cell
FROM (UNPIVOT signals ON COLUMNS(* EXCLUDE (source_row)) INTO NAME column_name VALUE cell)
WHERE cell <> '' AND column_name IN (SELECT column_name FROM groups);

-- What is asked for: the period's first and last day, the year, and what demographics count, cases or
-- victims.
CREATE OR REPLACE TABLE asked AS
SELECT DATE '2012-12-01' AS first_day, DATE '2016-12-31' AS last_day, 2016 AS focal_year, 'cases' AS unit;

-- Cells hold at most this many values.
CREATE OR REPLACE TABLE positions AS SELECT CAST(range AS INTEGER) AS i FROM range(1, 101);
