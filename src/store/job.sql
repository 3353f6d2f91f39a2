-- @one job_due(now int) open "the runner of jobs belongs to nobody"
SELECT id, kind, args, position, done, total, due, tries FROM job
WHERE state = 'open' AND due <= $now AND leased < $now ORDER BY due, id LIMIT 1;

-- @exec job_add(id int, kind text, args text, due int) open "the runner of jobs belongs to nobody"
INSERT INTO job (id, kind, args, state, position, done, total, due, leased, tries, fault)
VALUES ($id, $kind, $args, 'open', '', 0, 0, $due, 0, 0, '');

-- @exec job_step(position text, done int, total int, id int) open "the runner of jobs belongs to nobody"
UPDATE job SET position = $position, done = $done, total = $total, tries = 0, fault = '' WHERE id = $id;

-- @exec job_end(state text, done int, id int) open "the runner of jobs belongs to nobody"
UPDATE job SET state = $state, done = $done WHERE id = $id;

-- @exec job_put_off(state text, due int, tries int, fault text, id int) open "the runner of jobs belongs to nobody"
UPDATE job SET state = $state, due = $due, tries = $tries, fault = $fault WHERE id = $id;

-- @one job_open_of(kind text) open "the runner of jobs belongs to nobody"
SELECT id, due FROM job WHERE kind = $kind AND state = 'open' ORDER BY due LIMIT 1;

-- @many job_list(n int) open "names of jobs and counts, nothing of a person"
SELECT id, kind, state, done, total, due, tries, fault FROM job ORDER BY id DESC LIMIT $n;
