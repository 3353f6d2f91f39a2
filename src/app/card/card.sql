-- Blanks tell nothing of a person. Cards are reached inside the divisions of who asks, through what lies at his own office, or
-- by a reference that a checked look-up made.

-- ---- blanks

-- @many blank_runs(tenant int) open "blanks: nothing of a person"
SELECT id, generation, cover, prefix, digits, first, last, received, source, office FROM blank_run
WHERE tenant = $tenant ORDER BY id;

-- @many blank_issues(tenant int) open "blanks: nothing of a person"
SELECT run, id, first, last, office, issued, receiver, returned FROM blank_issue WHERE tenant = $tenant ORDER BY run, first, id;

-- Numbers that are gone, from one on, lowest first.
-- @many blank_used(tenant int, run int, first int, last int, n int) open "blanks: nothing of a person"
SELECT serial FROM card WHERE tenant = $tenant AND run = $run AND serial >= $first AND serial <= $last
UNION
SELECT serial FROM blank_loss WHERE tenant = $tenant AND run = $run AND serial >= $first AND serial <= $last
ORDER BY serial LIMIT $n;

-- @one blank_used_count(tenant int, run int, first int, last int) open "blanks: nothing of a person"
SELECT CAST(COUNT(*) AS BIGINT) AS n, CAST(COALESCE(MAX(serial), -1) AS BIGINT) AS top FROM card
WHERE tenant = $tenant AND run = $run AND serial >= $first AND serial <= $last;

-- @one blank_lost_count(tenant int, run int, first int, last int) open "blanks: nothing of a person"
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM blank_loss
WHERE tenant = $tenant AND run = $run AND serial >= $first AND serial <= $last;

-- @many blank_counts(tenant int, office int, n int) office
SELECT id, generation, cover, day, expected, counted, note FROM blank_count
WHERE tenant = $tenant AND office = $office ORDER BY id DESC LIMIT $n;

-- ---- printers and batches

-- @many card_printers(tenant int, office int) office
SELECT id, name, layout, x, y, scale FROM card_printer WHERE tenant = $tenant AND office = $office AND closed = '' ORDER BY id;

-- @many card_batches(tenant int, office int, n int) office
SELECT id, layout, n, at, actor FROM card_batch WHERE tenant = $tenant AND office = $office ORDER BY id DESC LIMIT $n;

-- @one card_batch_one(tenant int, office int, id int) office
SELECT layout, printer, start, n, at, actor FROM card_batch WHERE tenant = $tenant AND office = $office AND id = $id;

-- @many card_batch_cards(tenant int, batch int) ref
SELECT c.person, c.id, c.certificate, c.run, c.serial, c.place, c.state, c.spoilt, p.name FROM card c
JOIN person p ON p.tenant = c.tenant AND p.id = c.person
WHERE c.tenant = $tenant AND c.batch = $batch ORDER BY c.place;

-- ---- what is to be printed

-- Certificates that are valid, came from a case, and have no good card of that case.
-- @many card_waiting(tenant int, since text, until text, within int, below int, n int) scope(l.region)
SELECT c.person, c.id, c.category, c.generation, c.issued, c.kase, p.name, l.region,
       CAST((SELECT COUNT(*) FROM certificate_part t
             WHERE t.tenant = c.tenant AND t.person = c.person AND t.certificate = c.id AND t.category = 1) AS BIGINT) AS visual
FROM certificate c
JOIN person p ON p.tenant = c.tenant AND p.id = c.person AND p.merged_into = 0
JOIN place l ON l.owner = c.tenant AND l.person = c.person AND l.kind = 1 AND l.valid_to = ''
WHERE c.tenant = $tenant AND c.status = 2 AND c.kase <> 0 AND c.issued >= $since AND c.issued <= $until
      AND l.region >= $within AND l.region < $below AND l.region >= $lo AND l.region < $hi
      AND NOT EXISTS (SELECT 1 FROM card k
                      WHERE k.tenant = c.tenant AND k.certificate = c.id AND k.kase = c.kase AND k.state IN (1, 2, 3))
