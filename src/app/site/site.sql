-- @one site_value(name text) open "settings of the installation, nothing of a person"
SELECT value FROM site WHERE name = $name;

-- @exec site_set(name text, value text) open "settings of the installation, nothing of a person"
INSERT INTO site (name, value) VALUES ($name, $value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- @exec request_sweep(before int) open "answers to requests that nobody will repeat"
DELETE FROM request WHERE at < $before;

-- @exec job_sweep(before int) open "jobs that ended long ago"
DELETE FROM job WHERE state = 'done' AND due < $before;
