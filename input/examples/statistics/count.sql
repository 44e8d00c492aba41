-- The statistics table of every requested state, year and period, from canonical signals, by the rules of
-- docs/counting.md: the same numbers as the program's. Each step is a table, so that every engine runs it only
-- once. This is plain SQL. load-*.sql defines the functions that differ between engines, and makes the tables
-- signals, cells, unread, counted_groups, categories, areas and parameters. given.sql makes said_rows and
-- given_cells. located and interpreted contain the program's answers about places and cells (see README.md).
-- Use a separate schema: the script replaces its tables.
--
-- The counts are exact: the result is internal until the program protects it.

-- 1. Numbers, months, and the options.

DROP TABLE IF EXISTS digits;
CREATE TABLE digits AS
SELECT 0 AS digit UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9;

-- From 0 to 9,999, for years.
DROP TABLE IF EXISTS numbers;
CREATE TABLE numbers AS
SELECT a.digit + 10 * b.digit + 100 * c.digit + 1000 * d.digit AS n
FROM digits a CROSS JOIN digits b CROSS JOIN digits c CROSS JOIN digits d;

DROP TABLE IF EXISTS months;
CREATE TABLE months AS
SELECT 12 * y.n + m.n - 1 AS month_number,
  text_of(y.n) || '-' || lpad(text_of(m.n), 2, '0') AS month_name,
  day_of(text_of(y.n) || '-' || lpad(text_of(m.n), 2, '0') || '-01') AS first_day
FROM numbers y CROSS JOIN numbers m
WHERE y.n BETWEEN 1899 AND 2201 AND m.n BETWEEN 1 AND 12;

-- Years that overlap a period, by their first month. With year_starts = 10, the year 2016 begins in October 2015.
DROP TABLE IF EXISTS asked_years;
CREATE TABLE asked_years AS
SELECT DISTINCT period_from, period_to, focal_year, unit, year_starts, from_number, to_number, year,
  12 * year + year_shift AS year_number,
  CASE WHEN from_number <= 12 * focal_year + year_shift - 37 THEN from_number + 12
    ELSE greatest(from_number, 12 * focal_year + year_shift - 25) END AS next_number
FROM (
  SELECT p.period_from, p.period_to, p.year AS focal_year, p.unit, p.year_starts, f.month_number AS from_number,
    t.month_number AS to_number, y.n AS year,
    p.year_starts - 1 - CASE WHEN p.year_starts > 1 THEN 12 ELSE 0 END AS year_shift
  FROM parameters p
  JOIN months f ON f.month_name = p.period_from
  JOIN months t ON t.month_name = p.period_to
  CROSS JOIN numbers y
  WHERE y.n BETWEEN 1900 AND 2199
) years
WHERE year = focal_year OR 12 * year + year_shift BETWEEN from_number - 11 AND to_number;

-- A sheet's own period and year, and the parts of the period, one per year. The trend is made from the parts, and
-- they protect small numbers in other years' sheets. A part ends where the next year's sheet begins: a year later,
-- or four years before its own year if this one begins later than usual.
DROP TABLE IF EXISTS asked;
CREATE TABLE asked AS
SELECT DISTINCT first_month.month_name AS period_from, last_month.month_name AS period_to, spans.year, spans.unit, spans.year_starts,
  first_month.first_day, next_month.first_day AS end_day,
  year_month.first_day AS year_first_day, year_next.first_day AS year_end_day
FROM (
  SELECT year, unit, year_starts, year_number, from_number AS first_number, to_number AS last_number
  FROM asked_years WHERE year = focal_year
  UNION ALL
  SELECT year, unit, year_starts, year_number,
    greatest(from_number, year_number), least(to_number, year_number + 11, next_number - 1)
  FROM asked_years WHERE greatest(from_number, year_number) <= least(to_number, year_number + 11, next_number - 1)
  UNION ALL
  SELECT year, unit, year_starts, year_number,
    greatest(from_number, year_number, next_number), least(to_number, year_number + 11)
  FROM asked_years WHERE greatest(from_number, year_number, next_number) <= least(to_number, year_number + 11)
) spans
JOIN months first_month ON first_month.month_number = spans.first_number
JOIN months last_month ON last_month.month_number = spans.last_number
JOIN months next_month ON next_month.month_number = spans.last_number + 1
JOIN months year_month ON year_month.month_number = spans.year_number
JOIN months year_next ON year_next.month_number = spans.year_number + 12;

-- 2. Days: year first, eight digits, month/day/year, or with the name of a month in English or Spanish. A weekday
-- may come before them, and a time after them.

