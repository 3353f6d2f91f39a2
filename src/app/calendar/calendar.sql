-- Working days are public and the same for everybody: what is read here is "open".

-- @many calendar_open_days() open "working days are public"
SELECT d.year, d.day, d.working, d.note FROM calendar_day d
JOIN calendar_year y ON y.year = d.year AND y.edition = d.edition
WHERE y.closed = '' ORDER BY d.day, d.year;

-- @many calendar_all_years() open "working days are public"
SELECT y.year, y.edition, y.source, y.closed,
	CAST((SELECT count(*) FROM calendar_day d WHERE d.year = y.year AND d.edition = y.edition AND d.working = 0) AS BIGINT) AS off,
	CAST((SELECT count(*) FROM calendar_day d WHERE d.year = y.year AND d.edition = y.edition AND d.working = 1) AS BIGINT) AS worked
FROM calendar_year y ORDER BY y.year DESC, y.edition DESC;

-- @many calendar_editions_of(year int) open "working days are public"
SELECT year, edition, source, closed FROM calendar_year WHERE year = $year ORDER BY edition;
