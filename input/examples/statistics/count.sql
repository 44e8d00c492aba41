-- The statistics table of every state from canonical signals, by the rules of docs/counting.md. Written for
-- DuckDB and plain enough for others: Spark SQL takes it as it is but for try_cast on dates (use to_date);
-- in BigQuery write SAFE_CAST for try_cast, split(x, ';')[safe_offset(i - 1)] for split_part(x, ';', i),
-- and leave out the last argument of regexp_replace.
--
-- It needs the tables of load-duckdb.sql: signals, cells, unread, groups, vocabulary, states, asked, positions.
-- Which groups there are and how they are counted stands in groups and vocabulary, not here.
-- The map's figures are left out (README.md says why).
--
-- The counts are exact: the result is internal until the program has protected it.
WITH
-- Words for "nothing known": such a cell is empty.
nothing AS (
  SELECT '' AS word UNION ALL SELECT 'n/a' UNION ALL SELECT 'na' UNION ALL SELECT 'n.a.' UNION ALL SELECT '#n/a'
  UNION ALL SELECT 'none' UNION ALL SELECT 'null' UNION ALL SELECT '(null)' UNION ALL SELECT 'nil' UNION ALL SELECT 'nan'
  UNION ALL SELECT '(blank)' UNION ALL SELECT '-' UNION ALL SELECT '--' UNION ALL SELECT '–' UNION ALL SELECT '—'
  UNION ALL SELECT '?' UNION ALL SELECT 'unknown' UNION ALL SELECT '(unknown)' UNION ALL SELECT 'not known'
  UNION ALL SELECT 'not available' UNION ALL SELECT 'not reported'
),
trimmed AS (
  SELECT source_row,
    trim(signal_id) AS signal_id, trim(case_id) AS case_id, trim(received) AS received,
    coalesce(caller_state, '') AS caller_state,
    coalesce(state, '') AS state, coalesce(county, '') AS county, coalesce(city, '') AS city, coalesce(zip, '') AS zip,
    coalesce(latitude, '') AS latitude, coalesce(longitude, '') AS longitude
  FROM signals
),
given_coordinates AS (
  SELECT source_row,
    trim(split_part(latitude, ';', i)) AS latitude, trim(split_part(longitude, ';', i)) AS longitude
  FROM trimmed JOIN positions
    ON i <= 1 + greatest(length(latitude) - length(replace(latitude, ';', '')),
                         length(longitude) - length(replace(longitude, ';', '')))
),
coordinates AS (
  SELECT source_row,
    CASE WHEN lower(latitude) IN (SELECT word FROM nothing) THEN '' ELSE latitude END AS latitude,
    CASE WHEN lower(longitude) IN (SELECT word FROM nothing) THEN '' ELSE longitude END AS longitude
  FROM given_coordinates
),
impossible AS (
  SELECT DISTINCT source_row FROM coordinates
  WHERE (latitude = '') <> (longitude = '')
     OR (latitude <> '' AND (try_cast(latitude AS DOUBLE) IS NULL OR abs(try_cast(latitude AS DOUBLE)) > 90
                          OR try_cast(longitude AS DOUBLE) IS NULL OR abs(try_cast(longitude AS DOUBLE)) > 180))
),
-- Rejected rows are left out; of rows with one signal_id the first counts.
accepted AS (
  SELECT t.*, try_cast(substr(received, 1, 10) AS DATE) AS received_day,
    CASE WHEN lower(case_id) IN (SELECT word FROM nothing) THEN NULL ELSE case_id END AS known_case,
    row_number() OVER (PARTITION BY signal_id ORDER BY source_row) AS occurrence
  FROM trimmed t
  WHERE signal_id IS NOT NULL AND lower(signal_id) NOT IN (SELECT word FROM nothing)
    AND length(received) >= 10 AND substr(received, 5, 1) = '-' AND substr(received, 8, 1) = '-'
    AND try_cast(substr(received, 1, 10) AS DATE) IS NOT NULL
    AND source_row NOT IN (SELECT source_row FROM impossible)
    -- One state serves all places, or each has its own.
    AND NOT (state LIKE '%;%' AND length(state) - length(replace(state, ';', '')) < greatest(
      length(county) - length(replace(county, ';', '')), length(city) - length(replace(city, ';', '')),
      length(zip) - length(replace(zip, ';', '')), length(latitude) - length(replace(latitude, ';', ''))))
),
unique_signals AS (SELECT * FROM accepted WHERE occurrence = 1),
-- One row per value of a cell, known to the vocabulary. A whole number stands for itself, as an age in years.
given_values AS (
  SELECT cells.source_row, groups.key AS list,
    trim(CASE WHEN groups.several = 1 THEN split_part(cells.cell, ';', i) ELSE cells.cell END) AS given
  FROM cells JOIN unique_signals ON unique_signals.source_row = cells.source_row
  JOIN groups ON groups.column_name = cells.column_name
  JOIN positions
    ON i <= CASE WHEN groups.several = 1 THEN 1 + length(cells.cell) - length(replace(cells.cell, ';', '')) ELSE 1 END
),
parts AS (
  SELECT source_row, list,
    CASE WHEN given <> '' AND regexp_replace(given, '^[0-9]{1,3}([.]0+)?$', '') = ''
         THEN concat('#', CAST(CAST(try_cast(given AS DOUBLE) AS INTEGER) AS VARCHAR))
         ELSE regexp_replace(replace(lower(given), '&', 'and'), '[^a-z0-9+<>]', '', 'g') END AS form
  FROM given_values
),
mentions AS (
  SELECT parts.source_row, parts.list, vocabulary.key, vocabulary.substantive, count(*) AS times
  FROM parts JOIN vocabulary ON vocabulary.list = parts.list AND vocabulary.form = parts.form
  GROUP BY parts.source_row, parts.list, vocabulary.key, vocabulary.substantive
),
located AS (
  SELECT DISTINCT source_row, states.code
  FROM (
    SELECT source_row, lower(trim(split_part(state, ';', i))) AS spelling
    FROM unique_signals JOIN positions ON i <= 1 + length(state) - length(replace(state, ';', ''))
  ) AS places JOIN states ON states.spelling = places.spelling
),
-- A signal is in a state when one of its locations is or, if it has none, when the caller is.
in_state AS (
  SELECT source_row, code FROM located
  UNION ALL
  SELECT source_row, states.code
  FROM unique_signals JOIN states ON states.spelling = lower(trim(caller_state))
  WHERE source_row NOT IN (SELECT source_row FROM located)
),
-- A call type that is missing or unknown is substantive, and stands under no type.
typed AS (
  SELECT unique_signals.*, coalesce(said.substantive, 1) AS substantive
  FROM unique_signals LEFT JOIN (
    SELECT mentions.source_row, mentions.substantive
    FROM mentions JOIN groups ON groups.key = mentions.list AND groups.calls = 1
  ) AS said ON said.source_row = unique_signals.source_row
),
-- A case is dated by its earliest signal; a non-substantive signal neither makes nor changes it.
telling AS (SELECT * FROM typed WHERE substantive = 1 AND known_case IS NOT NULL),
cases AS (SELECT known_case, min(received_day) AS day FROM telling GROUP BY known_case),
case_states AS (
  SELECT DISTINCT telling.known_case, located.code FROM telling JOIN located ON located.source_row = telling.source_row
),
period_cases AS (
  SELECT case_states.code, cases.known_case
  FROM cases JOIN case_states ON case_states.known_case = cases.known_case
  CROSS JOIN asked WHERE day BETWEEN first_day AND last_day
),
year_cases AS (
  SELECT case_states.code, cases.known_case
  FROM cases JOIN case_states ON case_states.known_case = cases.known_case
  CROSS JOIN asked WHERE extract(year FROM day) = focal_year
),
scoped_cases AS (
  SELECT code, known_case, 'period' AS over_time FROM period_cases
  UNION ALL SELECT code, known_case, 'year' FROM year_cases
),
-- A case counts once for a category that it mentions; where victims are asked for, each mention of a category
-- of victims counts.
case_mentions AS (
  SELECT telling.known_case, mentions.list, mentions.key,
    CASE WHEN min(asked.unit) = 'victims' AND min(groups.victims) = 1 THEN sum(mentions.times) ELSE 1 END AS n
  FROM telling JOIN mentions ON mentions.source_row = telling.source_row
  JOIN groups ON groups.key = mentions.list AND groups.counts = 'cases' CROSS JOIN asked
  GROUP BY telling.known_case, mentions.list, mentions.key
),
-- Substantive signals by category, and those that are none.
signal_mentions AS (
  SELECT in_state.code, mentions.list, mentions.key
  FROM typed JOIN in_state ON in_state.source_row = typed.source_row
  JOIN mentions ON mentions.source_row = typed.source_row
  JOIN groups ON groups.key = mentions.list AND groups.counts = 'signals' CROSS JOIN asked
  WHERE typed.substantive = 1
    AND (groups.over_time = 'year' AND extract(year FROM received_day) = focal_year
      OR groups.over_time = 'period' AND received_day BETWEEN first_day AND last_day)
),
non_substantive AS (
  SELECT in_state.code
  FROM typed JOIN in_state ON in_state.source_row = typed.source_row
  CROSS JOIN asked WHERE typed.substantive = 0 AND extract(year FROM received_day) = focal_year
),
-- The ledger. A row is in a state when it is itself or its case is; it is used when its own day is in the
-- period or the year, or that of its case, where the case is in the state.
row_scope AS (
  SELECT source_row, known_case,
    CASE WHEN received_day BETWEEN first_day AND last_day OR extract(year FROM received_day) = focal_year THEN 1 ELSE 0 END AS in_scope
  FROM unique_signals CROSS JOIN asked
),
case_scope AS (
  SELECT known_case,
    CASE WHEN day BETWEEN first_day AND last_day OR extract(year FROM day) = focal_year THEN 1 ELSE 0 END AS in_scope
  FROM cases CROSS JOIN asked
),
row_states AS (
  SELECT code, source_row, max(is_used) AS is_used
  FROM (
    SELECT in_state.code, in_state.source_row, row_scope.in_scope AS is_used
    FROM in_state JOIN row_scope ON row_scope.source_row = in_state.source_row
    UNION ALL
    SELECT case_states.code, row_scope.source_row, greatest(row_scope.in_scope, case_scope.in_scope)
    FROM row_scope JOIN case_scope ON case_scope.known_case = row_scope.known_case
    JOIN case_states ON case_states.known_case = row_scope.known_case
  ) AS either
  GROUP BY code, source_row
),
rows_read AS (
  SELECT (SELECT count(*) FROM signals) + (SELECT lines FROM unread) AS n,
    (SELECT count(*) FROM accepted) AS n_accepted, (SELECT count(*) FROM unique_signals) AS n_unique
),
ledger AS (
  SELECT code, sum(is_used) AS used, count(*) - sum(is_used) AS outside_period, count(*) AS in_state
  FROM row_states GROUP BY code
),
-- Every state that the data speak of gets every category, with 0 where there is none.
present AS (SELECT DISTINCT code FROM in_state),
keys AS (
  SELECT DISTINCT vocabulary.list, vocabulary.key, groups.counts, groups.over_time
  FROM vocabulary JOIN groups ON groups.key = vocabulary.list WHERE vocabulary.substantive = 1
),
figures AS (
  SELECT code, 'cases' AS figure, 'period' AS category, (SELECT count(*) FROM period_cases p WHERE p.code = present.code) AS n FROM present
  UNION ALL
  SELECT code, 'cases', 'year', (SELECT count(*) FROM year_cases y WHERE y.code = present.code) FROM present
  UNION ALL
  SELECT present.code, keys.list, keys.key,
    coalesce(sum(CASE WHEN scoped_cases.known_case IS NULL THEN 0 ELSE case_mentions.n END), 0)
  FROM present CROSS JOIN keys
  LEFT JOIN case_mentions ON case_mentions.list = keys.list AND case_mentions.key = keys.key
  LEFT JOIN scoped_cases
    ON scoped_cases.code = present.code AND scoped_cases.known_case = case_mentions.known_case
   AND scoped_cases.over_time = keys.over_time
  WHERE keys.counts = 'cases'
  GROUP BY present.code, keys.list, keys.key
  UNION ALL
  SELECT present.code, keys.list, keys.key, count(signal_mentions.code)
  FROM present CROSS JOIN keys
  LEFT JOIN signal_mentions
    ON signal_mentions.code = present.code AND signal_mentions.list = keys.list AND signal_mentions.key = keys.key
  WHERE keys.counts = 'signals'
  GROUP BY present.code, keys.list, keys.key
  UNION ALL
  SELECT present.code, groups.key, 'total', count(signal_mentions.code)
  FROM present CROSS JOIN groups
  LEFT JOIN signal_mentions ON signal_mentions.code = present.code AND signal_mentions.list = groups.key
  WHERE groups.total = 1
  GROUP BY present.code, groups.key
  UNION ALL
  SELECT present.code, groups.key, 'non_substantive', count(non_substantive.code)
  FROM present CROSS JOIN groups LEFT JOIN non_substantive ON non_substantive.code = present.code
  WHERE groups.calls = 1
  GROUP BY present.code, groups.key
  UNION ALL SELECT code, 'ledger', 'rows_read', n FROM ledger CROSS JOIN rows_read
  UNION ALL SELECT code, 'ledger', 'used', used FROM ledger
  UNION ALL SELECT code, 'ledger', 'outside_period', outside_period FROM ledger
  UNION ALL SELECT code, 'ledger', 'other_state', n_unique - in_state FROM ledger CROSS JOIN rows_read
  UNION ALL SELECT code, 'ledger', 'duplicate', n_accepted - n_unique FROM ledger CROSS JOIN rows_read
  UNION ALL SELECT code, 'ledger', 'rejected', n - n_accepted FROM ledger CROSS JOIN rows_read
)
SELECT code AS state,
  substr(CAST(first_day AS VARCHAR), 1, 7) AS period_from,
  substr(CAST(last_day AS VARCHAR), 1, 7) AS period_to,
  focal_year AS year,
  figure,
  category,
  CAST(n AS BIGINT) AS count
FROM figures CROSS JOIN asked
ORDER BY 1, 5, 6
