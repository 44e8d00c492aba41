-- Loads what count.sql counts. This part differs from engine to engine; what matters is that all cells
-- come as text, that source_row keeps the order of the file (of two rows with one signal_id the first
-- counts), and that rows with a wrong number of fields are left out.
CREATE OR REPLACE TABLE signals AS
SELECT row_number() OVER () AS source_row, *
FROM read_csv('signals.csv', header = true, delim = ',', quote = '"', escape = '"', all_varchar = true,
              ignore_errors = true, null_padding = false, strict_mode = true);

CREATE OR REPLACE TABLE vocabulary AS SELECT * FROM read_csv('vocabulary.csv', header = true, types = {'substantive': 'INTEGER'}, all_varchar = false);
CREATE OR REPLACE TABLE states AS SELECT * FROM read_csv('states.csv', header = true);

-- What is asked for: the period's first and last day, and the year.
CREATE OR REPLACE TABLE asked AS
SELECT DATE '2012-12-01' AS first_day, DATE '2016-12-31' AS last_day, 2016 AS focal_year;

-- Cells hold at most this many values.
CREATE OR REPLACE TABLE positions AS SELECT CAST(range AS INTEGER) AS i FROM range(1, 101);