DROP TABLE IF EXISTS day_texts;
CREATE TABLE day_texts AS
SELECT source_row, lowered, substr(received, 1 + length(whole) - length(lowered)) AS received
FROM (
  SELECT source_row, received, lower(received) AS whole,
    behind(lower(received), '^(mon(day)?|tue(sday)?|wed(nesday)?|thu(rsday)?|fri(day)?|sat(urday)?|sun(day)?|lun(es)?|martes|mi[eéÉ](rcoles)?|jue(ves)?|vie(rnes)?|s[aáÁ]b(ado)?|dom(ingo)?)[., ]+') AS lowered
  FROM said_rows
) texts;

DROP TABLE IF EXISTS numbered_days;
CREATE TABLE numbered_days AS
SELECT source_row, y, m, d,
  substr(received, 1 + length(y) + length(m) + length(d) + CASE WHEN way = 'digits' THEN 0 ELSE 2 END) AS rest
FROM (
  SELECT source_row, received, way,
    CASE way WHEN 'digits' THEN substr(received, 1, 4) WHEN 'year first' THEN substr(received, 1, 4)
      ELSE found(received, '^[0-9]{1,2}[-/.][0-9]{1,2}[-/.]([0-9]+)') END AS y,
    CASE way WHEN 'digits' THEN substr(received, 5, 2) WHEN 'year first' THEN found(received, '^[0-9]{4}[-/.]([0-9]{1,2})')
      ELSE found(received, '^([0-9]{1,2})') END AS m,
    CASE way WHEN 'digits' THEN substr(received, 7, 2) WHEN 'year first' THEN found(received, '^[0-9]{4}[-/.][0-9]{1,2}[-/.]([0-9]{1,2})')
      ELSE found(received, '^[0-9]{1,2}[-/.]([0-9]{1,2})') END AS d
  FROM (
    SELECT source_row, received,
      CASE
        WHEN fits(received, '^[0-9]{4}(-[0-9]{1,2}-|/[0-9]{1,2}/|[.][0-9]{1,2}[.])[0-9]{1,2}([^0-9]|$)') THEN 'year first'
        WHEN fits(received, '^[0-9]{8}([^0-9]|$)') THEN 'digits'
        WHEN fits(received, '^[0-9]{1,2}(-[0-9]{1,2}-|/[0-9]{1,2}/|[.][0-9]{1,2}[.])([0-9]{2}|[0-9]{4})([^0-9]|$)') THEN 'month first'
      END AS way
    FROM day_texts
  ) ways
  WHERE way IS NOT NULL
) numbers_of_days;

DROP TABLE IF EXISTS named_days;
CREATE TABLE named_days AS
SELECT source_row, y, d, substr(received, 1 + length(lowered) - length(lowered_rest)) AS rest,
  CASE
    WHEN length(name) < 3 THEN NULL
    WHEN name IN ('set', 'setiembre') THEN '9'
    WHEN 'january' LIKE name || '%' OR 'enero' LIKE name || '%' THEN '1'
    WHEN 'february' LIKE name || '%' OR 'febrero' LIKE name || '%' THEN '2'
    WHEN 'march' LIKE name || '%' OR 'marzo' LIKE name || '%' THEN '3'
    WHEN 'april' LIKE name || '%' OR 'abril' LIKE name || '%' THEN '4'
    WHEN 'may' LIKE name || '%' OR 'mayo' LIKE name || '%' THEN '5'
    WHEN 'june' LIKE name || '%' OR 'junio' LIKE name || '%' THEN '6'
    WHEN 'july' LIKE name || '%' OR 'julio' LIKE name || '%' THEN '7'
    WHEN 'august' LIKE name || '%' OR 'agosto' LIKE name || '%' THEN '8'
    WHEN 'september' LIKE name || '%' OR 'septiembre' LIKE name || '%' THEN '9'
    WHEN 'october' LIKE name || '%' OR 'octubre' LIKE name || '%' THEN '10'
    WHEN 'november' LIKE name || '%' OR 'noviembre' LIKE name || '%' THEN '11'
    WHEN 'december' LIKE name || '%' OR 'diciembre' LIKE name || '%' THEN '12'
  END AS m
