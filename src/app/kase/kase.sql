-- Cases. A row is reached by its reference (holding the work row, the office's divisions, being its applicant) or inside the
-- command that has checked who acts.

-- @many kase_answers(tenant int, kase int) ref
SELECT field, value, at FROM kase_answer WHERE tenant = $tenant AND kase = $kase ORDER BY field;

-- @many kase_turns(tenant int, kase int) ref
SELECT n, id, step, office_tenant, office, role, entered, due, wakes, spent, opened_at, done, act, actor, actor_person,
       actor_office, stands_for, decided_by, part, reason, undone
FROM kase_step WHERE tenant = $tenant AND kase = $kase ORDER BY n;

-- @many kase_papers(tenant int, kase int) ref
SELECT id, paper, state, due, added FROM kase_paper WHERE tenant = $tenant AND kase = $kase AND removed = 0 ORDER BY id;

-- @many kase_documents(tenant int, kase int) ref
SELECT id, kind, office, series, year, running, n, day, actor, voided FROM document
WHERE tenant = $tenant AND kase = $kase ORDER BY id;

-- @many kase_publicities(tenant int, kase int) ref
SELECT id, region, posted, last, on_web, name, closed FROM publicity WHERE tenant = $tenant AND kase = $kase ORDER BY id;

-- @many kase_objections(tenant int, kase int) ref
SELECT id, publicity, at, who, phone, text FROM objection WHERE tenant = $tenant AND kase = $kase ORDER BY id;

-- @many kase_assessments(tenant int, kase int) ref
SELECT id, office, meets, category, level, assessed_on, doctor, second, recorded_by, flags FROM assessment
WHERE tenant = $tenant AND kase = $kase ORDER BY id;

-- @one kase_head(tenant int, id int) ref
SELECT service, sha256, number, state, turn, step, outcome, region, person_tenant, person, key_tenant, key_id, name, asks_as,
       filed_tenant, filed_by, channel, warnings, remade_from, opened, submitted, accepted, ended
FROM kase WHERE tenant = $tenant AND id = $id;

-- Other running cases of the applicant for the same service.
-- @many kase_running(tenant int, person int, service text) ref
SELECT id, number FROM kase
WHERE tenant = $tenant AND person = $person AND service = $service AND state IN (2, 3) ORDER BY id;

-- Grows with everything that is published and that a house is read from; nothing of it is ever removed.
-- @one kase_house_stamp() open "counts of what is the same for all"
SELECT CAST((SELECT count(*) FROM definition WHERE published_at <> 0) + (SELECT count(*) FROM calendar_year) AS BIGINT) AS stamp;

-- @many kases_filed(tenant int, account int) self
SELECT k.tenant, k.id, k.service, k.sha256, k.number, k.state, k.turn, k.step, k.outcome, k.name, k.opened, k.submitted, k.ended
FROM filing f JOIN kase k ON k.tenant = f.kase_tenant AND k.id = f.id
WHERE f.tenant = $tenant AND f.account = $account ORDER BY f.id DESC LIMIT 100;

-- @many kases_about(tenant int, person int) self
SELECT tenant, id, service, sha256, number, state, turn, step, outcome, name, opened, submitted, ended
FROM kase WHERE tenant = $tenant AND person = $person AND person <> 0 ORDER BY id DESC LIMIT 100;

-- @one kase_by_running(tenant int, year int, running int) map
SELECT id, number FROM kase WHERE tenant = $tenant AND year = $year AND running = $running;

-- Is, or was, this case work of that office?
-- @many kase_held(tenant int, office int, subject_tenant int, subject int) office
SELECT id FROM work
WHERE tenant = $tenant AND subject = $subject AND subject_tenant = $subject_tenant AND office = $office LIMIT 1;

-- @one kase_in_scope(tenant int, id int) scope(region)
SELECT region FROM kase WHERE tenant = $tenant AND id = $id AND region >= $lo AND region < $hi;

-- @many work_todo(tenant int, office int, due text, id int, n int) office
SELECT id, due, role, kind, service, region, name, subject_tenant, subject, n, entered FROM work
WHERE tenant = $tenant AND office = $office AND open = 1 AND (due > $due OR (due = $due AND id > $id))
ORDER BY due, id LIMIT $n;

-- Two who act at once: the second changes no row.
-- @exec work_close(tenant int, id int) office
UPDATE work SET open = 0 WHERE tenant = $tenant AND id = $id AND open = 1;

-- @many work_waking(today text, n int) open "the program's own clock, over all offices"
SELECT subject_tenant, subject, n FROM work WHERE open = 1 AND wakes <> '' AND wakes < $today ORDER BY wakes, id LIMIT $n;

-- @one series_next(tenant int, office int, series text, year int) office
INSERT INTO number_series (tenant, office, series, year, last) VALUES ($tenant, $office, $series, $year, 1)
ON CONFLICT (tenant, office, series, year) DO UPDATE SET last = number_series.last + 1
RETURNING CAST(last AS BIGINT) AS last;

-- @many offices_open(tenant int) office
SELECT id, kind, level, region, name, phone FROM office WHERE tenant = $tenant AND closed = '' ORDER BY id;

-- @many kase_office_areas(tenant int, office int) office
SELECT lo, hi FROM office_area WHERE tenant = $tenant AND office = $office AND closed = '' ORDER BY lo;

-- @one kase_person_by_index(idx text) map
SELECT tenant, person FROM idmap WHERE idx = $idx;

-- @one kase_register_row(tenant int, person int) ref
SELECT name, born, sex, ethnic, died FROM person WHERE tenant = $tenant AND id = $person;

-- @many kase_register_certificates(tenant int, person int) ref
SELECT id, category, level, status, issued, expires FROM certificate
WHERE tenant = $tenant AND person = $person ORDER BY id DESC;

-- @many kase_register_facts(tenant int, person int, today text) ref
SELECT field, value FROM fact
WHERE tenant = $tenant AND person = $person AND superseded_at = 0 AND valid_from <= $today
  AND (valid_to = '' OR valid_to >= $today) ORDER BY field, id;

-- Notices that may be seen on the web today.
-- @many notices_on_web(tenant int, today text) open "what is public by law, and nothing else of it"
SELECT id, kase, region, name, posted, last FROM publicity
WHERE tenant = $tenant AND on_web = 1 AND last >= $today AND closed = '' ORDER BY last, id LIMIT 500;
