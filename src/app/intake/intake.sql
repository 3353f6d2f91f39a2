-- @many intake_regions(after int, hi int, n int) open "divisions are public"
SELECT code, name, level, parent, kind FROM region WHERE code > $after AND code < $hi ORDER BY code LIMIT $n;

-- Which of twenty numbers are in the register already.
-- @many intake_known(i0 text, i1 text, i2 text, i3 text, i4 text, i5 text, i6 text, i7 text, i8 text, i9 text, i10 text, i11 text, i12 text, i13 text, i14 text, i15 text, i16 text, i17 text, i18 text, i19 text) map
SELECT idx, tenant, person FROM idmap
WHERE idx IN ($i0, $i1, $i2, $i3, $i4, $i5, $i6, $i7, $i8, $i9, $i10, $i11, $i12, $i13, $i14, $i15, $i16, $i17, $i18, $i19);

-- @many intake_headings(tenant int, office int) office
SELECT heading, field FROM heading_map WHERE tenant = $tenant AND office = $office ORDER BY heading;

-- @one intake_import(tenant int, id int) office
SELECT id, actor, office, file, sha256, map, state, begun, ended, total, added, same, differs, refused FROM import
WHERE tenant = $tenant AND id = $id;

-- How many an import has entered so far.
-- @one intake_brought(tenant int, import int) office
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM import_person WHERE tenant = $tenant AND import = $import;

-- @many intake_imports(tenant int, office int, n int) office
SELECT id, actor, office, file, sha256, map, state, begun, ended, total, added, same, differs, refused FROM import
WHERE tenant = $tenant AND office = $office ORDER BY id DESC LIMIT $n;

-- @many intake_people(tenant int, import int, owner int, after int, n int) office
SELECT owner, person, line, missing FROM import_person
WHERE tenant = $tenant AND import = $import AND (owner, person) > ($owner, $after) ORDER BY owner, person LIMIT $n;

-- Whom an import entered, in the order of its sheet.
-- @many intake_entered(tenant int, import int, first int, n int) office
SELECT owner, person, line, missing FROM import_person
WHERE tenant = $tenant AND import = $import ORDER BY line LIMIT $n OFFSET $first;

-- The work list of an import: who still lacks something, a photo included.
-- @many intake_incomplete(tenant int, import int, after int, n int) office
SELECT i.owner, i.person, i.line, i.missing, p.photo FROM import_person i
JOIN person p ON p.tenant = i.owner AND p.id = i.person
WHERE i.tenant = $tenant AND i.import = $import AND (i.missing <> 0 OR p.photo = '') AND i.line > $after
ORDER BY i.line LIMIT $n;

-- Is there anything in the ledger about the person but what brought him and what was taken back, or a case of his?
-- @one intake_built_on(owner int, person int) open "undo of an import: whether anything stands on it, nothing of it is shown"
SELECT CAST((SELECT count(*) FROM event WHERE tenant = $owner AND subject = $person
	AND kind NOT IN ('person.imported', 'person.photographed', 'person.withdrawn', 'person.corrected', 'person.correction_undone'))
	+ (SELECT count(*) FROM import_change WHERE owner = $owner AND person = $person AND undone = 0)
	+ (SELECT count(*) FROM kase WHERE tenant = $owner AND person = $person) AS BIGINT) AS n;

-- Did a row that said the same bring this person, and has nothing happened to him since? The sum is 0 then.
-- @one intake_same(owner int, person int, digest text) open "import: whether a row is known already, nothing of the person is shown"
SELECT CAST((SELECT count(*) FROM event e WHERE e.tenant = i.owner AND e.subject = i.person
	AND e.kind NOT IN ('person.imported', 'person.photographed'))
	+ (SELECT count(*) FROM kase k WHERE k.tenant = i.owner AND k.person = i.person) AS BIGINT) AS n
FROM import_person i WHERE i.owner = $owner AND i.person = $person AND i.digest = $digest;