FROM (
  -- 1 March 2016, 01-Mar-16, 1 de marzo de 2016.
  SELECT source_row, received, lowered, d, name, found(behind_name, '^([0-9]+)') AS y, behind(behind_name, '^[0-9]+') AS lowered_rest
  FROM (
    SELECT source_row, received, lowered, d, found(behind_day, '^([a-z]+)') AS name,
      behind(behind_day, '^[a-z]+([ /.,-]+(de +)?(del +)?(of +)?)?') AS behind_name
    FROM (
      SELECT source_row, received, lowered, found(lowered, '^([0-9]+)') AS d,
        behind(lowered, '^[0-9]+((st|nd|rd|th)[ /.,-]+|[º°]+[ /.,-]*|[ /.,-]*)(de +)?(del +)?(of +)?') AS behind_day
      FROM day_texts
      WHERE fits(lowered, '^[0-9]{1,2}[^0-9]+[0-9]')
    ) day_first
  ) day_and_name
  UNION ALL
  -- Mar 1, 2016, March 1st 2016, marzo 1 de 2016.
  SELECT source_row, received, lowered, d, name, found(behind_day, '^([0-9]+)') AS y, behind(behind_day, '^[0-9]+') AS lowered_rest
  FROM (
    SELECT source_row, received, lowered, name, found(behind_name, '^([0-9]+)') AS d,
      behind(behind_name, '^[0-9]+((st|nd|rd|th)[ /.,-]+|[º°]*[ /.,-]+|[º°]*)(de +)?(del +)?(of +)?') AS behind_day
    FROM (
      SELECT source_row, received, lowered, found(lowered, '^([a-z]+)') AS name,
        behind(lowered, '^[a-z]+([ /.,-]+(de +)?(del +)?(of +)?)?') AS behind_name
      FROM day_texts
      WHERE fits(lowered, '^[a-z]{3}')
    ) name_first
    WHERE fits(behind_name, '^[0-9]{1,2}((st|nd|rd|th)[ /.,-]|[º°]*([ /.,-]|de |del |of ))')
  ) name_and_day
  UNION ALL
  -- 2016-Mar-01.
  SELECT source_row, received, lowered, found(behind_name, '^([0-9]+)') AS d, found(lowered, '^[0-9]{4}[-/.]([a-z]+)') AS name,
    substr(lowered, 1, 4) AS y, behind(behind_name, '^[0-9]+') AS lowered_rest
  FROM (
    SELECT source_row, received, lowered, behind(lowered, '^[0-9]{4}[-/.][a-z]+[-/.]') AS behind_name
    FROM day_texts
    WHERE fits(lowered, '^[0-9]{4}(-[a-z]+-|/[a-z]+/|[.][a-z]+[.])[0-9]')
  ) year_first
) names
WHERE length(d) IN (1, 2) AND length(y) IN (2, 4);

DROP TABLE IF EXISTS dated_rows;
CREATE TABLE dated_rows AS
SELECT source_row, received_day
FROM (
  SELECT source_row, replace(replace(rest, '[', '('), ']', ')') AS rest,
    CASE WHEN year_text BETWEEN '1900' AND '2199' THEN day_of(year_text || '-' || lpad(m, 2, '0') || '-' || lpad(d, 2, '0')) END AS received_day
  FROM (
    SELECT source_row, m, d, rest,
      CASE WHEN length(y) = 2 AND y < '69' THEN '20' || y WHEN length(y) = 2 THEN '19' || y ELSE y END AS year_text
    FROM (
      SELECT source_row, y, m, d, rest FROM numbered_days
      UNION ALL
      SELECT source_row, y, m, d, rest FROM named_days WHERE m IS NOT NULL
    ) written
  ) years
) days
WHERE received_day IS NOT NULL
  AND CASE
    WHEN fits(rest, '^[ ,]*$') THEN TRUE
    -- a.m. or p.m.
    WHEN fits(rest, '[0-9] *[AaPp]([.] *| )?[Mm][.]?([^A-Za-z0-9]|$)') THEN
      fits(rest, '^([ ,]*([Tt]|[Aa][Tt] |[Aa] [Ll][Aa][Ss] |@|:)|[ ,]+(- )?) *(0?[1-9]|1[0-2])(:[0-5][0-9](:([0-5][0-9]|60))?)?([.,][0-9]+)? *[AaPp]([.] *| )?[Mm][.]? *([A-Z]{1,5}|[(]?[A-Za-z ]* Time[)]?|[A-Za-z_]+/[A-Za-z0-9_+/-]+|(Z|z|GMT|UTC?)? *([+−-][0-9]{1,2}(:?[0-5][0-9])?)? *([(].*[)])?)$')
    ELSE
      fits(rest, '^([ ,]*([Tt]|[Aa][Tt] |[Aa] [Ll][Aa][Ss] |@|:)|[ ,]+(- )?) *(([01]?[0-9]|2[0-3]):[0-5][0-9](:([0-5][0-9]|60))?|24:00(:00)?)([.,][0-9]+)? *([A-Z]{1,5}|[(]?[A-Za-z ]* Time[)]?|[A-Za-z_]+/[A-Za-z0-9_+/-]+|([AECMPHS]K?[SD]T|CHST) *([(].*[)])?|(Z|z|GMT|UTC?)([+−-]([0-9]|([01][0-9]|2[0-3])(:?[0-5][0-9])?))? *([(].*[)])?|([+−-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)? *([(].*[)])?)$')
      OR fits(rest, '^[ ,]*[Tt] *(([01][0-9]|2[0-3])[0-5][0-9](([0-5][0-9]|60))?|2400(00)?)([.,][0-9]+)? *([A-Z]{1,5}|(Z|z|GMT|UTC?)?([+−-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)? *([(].*[)])?)$')
  END;

