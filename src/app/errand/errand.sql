-- @exec errand_put(tenant int, id int, account int, office int, post int, kind text, state text, english int, file text, sha256 text, photos int, map text, reveal int, purpose text, import int, created int, ends int) self
INSERT INTO errand (tenant, id, account, office, post, kind, state, english, file, sha256, photos, map, reveal, purpose, said, tries,
	total, added, same, differs, refused, import, created, ends)
VALUES ($tenant, $id, $account, $office, $post, $kind, $state, $english, $file, $sha256, $photos, $map, $reveal, $purpose, '', 0,
	0, 0, 0, 0, 0, $import, $created, $ends);

-- @one errand_row(tenant int, id int) self
SELECT id, account, office, post, kind, state, english, file, sha256, photos, map, reveal, purpose, said, tries, total, added, same,
	differs, refused, import, created, ends
FROM errand WHERE tenant = $tenant AND id = $id;

-- @many errand_list(tenant int, account int, office int) self
SELECT id, account, office, post, kind, state, english, file, sha256, photos, map, reveal, purpose, said, tries, total, added, same,
	differs, refused, import, created, ends
FROM errand WHERE tenant = $tenant AND account = $account AND office = $office ORDER BY id DESC;

-- What waits for a thread, the oldest first.
-- @many errand_due() open "the threads belong to nobody"
SELECT tenant, id FROM errand WHERE state IN ('read', 'check', 'load', 'undo', 'write') ORDER BY id LIMIT 50;

-- One more try at a step; none when its owner has thrown it away or gone back.
-- @exec errand_try(tenant int, id int, state text) open "the threads belong to nobody"
UPDATE errand SET tries = tries + 1 WHERE tenant = $tenant AND id = $id AND state = $state;

-- @exec errand_go(tenant int, id int, was text, state text, map text, said text, import int, ends int) self
UPDATE errand SET state = $state, map = $map, said = $said, tries = 0, import = $import, ends = $ends
WHERE tenant = $tenant AND id = $id AND state = $was;

-- @exec errand_went(tenant int, id int, was text, state text, map text, said text, photos int, total int, added int, same int, differs int, refused int) open "the threads belong to nobody"
UPDATE errand SET state = $state, map = $map, said = $said, photos = $photos, total = $total, added = $added, same = $same,
	differs = $differs, refused = $refused
WHERE tenant = $tenant AND id = $id AND state = $was;

-- @exec errand_delete(tenant int, id int) self
DELETE FROM errand WHERE tenant = $tenant AND id = $id;

-- @many errand_expired(now int, n int) open "sweeping what nobody fetched"
SELECT tenant, id FROM errand WHERE ends < $now ORDER BY ends LIMIT $n;

-- @many errand_choices(tenant int, errand int) self
SELECT line, field, take FROM errand_choice WHERE tenant = $tenant AND errand = $errand ORDER BY line, field;

-- @exec errand_choose(tenant int, errand int, line int, field text, take int) self
INSERT INTO errand_choice (tenant, errand, line, field, take) VALUES ($tenant, $errand, $line, $field, $take)
ON CONFLICT (tenant, errand, line, field) DO UPDATE SET take = excluded.take;

-- @exec errand_unchoose(tenant int, errand int, field text) self
DELETE FROM errand_choice WHERE tenant = $tenant AND errand = $errand AND field = $field;

-- @exec errand_unchoose_all(tenant int, errand int) self
DELETE FROM errand_choice WHERE tenant = $tenant AND errand = $errand;
