-- All certificates of one person, the latest first.
-- @many certificates_of(tenant int, person int) ref
SELECT id, number, status, category, level, reissue FROM certificate WHERE tenant = $tenant AND person = $person ORDER BY id DESC;

-- @many certificate_parts_of(tenant int, person int, certificate int) ref
SELECT category, level, cause, item, institution, assessed_on FROM certificate_part
WHERE tenant = $tenant AND person = $person AND certificate = $certificate ORDER BY category;

-- @one certificate_number_held(idx text) map
SELECT tenant, person FROM idmap WHERE idx = $idx;

-- @exec certificate_number_free(idx text, tenant int, person int) map
DELETE FROM idmap WHERE idx = $idx AND tenant = $tenant AND person = $person;

-- @one certificate_holder(tenant int, person int) ref
SELECT id_number, born FROM person WHERE tenant = $tenant AND id = $person;