ORDER BY l.region, p.name, c.id LIMIT $n;

-- Its cards, the latest first.
-- @many card_of_certificate(tenant int, certificate int) ref
SELECT person, id, kase, run, serial, state FROM card WHERE tenant = $tenant AND certificate = $certificate ORDER BY id DESC;

-- @one card_kase(tenant int, person int, certificate int) ref
SELECT kase FROM certificate WHERE tenant = $tenant AND person = $person AND id = $certificate;

-- @many card_portraits(tenant int, person int, kase int) ref
SELECT id, kind, type, file FROM paper
WHERE tenant = $tenant AND person = $person AND kase = $kase AND removed = 0 ORDER BY id DESC;

-- ---- handing over

-- What lies at an office, by village and name.
-- @many card_here(tenant int, office int, within int, below int, n int) office
SELECT c.person, c.id, c.run, c.serial, c.since, c.list, p.name, l.region FROM card c
JOIN person p ON p.tenant = c.tenant AND p.id = c.person
JOIN place l ON l.owner = c.tenant AND l.person = c.person AND l.kind = 1 AND l.valid_to = ''
WHERE c.tenant = $tenant AND c.holder = $office AND c.state = 1 AND l.region >= $within AND l.region < $below
ORDER BY l.region, p.name, c.id LIMIT $n;

-- Lists on their way to an office, and those that it sent.
-- @many card_lists_to(tenant int, office int) office
SELECT l.id, l.office, l.n, l.day, l.mail, o.name AS other FROM card_list l
JOIN office o ON o.tenant = l.tenant AND o.id = l.office
WHERE l.tenant = $tenant AND l.target = $office AND l.received = '' ORDER BY l.id;

-- @many card_lists_from(tenant int, office int, n int) office
SELECT l.id, l.target, l.n, l.day, l.mail, l.received, CAST(COALESCE(o.name, '') AS TEXT) AS other FROM card_list l
LEFT JOIN office o ON o.tenant = l.tenant AND o.id = l.target
WHERE l.tenant = $tenant AND l.office = $office ORDER BY l.id DESC LIMIT $n;

-- @one card_list_one(tenant int, id int, office int) office
SELECT l.office, l.target, l.n, l.day, l.mail, l.received, o.name AS sender, CAST(COALESCE(r.name, '') AS TEXT) AS other
FROM card_list l JOIN office o ON o.tenant = l.tenant AND o.id = l.office
LEFT JOIN office r ON r.tenant = l.tenant AND r.id = l.target
WHERE l.tenant = $tenant AND l.id = $id AND (l.office = $office OR l.target = $office);

-- @many card_on_list(tenant int, list int) ref
SELECT c.person, c.id, c.run, c.serial, c.state, c.holder, c.since, p.name, l.region FROM card c
JOIN person p ON p.tenant = c.tenant AND p.id = c.person
JOIN place l ON l.owner = c.tenant AND l.person = c.person AND l.kind = 1 AND l.valid_to = ''
WHERE c.tenant = $tenant AND c.list = $list ORDER BY l.region, p.name, c.id;

-- Lying anywhere since that day or before, in the divisions of who asks: nobody came for it.
-- @many card_left(tenant int, office int, until text, n int) scope(l.region)
SELECT c.person, c.id, c.run, c.serial, c.since, c.holder, p.name, l.region, o.name AS place FROM card c
JOIN office o ON o.tenant = c.tenant AND o.id = c.holder
JOIN person p ON p.tenant = c.tenant AND p.id = c.person
JOIN place l ON l.owner = c.tenant AND l.person = c.person AND l.kind = 1 AND l.valid_to = ''
WHERE c.tenant = $tenant AND c.state = 1 AND c.since <= $until AND ($office = 0 OR c.holder = $office)
      AND l.region >= $lo AND l.region < $hi
ORDER BY c.since, c.id LIMIT $n;
