-- Five questions with the same columns, so that one way makes lines of them (audit.c: TAKE).
-- Both chains by whom they are about and by who acted. Times are instants in ms; the end is not included.

-- @many audit_looks_at_person(tenant int, person int, since int, until int, n int) ref
SELECT seq, at, actor, office, person AS about, what, purpose FROM look
WHERE tenant = $tenant AND person = $person AND at >= $since AND at < $until ORDER BY seq DESC LIMIT $n;

-- Lists stand under person 0; those that show this person name him by "tenant-id".
-- @many audit_lists_with_person(tenant int, pattern text, since int, until int, n int) ref
SELECT seq, at, actor, office, person AS about, what, purpose FROM look
WHERE tenant = $tenant AND person = 0 AND at >= $since AND at < $until AND what LIKE $pattern ORDER BY seq DESC LIMIT $n;

-- @one audit_look_count(tenant int, person int, n int) ahead ref
SELECT CAST(count(*) AS BIGINT) AS n FROM
(SELECT 1 AS one FROM look WHERE tenant = $tenant AND person = $person LIMIT $n) AS x;

-- @many audit_events_about(tenant int, subject int, since int, until int, n int) ref
SELECT seq, at, actor, office, subject AS about, kind AS what, purpose FROM event
WHERE tenant = $tenant AND subject = $subject AND at >= $since AND at < $until ORDER BY seq DESC LIMIT $n;

-- @many audit_looks_of_actor(tenant int, actor int, since int, until int, n int) office
SELECT seq, at, actor, office, person AS about, what, purpose FROM look
WHERE tenant = $tenant AND actor = $actor AND at >= $since AND at < $until ORDER BY seq DESC LIMIT $n;

-- @many audit_events_of_actor(tenant int, actor int, since int, until int, n int) office
SELECT seq, at, actor, office, subject AS about, kind AS what, purpose FROM event
WHERE tenant = $tenant AND actor = $actor AND at >= $since AND at < $until ORDER BY seq DESC LIMIT $n;

-- @many audit_federations() scope(region)
SELECT id, region FROM tenant WHERE region >= $lo AND region < $hi ORDER BY id;

-- @one audit_federation(id int) open "federations are public"
SELECT parent, region FROM tenant WHERE id = $id;

-- @one audit_login(login text) map
SELECT tenant, account FROM login WHERE login = $login;

-- @one audit_account(tenant int, id int) ref
SELECT name FROM account WHERE tenant = $tenant AND id = $id;

-- @one audit_office(tenant int, id int) open "offices are public"
SELECT name FROM office WHERE tenant = $tenant AND id = $id;