-- 3. What each distinct cell of a group or of venues mentions, and how often, according to the program.

DROP TABLE IF EXISTS cell_mentions;
CREATE TABLE cell_mentions AS
SELECT g.column_name, g.cell, i.list, i.key, CAST(i.substantive AS INTEGER) AS substantive, CAST(i.times AS INTEGER) AS times
FROM given_cells g JOIN interpreted i ON i.cell_key = g.cell_key;

-- 4. Which rows are signals. Rows whose places make no sense aren't in located. If rows have the same signal_id,
-- the first one by source_row counts. An id in scientific notation has lost digits.

DROP TABLE IF EXISTS accepted;
CREATE TABLE accepted AS
SELECT r.source_row, r.signal_id, d.received_day, r.place_key, r.synthetic,
  CASE WHEN r.case_id = '' OR fits(r.case_id, '^0+([.]0*)?$')
         OR lower(r.case_id) IN ('no', 'no case', 'no case id', 'no case number', 'no case opened', 'not a case', 'not applicable', 'nocase')
    THEN NULL ELSE r.case_id END AS known_case,
  row_number() OVER (PARTITION BY r.signal_id ORDER BY r.source_row) AS occurrence
FROM said_rows r
JOIN dated_rows d ON d.source_row = r.source_row
JOIN (SELECT DISTINCT place_key FROM located) l ON l.place_key = r.place_key
WHERE r.signal_id <> ''
  AND NOT fits(r.signal_id, '^[0-9]+([.,][0-9]+)?[eE][+][0-9]{1,3}$')
  AND NOT fits(r.case_id, '^[0-9]+([.,][0-9]+)?[eE][+][0-9]{1,3}$');

-- 5. Signals, with what they mention and where they are.

DROP TABLE IF EXISTS signal_mentions;
CREATE TABLE signal_mentions AS
SELECT a.source_row, m.list, m.key, m.substantive, m.times
FROM accepted a
JOIN cells c ON c.source_row = a.source_row
JOIN cell_mentions m ON m.column_name = c.column_name AND m.cell = c.cell
WHERE a.occurrence = 1;

-- A missing or unknown call type is substantive, and is counted under no type.
DROP TABLE IF EXISTS typed;
CREATE TABLE typed AS
SELECT a.source_row, a.received_day, a.known_case, a.place_key,
  coalesce(said_types.substantive, 1) AS substantive
FROM accepted a LEFT JOIN (
  SELECT m.source_row, min(m.substantive) AS substantive
  FROM signal_mentions m JOIN counted_groups g ON g.key = m.list AND g.calls = 1
  GROUP BY m.source_row
) said_types ON said_types.source_row = a.source_row
WHERE a.occurrence = 1;

-- A signal is in a state if one of its locations is there or, if it has no location, if the caller is there.
DROP TABLE IF EXISTS states_of_places;
CREATE TABLE states_of_places AS
SELECT DISTINCT place_key, state AS code FROM located WHERE state <> ''
UNION ALL
SELECT place_key, max(caller_state) FROM located GROUP BY place_key HAVING max(state) = '' AND max(caller_state) <> '';

DROP TABLE IF EXISTS signal_areas;
CREATE TABLE signal_areas AS
SELECT DISTINCT t.source_row, areas.area
FROM typed t JOIN states_of_places s ON s.place_key = t.place_key JOIN areas ON areas.code = s.code;

-- 6. Cases. A case has the date of its earliest signal. A non-substantive signal neither creates nor changes a case.

DROP TABLE IF EXISTS telling;
CREATE TABLE telling AS
SELECT source_row, received_day, known_case, place_key FROM typed WHERE substantive = 1 AND known_case IS NOT NULL;

DROP TABLE IF EXISTS cases;
CREATE TABLE cases AS SELECT known_case, min(received_day) AS case_day FROM telling GROUP BY known_case;

DROP TABLE IF EXISTS case_areas;
CREATE TABLE case_areas AS
SELECT DISTINCT t.known_case, areas.area
FROM telling t JOIN located l ON l.place_key = t.place_key JOIN areas ON areas.code = l.state;

-- Requested cases, and the sheets that request them.
DROP TABLE IF EXISTS case_scopes;
CREATE TABLE case_scopes AS
SELECT c.known_case, a.period_from, a.period_to, a.year, a.unit,
  CASE WHEN c.case_day >= a.first_day AND c.case_day < a.end_day THEN 1 ELSE 0 END AS in_period,
  CASE WHEN c.case_day >= a.year_first_day AND c.case_day < a.year_end_day THEN 1 ELSE 0 END AS in_year