-- Whom an import entered or corrected and somebody did something about since.
-- @many intake_against(tenant int, import int, n int) open "undo of an import: whether anything stands on it, nothing of it is shown"
SELECT owner, person, line FROM import_person i
WHERE i.tenant = $tenant AND i.import = $import
  AND (EXISTS (SELECT 1 FROM event e WHERE e.tenant = i.owner AND e.subject = i.person
	AND e.kind NOT IN ('person.imported', 'person.photographed', 'person.withdrawn', 'person.corrected', 'person.correction_undone'))
    OR EXISTS (SELECT 1 FROM import_change c WHERE c.owner = i.owner AND c.person = i.person AND c.undone = 0)
    OR EXISTS (SELECT 1 FROM kase k WHERE k.tenant = i.owner AND k.person = i.person))
UNION
SELECT owner, person, line FROM import_change c
WHERE c.tenant = $tenant AND c.import = $import AND c.undone = 0
  AND (EXISTS (SELECT 1 FROM event e WHERE e.tenant = c.owner AND e.subject = c.person AND e.at > c.at
	AND e.kind NOT IN ('person.photographed', 'person.correction_undone'))
    OR EXISTS (SELECT 1 FROM kase k WHERE k.tenant = c.owner AND k.person = c.person AND k.opened > c.at))
ORDER BY 3 LIMIT $n;

-- How many they are.
-- @one intake_against_count(tenant int, import int) open "undo of an import: whether anything stands on it, nothing of it is shown"
SELECT CAST((SELECT COUNT(*) FROM import_person i
WHERE i.tenant = $tenant AND i.import = $import
  AND (EXISTS (SELECT 1 FROM event e WHERE e.tenant = i.owner AND e.subject = i.person
	AND e.kind NOT IN ('person.imported', 'person.photographed', 'person.withdrawn', 'person.corrected', 'person.correction_undone'))
    OR EXISTS (SELECT 1 FROM import_change c WHERE c.owner = i.owner AND c.person = i.person AND c.undone = 0)
    OR EXISTS (SELECT 1 FROM kase k WHERE k.tenant = i.owner AND k.person = i.person)))
+ (SELECT COUNT(DISTINCT c.person) FROM import_change c
WHERE c.tenant = $tenant AND c.import = $import AND c.undone = 0
  AND (EXISTS (SELECT 1 FROM event e WHERE e.tenant = c.owner AND e.subject = c.person AND e.at > c.at
	AND e.kind NOT IN ('person.photographed', 'person.correction_undone'))
    OR EXISTS (SELECT 1 FROM kase k WHERE k.tenant = c.owner AND k.person = c.person AND k.opened > c.at)))
AS BIGINT) AS n;

-- What an import corrected and was not taken back yet, person by person.
-- @many intake_changes(tenant int, import int, owner int, after int, n int) office
SELECT owner, person, field, day, kept FROM import_change
WHERE tenant = $tenant AND import = $import AND undone = 0 AND (owner, person) > ($owner, $after)
ORDER BY owner, person, field LIMIT $n;

-- @many intake_facts_of(owner int, person int) open "undo of an import"
SELECT id FROM fact WHERE tenant = $owner AND person = $person AND superseded_at = 0;

-- @exec intake_forget_numbers(owner int, person int, idx text) open "undo of an import"
DELETE FROM idmap WHERE idx = $idx AND tenant = $owner AND person = $person;

-- The roster: those registered in the divisions of the one who asks, in the order of places.
-- @many intake_roster(region int, owner int, person int, n int) scope(place.region)
SELECT region, owner, person FROM place
WHERE tenant = $owner AND owner = $owner AND kind = 1 AND valid_to = '' AND region >= $lo AND region < $hi
AND (region, person) > ($region, $person) ORDER BY region, person LIMIT $n;

-- @one intake_topmost() open "federations are public"
SELECT id FROM tenant WHERE parent = 0 AND valid_to = '' ORDER BY id LIMIT 1;

-- Federations of a county, a zone or a city that is its own county: those that own records.
-- @many intake_tenants() scope(tenant.region)
SELECT id FROM tenant WHERE region >= $lo AND region < $hi ORDER BY id;
