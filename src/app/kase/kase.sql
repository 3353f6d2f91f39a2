-- Cases. A row is reached by its reference (holding the work row, the office's divisions, being its applicant) or inside the
-- command that has checked who acts.

-- @many kase_answers(tenant int, kase int) ref
SELECT field, value, at, source FROM kase_answer WHERE tenant = $tenant AND kase = $kase ORDER BY field;

-- @many kase_turns(tenant int, kase int) ref
SELECT n, id, step, office_tenant, office, role, entered, due, wakes, spent, opened_at, done, act, actor, actor_person,
       actor_office, stands_for, decided_by, part, reason, undone
FROM kase_step WHERE tenant = $tenant AND kase = $kase ORDER BY n;

-- @many kase_papers(tenant int, kase int) ref
SELECT id, paper, state, due, added FROM kase_paper WHERE tenant = $tenant AND kase = $kase AND removed = 0 ORDER BY id;

-- @many kase_scans(tenant int, person int, kase int) ref
SELECT id, kind, type, size, file, added FROM paper
WHERE tenant = $tenant AND person = $person AND kase = $kase AND removed = 0 ORDER BY id;

-- @many kase_documents(tenant int, kase int) ref
SELECT id, kind, office, series, year, running, n, day, actor, voided FROM document
WHERE tenant = $tenant AND kase = $kase ORDER BY id;

-- @many kase_publicities(tenant int, kase int) ref
SELECT id, region, posted, last, on_web, name, closed FROM publicity WHERE tenant = $tenant AND kase = $kase ORDER BY id;

-- @many kase_objections(tenant int, kase int) ref
SELECT id, publicity, at, who, phone, text, actor FROM objection WHERE tenant = $tenant AND kase = $kase ORDER BY id;

-- @many kase_assessments(tenant int, kase int) ref
SELECT id, office, meets, category, level, assessed_on, doctor, second, recorded_by, flags FROM assessment
WHERE tenant = $tenant AND kase = $kase ORDER BY id;

-- @one kase_head(tenant int, id int) ref
SELECT service, line, sha256, number, state, turn, step, outcome, region, person_tenant, person, key_tenant, key_id, name, asks_as,
       filed_tenant, filed_by, filed_office, channel, warnings, remade_from, opened, submitted, accepted, ended
FROM kase WHERE tenant = $tenant AND id = $id;

-- Other running cases of the applicant for the same service.
-- @many kase_running(tenant int, person int, service text) ref
SELECT id, number FROM kase
WHERE tenant = $tenant AND person = $person AND service = $service AND state IN (2, 3) ORDER BY id;

-- Grows with everything that is published, and has begun, and that a house is read from; nothing of it is ever removed.
-- @one kase_house_stamp(today text) ahead open "counts of what is the same for all"
SELECT CAST((SELECT count(*) FROM definition WHERE published_at <> 0 AND valid_from <= $today) + (SELECT count(*) FROM calendar_year) AS BIGINT) AS stamp;

-- @many kases_filed(tenant int, account int) self
SELECT k.tenant, k.id, k.service, k.sha256, k.number, k.state, k.turn, k.step, k.outcome, k.name, k.opened, k.submitted, k.ended,
       k.person_tenant, k.person
FROM filing f JOIN kase k ON k.tenant = f.kase_tenant AND k.id = f.id
WHERE f.tenant = $tenant AND f.account = $account ORDER BY f.id DESC LIMIT 100;

-- His own, or of a record that is seen; each is then asked for with kase_see.
-- @many kases_about(tenant int, person int) ahead ref
SELECT tenant, id, service, sha256, number, state, turn, step, outcome, name, opened, submitted, ended, person_tenant, person
FROM kase WHERE tenant = $tenant AND person = $person AND person <> 0 ORDER BY id DESC LIMIT 100;

-- What an account has filed as guardian of who is in the register now.
-- @many kases_as_guardian(tenant int, account int) self
SELECT k.tenant, k.id, k.person_tenant, k.person, k.name FROM filing f
JOIN kase k ON k.tenant = f.kase_tenant AND k.id = f.id
WHERE f.tenant = $tenant AND f.account = $account AND k.asks_as = 2 AND k.person <> 0 ORDER BY k.id;

-- @one kase_by_running(tenant int, year int, running int) map
SELECT id, number FROM kase WHERE tenant = $tenant AND year = $year AND running = $running;

-- Is, or was, this case work of that office?
-- @many kase_held(tenant int, office int, subject_tenant int, subject int) office
SELECT id, line FROM work
WHERE tenant = $tenant AND subject = $subject AND subject_tenant = $subject_tenant AND office = $office LIMIT 1;

-- @one kase_in_scope(tenant int, id int) scope(region)
SELECT region, line FROM kase WHERE tenant = $tenant AND id = $id AND region >= $lo AND region < $hi;

-- After (due, id); of one business line, service and step, unless they are empty, and of the divisions between `from` and `to`.
-- Whose it is only where `people` is 1.
-- @many work_todo(tenant int, office int, due text, id int, n int, line text, service text, step text, from int, to int, people int) ahead office
SELECT w.id, w.due, w.role, w.kind, w.service, w.region, w.name, w.subject_tenant, w.subject, w.n, w.entered, w.opened, w.number,
       CAST(CASE WHEN $people = 1 THEN (SELECT k.person_tenant FROM kase k WHERE k.tenant = w.subject_tenant AND k.id = w.subject) ELSE 0 END AS BIGINT) AS person_tenant,
       CAST(CASE WHEN $people = 1 THEN (SELECT k.person FROM kase k WHERE k.tenant = w.subject_tenant AND k.id = w.subject) ELSE 0 END AS BIGINT) AS person
FROM work w
WHERE w.tenant = $tenant AND w.office = $office AND w.open = 1 AND (w.due > $due OR (w.due = $due AND w.id > $id))
  AND ($line = '' OR w.line = $line) AND ($service = '' OR w.service = $service) AND ($step = '' OR w.kind = $step) AND w.region >= $from AND w.region < $to
ORDER BY w.due, w.id LIMIT $n;

-- @exec work_opened(at int, tenant int, id int) office
UPDATE work SET opened = $at WHERE tenant = $tenant AND id = $id;

-- Two who act at once: the second changes no row.
-- @exec work_close(tenant int, id int) office
UPDATE work SET open = 0 WHERE tenant = $tenant AND id = $id AND open = 1;

-- Papers that are still to come, as the tables of the case have them now: the second half of what `work` is derived from.
-- @exec work_of_papers(tenant int, kase int) ref
INSERT INTO work (tenant, id, office, open, due, wakes, role, kind, service, region, name, subject_tenant, subject, n, entered, opened, number, line)
SELECT s.office_tenant, p.id, s.office, CASE WHEN p.removed = 0 AND k.state IN (2, 3) THEN 1 ELSE 0 END, p.due, '', s.role,
       'paper.' || p.paper, s.service, s.region, s.name, p.tenant, p.kase, s.n, p.added,
       p.added, k.number, k.line
FROM kase_paper p
JOIN kase_step s ON s.tenant = p.tenant AND s.kase = p.kase AND s.n = 1 AND s.office <> 0
JOIN kase k ON k.tenant = p.tenant AND k.id = p.kase
WHERE p.tenant = $tenant AND p.kase = $kase AND p.state = 'later'
ON CONFLICT (tenant, id) DO UPDATE SET open = excluded.open;

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
SELECT c.id, c.number, c.category, c.level, c.status, c.issued, c.expires, c.reissue, c.ended, c.ended_for,
  CAST(COALESCE((SELECT max(p.assessed_on) FROM certificate_part p
    WHERE p.tenant = c.tenant AND p.person = c.person AND p.certificate = c.id), '') AS TEXT) AS assessed_on
FROM certificate c WHERE c.tenant = $tenant AND c.person = $person ORDER BY c.id DESC;

-- @many kase_register_facts(tenant int, person int, today text) ref
SELECT field, value FROM fact
WHERE tenant = $tenant AND person = $person AND superseded_at = 0 AND valid_from <= $today
  AND (valid_to = '' OR valid_to >= $today) ORDER BY field, id;

-- Notices that may be seen on the web today.
-- @many notices_on_web(tenant int, today text) open "what is public by law, and nothing else of it"
SELECT id, kase, region, name, posted, last FROM publicity
WHERE tenant = $tenant AND on_web = 1 AND last >= $today AND closed = '' ORDER BY last, id LIMIT 500;

-- The same of the whole site.
-- @many notices_everywhere(today text) open "what is public by law, and nothing else of it"
SELECT tenant, id, kase, region, name, posted, last FROM publicity
WHERE on_web = 1 AND last >= $today AND closed = '' ORDER BY last, id LIMIT 500;

-- ---- the offices' pages

-- Of one business line, unless it is empty.
-- @many work_piles(tenant int, office int, line text, today text) office
SELECT service, kind, region, CAST(count(*) AS BIGINT) AS n,
       CAST(sum(CASE WHEN due < $today THEN 1 ELSE 0 END) AS BIGINT) AS overdue,
       CAST(sum(CASE WHEN due = $today THEN 1 ELSE 0 END) AS BIGINT) AS now
FROM work WHERE tenant = $tenant AND office = $office AND open = 1
  AND ($line = '' OR line = $line)
GROUP BY service, kind, region ORDER BY service, kind, region;

-- The list of cases: those of a place, of the states that are not 0 and of these business lines (between commas); no other filter
-- when empty. Of a place (latest 0) the newest `span` of its states are looked through, off one range of an index for each state; of
-- a wide one (latest 1) the site's newest are walked until `span` of the place were met.
-- @many kases_of_place(latest int, draft int, office int, applicant int, ended int, voided int, lines text, service text, step text, outcome text, due_from text, due_to text, q text, span int, n int) scope(region)
SELECT k.tenant, k.id, k.service, k.line, k.number, k.state, k.step, k.outcome, k.region, k.name, k.person_tenant, k.person, k.opened,
       k.submitted, CAST(COALESCE(s.due, '') AS TEXT) AS due
FROM (
  SELECT a.tenant, a.id FROM (
    SELECT tenant, id FROM kase WHERE $latest = 0 AND state IN ($draft, $office, $applicant, $ended, $voided) AND region >= $lo AND region < $hi
    ORDER BY id DESC LIMIT $span) a
  UNION ALL
  SELECT b.tenant, b.id FROM (
    SELECT tenant, id FROM kase WHERE $latest = 1 AND +state IN ($draft, $office, $applicant, $ended, $voided) AND +region >= $lo AND +region < $hi
    ORDER BY id DESC LIMIT $span) b) x
JOIN kase k ON k.tenant = x.tenant AND k.id = x.id
LEFT JOIN kase_step s ON s.tenant = k.tenant AND s.kase = k.id AND s.n = k.turn
WHERE $lines LIKE '%,' || k.line || ',%'
  AND ($service = '' OR k.service = $service) AND ($step = '' OR k.step = $step) AND ($outcome = '' OR k.outcome = $outcome)
  AND ($due_to = '' OR (s.due >= $due_from AND s.due <= $due_to))
  AND ($q = '' OR substr(k.name, 1, length(CAST($q AS TEXT))) = $q OR substr(k.number, 1, length(CAST($q AS TEXT))) = $q)
ORDER BY k.id DESC LIMIT $n;

-- The same of those that are, or were, work of an office, wherever they lie.
-- @many kases_of_office(tenant int, of int, draft int, office int, applicant int, ended int, voided int, lines text, service text, step text, outcome text, due_from text, due_to text, q text, span int, n int) office
SELECT k.tenant, k.id, k.service, k.line, k.number, k.state, k.step, k.outcome, k.region, k.name, k.person_tenant, k.person, k.opened,
       k.submitted, CAST(COALESCE(s.due, '') AS TEXT) AS due
FROM (
  SELECT subject_tenant AS tenant, subject AS id FROM work WHERE tenant = $tenant AND office = $of
  GROUP BY subject, subject_tenant ORDER BY subject DESC LIMIT $span) x
JOIN kase k ON k.tenant = x.tenant AND k.id = x.id
LEFT JOIN kase_step s ON s.tenant = k.tenant AND s.kase = k.id AND s.n = k.turn
WHERE k.state IN ($draft, $office, $applicant, $ended, $voided) AND $lines LIKE '%,' || k.line || ',%'
  AND ($service = '' OR k.service = $service) AND ($step = '' OR k.step = $step) AND ($outcome = '' OR k.outcome = $outcome)
  AND ($due_to = '' OR (s.due >= $due_from AND s.due <= $due_to))
  AND ($q = '' OR substr(k.name, 1, length(CAST($q AS TEXT))) = $q OR substr(k.number, 1, length(CAST($q AS TEXT))) = $q)
ORDER BY k.id DESC LIMIT $n;

-- Who else has had one of these cases open since then.
-- @many work_readers(tenant int, office int, from text, to text, since int, me int) office
SELECT DISTINCT w.subject, a.name FROM work w
JOIN look l ON l.kase = w.subject AND l.kase <> 0 AND l.at >= $since
JOIN account a ON a.tenant = $tenant AND a.id = l.actor
WHERE w.tenant = $tenant AND w.office = $office AND w.open = 1 AND w.due >= $from AND w.due <= $to AND l.actor <> $me
ORDER BY w.subject, a.name;

-- @many work_holds(tenant int, office int, subject_tenant int, subject int) office
SELECT open FROM work
WHERE tenant = $tenant AND subject = $subject AND subject_tenant = $subject_tenant AND office = $office
ORDER BY open DESC LIMIT 1;

-- @many notices_hanging(tenant int, line text, last text, id int, n int) scope(region)
SELECT p.tenant, p.kase, p.id, p.region, p.on_web, p.posted, p.last, k.number, k.name, k.step, k.person_tenant, k.person
FROM publicity p JOIN kase k ON k.tenant = p.tenant AND k.id = p.kase
WHERE p.tenant = $tenant AND p.closed = '' AND p.region >= $lo AND p.region < $hi
  AND ($line = '' OR k.line = $line) AND (p.last > $last OR (p.last = $last AND p.id > $id))
ORDER BY p.last, p.id LIMIT $n;

-- @many kase_turn_names(tenant int, kase int) ref
SELECT s.n, CAST(COALESCE(o.name, '') AS TEXT) AS office, CAST(COALESCE(o.phone, '') AS TEXT) AS phone, CAST(COALESCE(a.name, '') AS TEXT) AS actor, CAST(COALESCE(d.name, '') AS TEXT) AS decider,
       CAST(COALESCE(p.name, '') AS TEXT) AS stood_for
FROM kase_step s
LEFT JOIN office o ON o.tenant = s.office_tenant AND o.id = s.office
LEFT JOIN account a ON a.tenant = s.office_tenant AND a.id = s.actor
LEFT JOIN account d ON d.tenant = s.office_tenant AND d.id = s.decided_by
LEFT JOIN account p ON p.tenant = s.office_tenant AND p.id = s.stands_for
WHERE s.tenant = $tenant AND s.kase = $kase ORDER BY s.n;

-- Who filled in what, and when.
-- @many kase_origins(tenant int, kase int) ref
SELECT x.field, x.at, x.actor, CAST(COALESCE(a.name, '') AS TEXT) AS name
FROM kase_answer x LEFT JOIN account a ON a.tenant = x.tenant AND a.id = x.actor
WHERE x.tenant = $tenant AND x.kase = $kase ORDER BY x.field;

-- @many kase_signers(tenant int, office int, today text) office
SELECT g.account, g.role, a.person, a.name FROM role_grant g JOIN account a ON a.tenant = g.tenant AND a.id = g.account
WHERE g.tenant = $tenant AND g.office = $office AND a.closed = '' AND g.valid_from <= $today
  AND (g.valid_to = '' OR g.valid_to > $today)
ORDER BY a.name, g.id;