FROM cases c JOIN asked a
  ON c.case_day >= a.first_day AND c.case_day < a.end_day
  OR c.case_day >= a.year_first_day AND c.case_day < a.year_end_day;

-- A case counts once for each category that it mentions. If victims are counted, each mention of a category
-- of victims counts.
DROP TABLE IF EXISTS case_mentions;
CREATE TABLE case_mentions AS
SELECT t.known_case, m.list, m.key, g.over_time, g.victims, sum(m.times) AS times
FROM telling t JOIN signal_mentions m ON m.source_row = t.source_row
JOIN counted_groups g ON g.key = m.list AND g.counts = 'cases'
GROUP BY t.known_case, m.list, m.key, g.over_time, g.victims;

-- A group that no signal or case says anything about is unknown, not 0, and is left out of the table. If there
-- are no cases at all, each group of cases is 0.
DROP TABLE IF EXISTS known_groups;
CREATE TABLE known_groups AS
SELECT DISTINCT key FROM (
  SELECT list AS key FROM case_mentions
  UNION ALL
  SELECT m.list FROM signal_mentions m JOIN counted_groups g ON g.key = m.list AND g.counts = 'signals'
  UNION ALL
  SELECT g.key FROM counted_groups g CROSS JOIN (SELECT count(*) AS n FROM cases) c WHERE g.counts = 'cases' AND c.n = 0
) said_groups;

DROP TABLE IF EXISTS known_signal_groups;
CREATE TABLE known_signal_groups AS
SELECT count(*) AS n FROM known_groups k JOIN counted_groups g ON g.key = k.key WHERE g.counts = 'signals';

-- 7. The numbers.

DROP TABLE IF EXISTS present;
CREATE TABLE present AS
SELECT DISTINCT area FROM (SELECT area FROM signal_areas UNION ALL SELECT area FROM case_areas) either_way;

DROP TABLE IF EXISTS case_counts;
CREATE TABLE case_counts AS
SELECT s.area, c.period_from, c.period_to, c.year, c.unit, sum(c.in_period) AS in_period, sum(c.in_year) AS in_year
FROM case_areas s JOIN case_scopes c ON c.known_case = s.known_case
GROUP BY s.area, c.period_from, c.period_to, c.year, c.unit;

DROP TABLE IF EXISTS mention_counts;
CREATE TABLE mention_counts AS
SELECT s.area, c.period_from, c.period_to, c.year, c.unit, m.list, m.key,
  sum(CASE WHEN m.over_time = 'period' AND c.in_period = 0 OR m.over_time = 'year' AND c.in_year = 0 THEN 0
    WHEN c.unit = 'victims' AND m.victims = 1 THEN m.times ELSE 1 END) AS n
FROM case_areas s JOIN case_scopes c ON c.known_case = s.known_case
JOIN case_mentions m ON m.known_case = s.known_case
GROUP BY s.area, c.period_from, c.period_to, c.year, c.unit, m.list, m.key;

-- Signals by day first: there are fewer days and categories than signals.
DROP TABLE IF EXISTS signal_days;
CREATE TABLE signal_days AS
SELECT a.area, t.received_day, m.list, m.key, g.over_time, count(*) AS n
FROM typed t JOIN signal_areas a ON a.source_row = t.source_row
JOIN signal_mentions m ON m.source_row = t.source_row
JOIN counted_groups g ON g.key = m.list AND g.counts = 'signals'
WHERE t.substantive = 1
GROUP BY a.area, t.received_day, m.list, m.key, g.over_time
UNION ALL
SELECT a.area, t.received_day, g.key, 'non_substantive', 'year', count(*)
FROM typed t JOIN signal_areas a ON a.source_row = t.source_row
CROSS JOIN counted_groups g
WHERE t.substantive = 0 AND g.calls = 1
GROUP BY a.area, t.received_day, g.key
UNION ALL
-- Where the data name no category of any signal, all signals are counted.
SELECT a.area, t.received_day, g.key, 'uncategorized', 'year', count(*)
FROM typed t JOIN signal_areas a ON a.source_row = t.source_row
CROSS JOIN counted_groups g CROSS JOIN known_signal_groups k
WHERE t.substantive = 1 AND g.calls = 1 AND k.n = 0
GROUP BY a.area, t.received_day, g.key;

DROP TABLE IF EXISTS signal_counts;
CREATE TABLE signal_counts AS
SELECT d.area, a.period_from, a.period_to, a.year, a.unit, d.list, d.key, sum(d.n) AS n
FROM signal_days d JOIN asked a
  ON d.over_time = 'year' AND d.received_day >= a.year_first_day AND d.received_day < a.year_end_day
  OR d.over_time = 'period' AND d.received_day >= a.first_day AND d.received_day < a.end_day
