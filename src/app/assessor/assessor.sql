-- Institutions, their doctors, licences and trainings. Nothing here is of an applicant; an institution is reached by the divisions
-- that it stands in, or as the office that has a case.

-- @many institutions_in() scope(region)
SELECT tenant, id, region, name, phone FROM office
WHERE kind = 'hospital' AND region >= $lo AND region < $hi AND closed = '' ORDER BY region, id;

-- @many designations_of(tenant int, office int) ref
SELECT id, categories, document, valid_from, valid_to FROM designation
WHERE tenant = $tenant AND office = $office ORDER BY valid_from, id;

-- @many doctors_of(tenant int, office int) ref
SELECT d.id, d.name, d.title, d.practice, d.account, d.closed, CAST(COALESCE(a.login, '') AS TEXT) AS login,
       CAST(COALESCE(a.person, 0) AS BIGINT) AS person, CAST(COALESCE(a.home, 0) AS BIGINT) AS home
FROM doctor d LEFT JOIN account a ON a.tenant = d.tenant AND a.id = d.account
WHERE d.tenant = $tenant AND d.office = $office ORDER BY d.id;

-- Of all doctors of an institution.
-- @many licences_of(tenant int, office int) ref
SELECT l.id, l.doctor, l.category, l.number, l.valid_from, l.valid_to, CAST(COALESCE(t.name, '') AS TEXT) AS training
FROM doctor d JOIN licence l ON l.tenant = d.tenant AND l.doctor = d.id
LEFT JOIN training t ON t.tenant = l.training_tenant AND t.id = l.training
WHERE d.tenant = $tenant AND d.office = $office ORDER BY d.id, l.category, l.valid_from, l.id;

-- Whose sign-in may be a doctor's: who holds a post in the institution.
-- @many institution_accounts(tenant int, office int, today text) ref
SELECT DISTINCT a.id, a.name, a.login FROM role_grant g JOIN account a ON a.tenant = g.tenant AND a.id = g.account
WHERE g.tenant = $tenant AND g.office = $office AND a.closed = '' AND g.valid_from <= $today
  AND (g.valid_to = '' OR g.valid_to > $today)
ORDER BY a.login;

-- @many trainings_of(tenant int) open "courses for doctors, and nobody who took them"
SELECT id, name, place, first, last, hours FROM training WHERE tenant = $tenant AND closed = '' ORDER BY first DESC, id DESC;
