-- @one site_value(name text) open "settings of the installation, nothing of a person"
SELECT value FROM site WHERE name = $name;

-- @exec site_set(name text, value text) open "settings of the installation, nothing of a person"
INSERT INTO site (name, value) VALUES ($name, $value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- @exec request_sweep(before int) open "answers to requests that nobody will repeat"
DELETE FROM request WHERE at < $before;

-- @exec job_sweep(before int) open "jobs that ended long ago"
DELETE FROM job WHERE state = 'done' AND due < $before;

-- @one site_counts(tenant int) open "numbers of rows, nothing of a person"
SELECT CAST((SELECT COUNT(*) FROM office WHERE tenant = $tenant AND closed = '') AS BIGINT) AS offices,
       CAST((SELECT COUNT(*) FROM account WHERE tenant = $tenant AND kind = 'staff' AND closed = '') AS BIGINT) AS accounts,
       CAST((SELECT COUNT(*) FROM person WHERE tenant = $tenant) AS BIGINT) AS people,
       CAST((SELECT COALESCE(MAX(seq), 0) FROM event WHERE tenant = $tenant) AS BIGINT) AS events,
       CAST((SELECT COALESCE(MAX(seq), 0) FROM look WHERE tenant = $tenant) AS BIGINT) AS looks;

-- @one site_schema(after text) open "which migrations the schema has been through"
SELECT name FROM migration WHERE name > $after ORDER BY name DESC LIMIT 1;

-- @many site_heads(tenant int) open "signatures over the ledger's heads, nothing of a person"
SELECT chain, seq, at FROM seal_head WHERE tenant = $tenant ORDER BY at DESC LIMIT 10;
