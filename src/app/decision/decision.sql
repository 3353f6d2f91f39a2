-- What the register knows of one person, with its source, as policies ask it.

-- @one decision_person(tenant int, person int) ref
SELECT name, born, sex, ethnic, died, source FROM person WHERE tenant = $tenant AND id = $person;

-- The latest first.
-- @many decision_certificates(tenant int, person int) ref
SELECT category, level, status, issued, expires, source FROM certificate
WHERE tenant = $tenant AND person = $person ORDER BY id DESC;

-- @many decision_facts(tenant int, person int, day text) ref
SELECT field, value, valid_from, source FROM fact
WHERE tenant = $tenant AND person = $person AND superseded_at = 0 AND valid_from <= $day
  AND (valid_to = '' OR valid_to >= $day) ORDER BY field, id;

-- What was decided, the latest first.
-- @many decisions_of(tenant int, person int) ref
SELECT id, kase_tenant, kase, policy, versions, region, day, made, seen FROM decision
WHERE tenant = $tenant AND person = $person ORDER BY id DESC;

-- @many decision_results(tenant int, person int, decision int) ref
SELECT n, layer, name, result, fen, rules FROM decision_result
WHERE tenant = $tenant AND person = $person AND decision = $decision ORDER BY n;

-- What was granted, the latest first.
-- @many entitlements_of(tenant int, person int) ref
SELECT id, kase_tenant, kase, decision, service, policy, name, valid_from, valid_to, fen, granted FROM entitlement
WHERE tenant = $tenant AND person = $person ORDER BY id DESC;

-- Whose a case's decisions are.
-- @many decision_of_kase(kase_tenant int, kase int) ref
SELECT tenant, person, id FROM decision WHERE kase_tenant = $kase_tenant AND kase = $kase ORDER BY id;