GROUP BY d.area, a.period_from, a.period_to, a.year, a.unit, d.list, d.key;

-- 8. The ledger. A row is in an area if it or its case is. It is used if its own day is in the period or the
-- year, or if the day of its case is and the case is in the area.

DROP TABLE IF EXISTS row_areas;
CREATE TABLE row_areas AS
SELECT source_row, area, received_day, max(case_day) AS case_day
FROM (
  SELECT a.source_row, a.area, t.received_day, CAST(NULL AS DATE) AS case_day
  FROM signal_areas a JOIN typed t ON t.source_row = a.source_row
  UNION ALL
  SELECT t.source_row, s.area, t.received_day, c.case_day
  FROM typed t JOIN cases c ON c.known_case = t.known_case JOIN case_areas s ON s.known_case = t.known_case
) either_way
GROUP BY source_row, area, received_day;

DROP TABLE IF EXISTS used_rows;
CREATE TABLE used_rows AS
SELECT r.area, a.period_from, a.period_to, a.year, a.unit, count(*) AS n_area,
  sum(CASE WHEN r.received_day >= a.first_day AND r.received_day < a.end_day
    OR r.received_day >= a.year_first_day AND r.received_day < a.year_end_day
    OR r.case_day >= a.first_day AND r.case_day < a.end_day
    OR r.case_day >= a.year_first_day AND r.case_day < a.year_end_day THEN 1 ELSE 0 END) AS n_used
FROM row_areas r CROSS JOIN asked a
GROUP BY r.area, a.period_from, a.period_to, a.year, a.unit;

DROP TABLE IF EXISTS row_counts;
CREATE TABLE row_counts AS
SELECT read_rows.n + unread.lines AS n_read, accepted_rows.n AS n_accepted, accepted_rows.n_unique, accepted_rows.n_synthetic
FROM (SELECT count(*) AS n FROM said_rows) read_rows
CROSS JOIN unread
CROSS JOIN (
  SELECT count(*) AS n, coalesce(sum(CASE WHEN occurrence = 1 THEN 1 ELSE 0 END), 0) AS n_unique,
    -- Everything except a plain "no": made-up data must never look real.
    coalesce(sum(CASE WHEN synthetic IN ('', '0', '0.0', 'n', 'no', 'false', 'f', 'off', 'unchecked', 'not checked',
      'unselected', 'not selected', 'falso', '☐', '✗', '✘', '❌') THEN 0 ELSE 1 END), 0) AS n_synthetic
  FROM accepted
) accepted_rows;

-- The month of the last signal in the period or the year, from anywhere.
DROP TABLE IF EXISTS last_months;
CREATE TABLE last_months AS
SELECT last_days.period_from, last_days.period_to, last_days.year, last_days.unit, months.month_name
FROM (
  SELECT a.period_from, a.period_to, a.year, a.unit, max(t.received_day) AS last_day
  FROM (SELECT DISTINCT received_day FROM typed) t JOIN asked a
    ON t.received_day >= a.first_day AND t.received_day < a.end_day
    OR t.received_day >= a.year_first_day AND t.received_day < a.year_end_day
  GROUP BY a.period_from, a.period_to, a.year, a.unit
) last_days
JOIN months ON months.first_day <= last_days.last_day
JOIN months next_months ON next_months.month_number = months.month_number + 1 AND next_months.first_day > last_days.last_day;

-- 9. The table. Every area that the data mention gets every category, with 0 if there are none.

DROP TABLE IF EXISTS category_keys;
CREATE TABLE category_keys AS
SELECT t.list, t.key, g.counts
FROM categories t JOIN counted_groups g ON g.key = t.list JOIN known_groups kg ON kg.key = g.key
WHERE t.substantive = 1;

DROP TABLE IF EXISTS wanted;
CREATE TABLE wanted AS SELECT area, period_from, period_to, year, unit FROM present CROSS JOIN asked;

DROP TABLE IF EXISTS figures;
CREATE TABLE figures AS
SELECT w.area, w.period_from, w.period_to, w.year, 'cases' AS figure, 'period' AS category, coalesce(c.in_period, 0) AS n
FROM wanted w LEFT JOIN case_counts c
  ON c.area = w.area AND c.period_from = w.period_from AND c.period_to = w.period_to AND c.year = w.year AND c.unit = w.unit
UNION ALL
SELECT w.area, w.period_from, w.period_to, w.year, 'cases', 'year', coalesce(c.in_year, 0)
FROM wanted w LEFT JOIN case_counts c
  ON c.area = w.area AND c.period_from = w.period_from AND c.period_to = w.period_to AND c.year = w.year AND c.unit = w.unit
