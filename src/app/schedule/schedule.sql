-- Occasions, who is expected there, and draws. An occasion is reached as the institution's own, or by the divisions that the
-- institution stands in; an appointment through its occasion or its case.

-- Those from a day on; how many came, or are expected while their case is work of the institution.
-- @many occasions_of(tenant int, office int, from text, n int) ref
SELECT o.id, o.kind, o.day, o.begins, o.ends, o.region, o.place, o.categories, o.capacity, o.cancelled,
       CAST((SELECT count(*) FROM appointment a WHERE a.tenant = o.tenant AND a.occasion = o.id AND (a.outcome = 'came' OR (a.outcome = ''
         AND EXISTS (SELECT 1 FROM work w WHERE w.tenant = o.tenant AND w.subject = a.kase AND w.open = 1
                     AND w.subject_tenant = a.kase_tenant AND w.office = o.office)))) AS BIGINT) AS taken
FROM occasion o WHERE o.tenant = $tenant AND o.office = $office AND o.day >= $from ORDER BY o.day, o.begins, o.id LIMIT $n;

-- @one occasion_one(tenant int, id int) ref
SELECT o.office, o.kind, o.day, o.begins, o.ends, o.region, o.place, o.categories, o.capacity, o.cancelled,
       CAST((SELECT count(*) FROM appointment a WHERE a.tenant = o.tenant AND a.occasion = o.id AND (a.outcome = 'came' OR (a.outcome = ''
         AND EXISTS (SELECT 1 FROM work w WHERE w.tenant = o.tenant AND w.subject = a.kase AND w.open = 1
                     AND w.subject_tenant = a.kase_tenant AND w.office = o.office)))) AS BIGINT) AS taken
FROM occasion o WHERE o.tenant = $tenant AND o.id = $id;

-- Is the case still with the institution?
-- @many appointments_at(tenant int, occasion int, office int) ref
SELECT a.id, a.kase_tenant, a.kase, a.n, a.needs, a.outcome, k.number, k.name, k.region, k.person_tenant, k.person,
       CAST((SELECT count(*) FROM work w WHERE w.tenant = a.tenant AND w.subject = a.kase AND w.open = 1
             AND w.subject_tenant = a.kase_tenant AND w.office = $office) AS BIGINT) AS here
FROM appointment a JOIN kase k ON k.tenant = a.kase_tenant AND k.id = a.kase
WHERE a.tenant = $tenant AND a.occasion = $occasion ORDER BY a.id;

-- The latest first.
-- @many appointments_of(kase_tenant int, kase int) ref
SELECT a.tenant, a.id, a.occasion, a.n, a.needs, a.outcome, o.kind, o.day, o.begins, o.ends, o.place, f.name AS office, f.phone
FROM appointment a JOIN occasion o ON o.tenant = a.tenant AND o.id = a.occasion
JOIN office f ON f.tenant = o.tenant AND f.id = o.office
WHERE a.kase_tenant = $kase_tenant AND a.kase = $kase ORDER BY a.id DESC;

-- @many draws_of(tenant int, occasion int) ref
SELECT d.id, d.seed, d.pool, d.drawn, d.made, CAST(COALESCE(a.name, '') AS TEXT) AS name
FROM draw d LEFT JOIN account a ON a.tenant = d.tenant AND a.id = d.actor
WHERE d.tenant = $tenant AND d.occasion = $occasion ORDER BY d.id;
