-- Is the person, today, anywhere in these divisions? Registered or living there is the same.
-- @one person_in_scope(owner int, person int) ahead scope(place.region)
SELECT region FROM place
WHERE owner = $owner AND person = $person AND valid_to = '' AND region >= $lo AND region < $hi LIMIT 1;

-- Is it a ward of this account: registered out of a case that the account filed as guardian and that ended with a
-- certificate, and is that guardian still the one who stands in the register?
-- @one person_as_guardian(tenant int, account int, owner int, person int) self
SELECT k.id FROM filing f
JOIN kase k ON k.tenant = f.kase_tenant AND k.id = f.id
JOIN person p ON p.tenant = k.person_tenant AND p.id = k.person AND p.source = k.number
JOIN certificate c ON c.tenant = p.tenant AND c.person = p.id AND c.kase = k.id
JOIN guardian g ON g.tenant = p.tenant AND g.person = p.id AND g.id = p.id AND g.valid_to = ''
WHERE f.tenant = $tenant AND f.account = $account AND k.asks_as = 2 AND k.person_tenant = $owner AND k.person = $person
LIMIT 1;

-- @one person_by_index(idx text) map
SELECT tenant, person, kind FROM idmap WHERE idx = $idx;

-- @many person_by_name(tenant int, key text, n int) office
SELECT owner, person FROM name_key WHERE tenant = $tenant AND key = $key ORDER BY owner, person LIMIT $n;

-- @many person_by_name_start(tenant int, key text, after text, n int) office
SELECT key, owner, person FROM name_key
WHERE tenant = $tenant AND key >= $key AND key < $after ORDER BY key, owner, person LIMIT $n;

-- @one person_row(tenant int, person int) ref
SELECT id_kind, id_number, name, sex, born, ethnic, phone, died, photo, merged_into, source FROM person
WHERE tenant = $tenant AND id = $person;

-- @many person_places(tenant int, person int) ahead ref
SELECT tenant, region, kind, code, address, valid_from, valid_to FROM place
WHERE owner = $tenant AND person = $person ORDER BY kind, valid_from DESC;

-- @many person_facts(tenant int, person int) ahead ref
SELECT id, field, value, valid_from, valid_to, recorded_at, superseded_at, source FROM fact
WHERE tenant = $tenant AND person = $person ORDER BY field, valid_from DESC, id DESC;

-- @many person_certificates(tenant int, person int) ahead ref
SELECT id, number, category, level, status, issued, expires, generation, reissue, remarks, source, ended, ended_for
FROM certificate
WHERE tenant = $tenant AND person = $person ORDER BY id DESC;

-- @many person_parts(tenant int, person int) ahead ref
SELECT certificate, category, level, cause, item, assessed_on FROM certificate_part
WHERE tenant = $tenant AND person = $person ORDER BY certificate DESC, category;

-- @many person_guardians(tenant int, person int) ahead ref
SELECT id, name, relation, id_number, phone, valid_from, valid_to FROM guardian
WHERE tenant = $tenant AND person = $person ORDER BY valid_to, id DESC;

-- @many person_banks(tenant int, person int) ahead ref
SELECT id, account, bank, holder, valid_from, valid_to FROM bank
WHERE tenant = $tenant AND person = $person ORDER BY valid_to, id DESC;

-- The check of the ledger walks everybody, a page at a time; nothing of it reaches a page of the site.
-- @many person_walk(tenant int, after int, n int) open "the check of the ledger, in a rebuilt copy"
SELECT tenant, id, id_number, name, merged_into FROM person
WHERE tenant = $tenant AND id > $after AND merged_into <> -1 ORDER BY id LIMIT $n;

-- @many person_tenants() open "the check of the ledger, in a rebuilt copy"
SELECT DISTINCT tenant FROM person ORDER BY tenant;

-- @many certificate_numbers(tenant int, person int) open "the check of the ledger, in a rebuilt copy"
SELECT id, number FROM certificate WHERE tenant = $tenant AND person = $person AND number <> '' AND status IN (1, 2, 3, 4, 5);

-- @many person_open_places(owner int, person int) open "the check of the ledger, in a rebuilt copy"
SELECT DISTINCT tenant FROM place WHERE owner = $owner AND person = $person AND valid_to = '' ORDER BY tenant;

-- Records that were merged into this one; in practice one or two.
-- @many person_merged(tenant int, kept int) ahead ref
SELECT id FROM person WHERE tenant = $tenant AND merged_into = $kept AND merged_into <> 0 ORDER BY id;

-- @exec idmap_point(idx text, tenant int, person int) map
UPDATE idmap SET tenant = $tenant, person = $person WHERE idx = $idx;

-- @exec name_key_drop(tenant int, key text, owner int, person int) office
DELETE FROM name_key WHERE tenant = $tenant AND key = $key AND owner = $owner AND person = $person;

-- ---- corrections that were asked for

-- @many corrections_of(tenant int, person int) ahead ref
SELECT id, field, said, asked, state, answer, answered FROM correction
WHERE tenant = $tenant AND person = $person ORDER BY id DESC;

-- Of the people who are registered in these divisions, the oldest first.
-- @many corrections_waiting(tenant int, n int) scope(region)
SELECT c.person, c.id, c.field, c.asked, p.name FROM correction c
JOIN person p ON p.tenant = c.tenant AND p.id = c.person
JOIN place l ON l.owner = c.tenant AND l.person = c.person AND l.kind = 1 AND l.valid_to = ''
WHERE c.tenant = $tenant AND c.state = 1 AND l.region >= $lo AND l.region < $hi ORDER BY c.asked, c.id LIMIT $n;