UNION ALL
SELECT w.area, w.period_from, w.period_to, w.year, k.list, k.key, coalesce(m.n, 0)
FROM wanted w CROSS JOIN category_keys k
LEFT JOIN mention_counts m
  ON m.area = w.area AND m.period_from = w.period_from AND m.period_to = w.period_to AND m.year = w.year AND m.unit = w.unit
 AND m.list = k.list AND m.key = k.key
WHERE k.counts = 'cases'
UNION ALL
SELECT w.area, w.period_from, w.period_to, w.year, k.list, k.key, coalesce(s.n, 0)
FROM wanted w CROSS JOIN category_keys k
LEFT JOIN signal_counts s
  ON s.area = w.area AND s.period_from = w.period_from AND s.period_to = w.period_to AND s.year = w.year AND s.unit = w.unit
 AND s.list = k.list AND s.key = k.key
WHERE k.counts = 'signals'
UNION ALL
SELECT w.area, w.period_from, w.period_to, w.year, g.key, 'total', coalesce(sum(s.n), 0)
FROM wanted w CROSS JOIN counted_groups g JOIN known_groups kg ON kg.key = g.key
LEFT JOIN signal_counts s
  ON s.area = w.area AND s.period_from = w.period_from AND s.period_to = w.period_to AND s.year = w.year AND s.unit = w.unit
 AND s.list = g.key AND s.key <> 'non_substantive'
WHERE g.total = 1
GROUP BY w.area, w.period_from, w.period_to, w.year, g.key
UNION ALL
SELECT w.area, w.period_from, w.period_to, w.year, g.key, 'total', coalesce(s.n, 0)
FROM wanted w CROSS JOIN counted_groups g CROSS JOIN known_signal_groups k
LEFT JOIN signal_counts s
  ON s.area = w.area AND s.period_from = w.period_from AND s.period_to = w.period_to AND s.year = w.year AND s.unit = w.unit
 AND s.list = g.key AND s.key = 'uncategorized'
WHERE g.calls = 1 AND k.n = 0
UNION ALL
SELECT w.area, w.period_from, w.period_to, w.year, g.key, 'non_substantive', coalesce(s.n, 0)
FROM wanted w CROSS JOIN counted_groups g JOIN known_groups kg ON kg.key = g.key
LEFT JOIN signal_counts s
  ON s.area = w.area AND s.period_from = w.period_from AND s.period_to = w.period_to AND s.year = w.year AND s.unit = w.unit
 AND s.list = g.key AND s.key = 'non_substantive'
WHERE g.calls = 1
UNION ALL
SELECT area, period_from, period_to, year, 'ledger', 'rows_read', n_read FROM used_rows CROSS JOIN row_counts
UNION ALL
SELECT area, period_from, period_to, year, 'ledger', 'used', n_used FROM used_rows
UNION ALL
SELECT area, period_from, period_to, year, 'ledger', 'outside_period', n_area - n_used FROM used_rows
UNION ALL
SELECT area, period_from, period_to, year, 'ledger', 'other_state', n_unique - n_area FROM used_rows CROSS JOIN row_counts
UNION ALL
SELECT area, period_from, period_to, year, 'ledger', 'duplicate', n_accepted - n_unique FROM used_rows CROSS JOIN row_counts
UNION ALL
SELECT area, period_from, period_to, year, 'ledger', 'rejected', n_read - n_accepted FROM used_rows CROSS JOIN row_counts;

-- The table to write as CSV with a header. The last column marks numbers from made-up data.
DROP TABLE IF EXISTS totals;
CREATE TABLE totals AS
SELECT t.area AS state, t.period_from, t.period_to, t.year, t.figure, t.category, t.number_text AS count,
  s.year_starts,
  CASE WHEN r.n_synthetic > 0 THEN 'SYNTHETIC SAMPLE DATA – NOT REAL' ELSE '' END AS marking
FROM (
  SELECT area, period_from, period_to, year, figure, category, text_of(CAST(n AS BIGINT)) AS number_text FROM figures
  UNION ALL
  SELECT w.area, w.period_from, w.period_to, w.year, 'data', 'through', l.month_name
  FROM wanted w JOIN last_months l
    ON l.period_from = w.period_from AND l.period_to = w.period_to AND l.year = w.year AND l.unit = w.unit
) t
CROSS JOIN row_counts r CROSS JOIN (SELECT max(year_starts) AS year_starts FROM parameters) s;

-- 10. The table of places: cases by all their places, by year. If a public point has fewer cases than min_cell,
-- they move to the next larger one: from a ZIP code to its city, from a city to its county. A county with fewer
-- is left out.

DROP TABLE IF EXISTS map_limit;
CREATE TABLE map_limit AS SELECT max(min_cell) AS min_cell FROM parameters;

DROP TABLE IF EXISTS map_years;
CREATE TABLE map_years AS SELECT DISTINCT year, year_first_day, year_end_day FROM asked;

DROP TABLE IF EXISTS case_points;
CREATE TABLE case_points AS
SELECT DISTINCT t.known_case, y.year, l.state, l.zip, l.city, l.county
FROM telling t
JOIN cases c ON c.known_case = t.known_case
JOIN map_years y ON c.case_day >= y.year_first_day AND c.case_day < y.year_end_day
JOIN located l ON l.place_key = t.place_key
WHERE l.county <> '';

-- One row if the data say where any case is, or if there are no cases. Otherwise no row, and then no table of places.
DROP TABLE IF EXISTS placed_cases;
CREATE TABLE placed_cases AS
SELECT t.n_placed
FROM (SELECT count(*) AS n FROM cases) c
CROSS JOIN (
  SELECT count(*) AS n_placed FROM telling t JOIN located l ON l.place_key = t.place_key WHERE l.county <> ''
) t
WHERE c.n = 0 OR t.n_placed > 0;

DROP TABLE IF EXISTS large_zips;
CREATE TABLE large_zips AS
SELECT p.year, p.state, p.zip FROM case_points p CROSS JOIN map_limit m
WHERE p.zip <> ''
GROUP BY p.year, p.state, p.zip, m.min_cell HAVING count(DISTINCT p.known_case) >= m.min_cell;

DROP TABLE IF EXISTS city_points;
CREATE TABLE city_points AS
SELECT DISTINCT p.known_case, p.year, p.state, coalesce(z.zip, '') AS zip,
  CASE WHEN z.zip IS NULL THEN p.city ELSE '' END AS city, CASE WHEN z.zip IS NULL THEN p.county ELSE '' END AS county
FROM case_points p LEFT JOIN large_zips z ON z.year = p.year AND z.state = p.state AND z.zip = p.zip;

DROP TABLE IF EXISTS large_cities;
CREATE TABLE large_cities AS
SELECT p.year, p.state, p.city FROM city_points p CROSS JOIN map_limit m
WHERE p.city <> ''
GROUP BY p.year, p.state, p.city, m.min_cell HAVING count(DISTINCT p.known_case) >= m.min_cell;

DROP TABLE IF EXISTS county_points;
CREATE TABLE county_points AS
SELECT DISTINCT p.known_case, p.year, p.state, p.zip, coalesce(c.city, '') AS city,
  CASE WHEN c.city IS NULL THEN p.county ELSE '' END AS county
FROM city_points p LEFT JOIN large_cities c ON c.year = p.year AND c.state = p.state AND c.city = p.city;

DROP TABLE IF EXISTS large_counties;
CREATE TABLE large_counties AS
SELECT p.year, p.state, p.county FROM county_points p CROSS JOIN map_limit m
WHERE p.county <> ''
GROUP BY p.year, p.state, p.county, m.min_cell HAVING count(DISTINCT p.known_case) >= m.min_cell;

DROP TABLE IF EXISTS drawn_cases;
CREATE TABLE drawn_cases AS
SELECT known_case, year, state, list_of(array_agg(place)) AS place
FROM (
  SELECT DISTINCT p.known_case, p.year, p.state, CASE WHEN p.zip <> '' THEN p.zip WHEN p.city <> '' THEN p.city ELSE p.county END AS place
  FROM county_points p LEFT JOIN large_counties c ON c.year = p.year AND c.state = p.state AND c.county = p.county
  WHERE p.zip <> '' OR p.city <> '' OR c.county IS NOT NULL
) points
GROUP BY known_case, year, state;

-- Cases that the map doesn't show have a row without a place. They show that a year has no places.
DROP TABLE IF EXISTS places;
CREATE TABLE places AS
SELECT state, year, place, count(*) AS cases FROM drawn_cases GROUP BY state, year, place
UNION ALL
SELECT n.area, n.year, '', n.n_cases - coalesce(d.n_drawn, 0)
FROM (
  SELECT p.area, y.year, coalesce(max(c.in_year), 0) AS n_cases
  FROM present p CROSS JOIN map_years y LEFT JOIN case_counts c ON c.area = p.area AND c.year = y.year
  GROUP BY p.area, y.year
) n
JOIN (SELECT DISTINCT area, code FROM areas) s ON s.area = n.area AND s.code = n.area
CROSS JOIN placed_cases e
LEFT JOIN (SELECT state, year, count(*) AS n_drawn FROM drawn_cases GROUP BY state, year) d ON d.state = n.area AND d.year = n.year;
