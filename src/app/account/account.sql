-- Sign-in names. Who asks is not known yet, so these are looked up in the whole site.

-- @one login_find(login text) map
SELECT tenant, account FROM login WHERE login = $login;

-- @exec login_put(login text, tenant int, account int) map
INSERT INTO login (login, tenant, account) VALUES ($login, $tenant, $account) ON CONFLICT (login) DO NOTHING;

-- @exec login_drop(login text) map
DELETE FROM login WHERE login = $login;

-- Posts.

-- @many posts_of(tenant int, account int, today text) self
SELECT id, role, office, lo, hi, line, sensitive, valid_from, valid_to FROM role_grant
WHERE tenant = $tenant AND account = $account AND (valid_to = '' OR valid_to > $today) ORDER BY id;

-- Every role that this person holds or will hold, under any of his accounts, as deputy too.
-- @many roles_held(tenant int, account int, person int, today text) self
SELECT g.role, g.valid_from, g.valid_to
FROM account a JOIN role_grant g ON g.tenant = a.tenant AND g.account = a.id
WHERE a.tenant = $tenant AND (a.id = $account OR (a.person = $person AND a.person <> 0))
  AND (g.valid_to = '' OR g.valid_to > $today)
UNION ALL
SELECT g.role, d.valid_from, d.valid_to
FROM account a JOIN delegation d ON d.tenant = a.tenant AND d.account = a.id
JOIN role_grant g ON g.tenant = d.tenant AND g.id = d.post
WHERE a.tenant = $tenant AND (a.id = $account OR (a.person = $person AND a.person <> 0)) AND d.valid_to > $today;

-- @many delegations_about(tenant int, account int, today text) self
SELECT d.id, d.post, d.account AS deputy, g.account AS holder, g.role, g.office, g.line, d.lo, d.hi, d.reason,
       d.valid_from, d.valid_to
FROM delegation d JOIN role_grant g ON g.tenant = d.tenant AND g.id = d.post
WHERE d.tenant = $tenant AND (d.account = $account OR g.account = $account) AND d.valid_to > $today ORDER BY d.id;

-- @many delegations_of(tenant int, post int, today text) ref
SELECT id, account, lo, hi, valid_from, valid_to FROM delegation
WHERE tenant = $tenant AND post = $post AND valid_to > $today ORDER BY id;

-- The posts that an account can act from on that day, deputised ones too.
-- @many posts_now(tenant int, account int, today text) self
SELECT g.id, g.role, g.office, o.name AS office_name, g.line, CAST(0 AS BIGINT) AS stands_for
FROM role_grant g JOIN office o ON o.tenant = g.tenant AND o.id = g.office
WHERE g.tenant = $tenant AND g.account = $account AND o.closed = ''
  AND g.valid_from <= $today AND (g.valid_to = '' OR g.valid_to > $today)
UNION ALL
SELECT d.id, g.role, g.office, o.name AS office_name, g.line, g.account AS stands_for
FROM delegation d JOIN role_grant g ON g.tenant = d.tenant AND g.id = d.post
JOIN office o ON o.tenant = g.tenant AND o.id = g.office
WHERE d.tenant = $tenant AND d.account = $account AND o.closed = ''
  AND d.valid_from <= $today AND d.valid_to > $today
  AND g.valid_from <= $today AND (g.valid_to = '' OR g.valid_to > $today)
ORDER BY 6, 1;

-- What administrators see (staff.h).

-- @many staff_accounts(tenant int) office
SELECT id, login, name FROM account WHERE tenant = $tenant AND kind = 'staff' AND closed = '' ORDER BY login;

-- @many staff_posts(tenant int, today text) office
SELECT g.id, g.account, g.role, g.office, o.kind, o.name AS office_name, g.lo, g.hi, g.line, g.sensitive, g.valid_from,
       g.valid_to
FROM role_grant g JOIN office o ON o.tenant = g.tenant AND o.id = g.office
WHERE g.tenant = $tenant AND (g.valid_to = '' OR g.valid_to > $today) ORDER BY g.account, g.id;

-- @many staff_factors(tenant int) office
SELECT account FROM second_factor WHERE tenant = $tenant ORDER BY account;

-- @one staff_house(tenant int, office int) ref
SELECT kind FROM office WHERE tenant = $tenant AND id = $office;

-- @one staff_entered(tenant int, account int) self
SELECT at FROM event WHERE tenant = $tenant AND subject = $account AND kind = 'session.opened' ORDER BY seq DESC LIMIT 1;

-- Sessions.

-- @one session_row(token text) map
SELECT tenant, account, post, stage, factor, csrf, source, client, created, used, idle, ends FROM session WHERE token = $token;

-- One row for each interval of the post; a row without a role when the account has no such post today.
-- @many session_posts(tenant int, account int, post int, today text) self
SELECT a.kind, a.name, a.person, a.home, s.role, s.office, s.line, s.lo AS lo, s.hi, s.sensitive, o.level,
       CAST(0 AS BIGINT) AS stands_for
FROM account a
LEFT JOIN role_grant g ON g.tenant = a.tenant AND g.account = a.id AND g.id = $post
  AND g.valid_from <= $today AND (g.valid_to = '' OR g.valid_to > $today)
LEFT JOIN office o ON o.tenant = g.tenant AND o.id = g.office AND o.closed = ''
LEFT JOIN role_grant s ON s.tenant = o.tenant AND s.office = o.id AND s.account = g.account AND s.role = g.role
  AND s.line = g.line AND s.sensitive = g.sensitive AND s.valid_from <= $today AND (s.valid_to = '' OR s.valid_to > $today)
WHERE a.tenant = $tenant AND a.id = $account AND a.closed = ''
UNION ALL
SELECT a.kind, a.name, a.person, a.home, g.role, g.office, g.line, d.lo AS lo, d.hi, g.sensitive, o.level, g.account AS stands_for
FROM account a
JOIN delegation d ON d.tenant = a.tenant AND d.account = a.id AND d.id = $post
  AND d.valid_from <= $today AND d.valid_to > $today
JOIN role_grant g ON g.tenant = d.tenant AND g.id = d.post
  AND g.valid_from <= $today AND (g.valid_to = '' OR g.valid_to > $today)
JOIN office o ON o.tenant = g.tenant AND o.id = g.office AND o.closed = ''
WHERE a.tenant = $tenant AND a.id = $account AND a.closed = ''
ORDER BY 8 NULLS FIRST;

-- @exec session_put(token text, tenant int, account int, post int, stage int, factor int, csrf text, source text, client text, now int, idle int, ends int) map
INSERT INTO session (token, tenant, account, post, stage, factor, csrf, source, client, created, used, idle, ends)
VALUES ($token, $tenant, $account, $post, $stage, $factor, $csrf, $source, $client, $now, $now, $idle, $ends);

-- @exec session_used(token text, now int) map
UPDATE session SET used = $now WHERE token = $token AND used < $now;

-- @many sessions_of(tenant int, account int, now int) self
SELECT token, post, stage, source, client, created, used FROM session
WHERE tenant = $tenant AND account = $account AND ends > $now AND used + idle > $now ORDER BY used DESC, token;

-- @exec session_drop(token text, tenant int, account int) self
DELETE FROM session WHERE token = $token AND tenant = $tenant AND account = $account;

-- @exec sessions_drop(tenant int, account int, except text) self
DELETE FROM session WHERE tenant = $tenant AND account = $account AND token <> $except;

-- @exec sessions_sweep(now int) open "ends what nobody can use any more, in the whole site"
DELETE FROM session WHERE ends <= $now OR used + idle <= $now;

-- Passwords.

-- @one credential_find(tenant int, account int) self
SELECT hash, changed, ends FROM credential WHERE tenant = $tenant AND account = $account;

-- @exec credential_put(tenant int, account int, hash text, changed int, ends int) self
INSERT INTO credential (tenant, account, hash, changed, ends) VALUES ($tenant, $account, $hash, $changed, $ends)
ON CONFLICT (tenant, account) DO UPDATE SET hash = excluded.hash, changed = excluded.changed, ends = excluded.ends;

-- @exec credential_drop(tenant int, account int) self
DELETE FROM credential WHERE tenant = $tenant AND account = $account;

-- Delays.

-- @one delay_find(name text) map
SELECT failures, until FROM sign_in_delay WHERE name = $name;

-- @exec delay_put(name text, failures int, until int) map
INSERT INTO sign_in_delay (name, failures, until) VALUES ($name, $failures, $until)
ON CONFLICT (name) DO UPDATE SET failures = excluded.failures, until = excluded.until;

-- @exec delay_drop(name text) map
DELETE FROM sign_in_delay WHERE name = $name;

-- @exec delays_sweep(before int) open "forgets what no longer delays anybody, in the whole site"
DELETE FROM sign_in_delay WHERE until < $before;

-- Second factors.

-- @one factor_find(tenant int, account int) self
SELECT secret, step, made FROM second_factor WHERE tenant = $tenant AND account = $account;

-- @exec factor_put(tenant int, account int, secret text, step int, made int) self
INSERT INTO second_factor (tenant, account, secret, step, made) VALUES ($tenant, $account, $secret, $step, $made)
ON CONFLICT (tenant, account) DO UPDATE SET secret = excluded.secret, step = excluded.step, made = excluded.made;

-- @exec factor_use(tenant int, account int, step int) self
UPDATE second_factor SET step = $step WHERE tenant = $tenant AND account = $account AND step < $step;

-- @exec factor_drop(tenant int, account int) self
DELETE FROM second_factor WHERE tenant = $tenant AND account = $account;

-- @exec recovery_put(tenant int, account int, code text) self
INSERT INTO recovery_code (tenant, account, code, used) VALUES ($tenant, $account, $code, 0);

-- @exec recovery_use(tenant int, account int, code text, now int) self
UPDATE recovery_code SET used = $now WHERE tenant = $tenant AND account = $account AND code = $code AND used = 0;

-- @exec recovery_drop(tenant int, account int) self
DELETE FROM recovery_code WHERE tenant = $tenant AND account = $account;

-- The phones of a person (phone.h).

-- @one phone_self(tenant int, account int) self
SELECT login FROM account WHERE tenant = $tenant AND id = $account AND closed = '';

-- @many phones_of(tenant int, person int, home int) self
SELECT id FROM account WHERE tenant = $tenant AND person = $person AND person <> 0 AND home = $home
  AND kind = 'applicant' AND closed = '' AND login LIKE 'phone:%' ORDER BY id;

-- Codes for applicants, and the outbox.

-- @one code_find(name text) map
SELECT tenant, person, kase, code, tries, created, ends FROM sign_in_code WHERE name = $name;

-- @exec code_put(name text, tenant int, person int, kase int, code text, created int, ends int) map
INSERT INTO sign_in_code (name, tenant, person, kase, code, tries, created, ends)
VALUES ($name, $tenant, $person, $kase, $code, 0, $created, $ends)
ON CONFLICT (name) DO UPDATE SET tenant = excluded.tenant, person = excluded.person, kase = excluded.kase,
  code = excluded.code, tries = 0, created = excluded.created, ends = excluded.ends;

-- @exec code_tried(name text) map
UPDATE sign_in_code SET tries = tries + 1 WHERE name = $name;

-- @exec code_drop(name text) map
DELETE FROM sign_in_code WHERE name = $name;

-- @exec codes_sweep(now int) open "forgets codes that have run out, in the whole site"
DELETE FROM sign_in_code WHERE ends <= $now;

-- @exec outbox_put(id int, tenant int, address text, shown text, message text, args text, created int, ends int) map
INSERT INTO outbox (id, tenant, channel, address, shown, message, args, created, ends, sent, tries)
VALUES ($id, $tenant, 'sms', $address, $shown, $message, $args, $created, $ends, 0, 0);

-- What waits and is worth sending: 10 s, 40 s, 90 s, 160 s after it was written when it was refused before.
-- @many outbox_waiting(now int, tries int, n int) open "the sender of messages belongs to nobody"
SELECT id, tenant, address, message, args, tries FROM outbox
WHERE sent = 0 AND ends > $now AND tries < $tries AND created + tries * tries * 10000 <= $now ORDER BY created, id LIMIT $n;

-- @exec outbox_tried(sent int, tries int, id int) map
UPDATE outbox SET sent = $sent, tries = $tries WHERE id = $id;

-- @many outbox_old(before int, n int) open "the sweeper of messages belongs to nobody"
SELECT id, tenant FROM outbox WHERE ends < $before ORDER BY id LIMIT $n;

-- @exec outbox_drop(id int) map
DELETE FROM outbox WHERE id = $id;

-- @one outbox_count(now int) open "numbers of messages, nothing of a person"
SELECT CAST(COALESCE(SUM(CASE WHEN sent = 0 AND ends > $now THEN 1 ELSE 0 END), 0) AS BIGINT) AS waiting,
       CAST(COALESCE(SUM(CASE WHEN sent > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS sent,
       CAST(COALESCE(SUM(CASE WHEN sent = 0 AND ends <= $now THEN 1 ELSE 0 END), 0) AS BIGINT) AS lost FROM outbox;

-- @many outbox_last(tenant int, before int) open "the demo shows what would have been sent; a live site has no such page"
SELECT id, channel, address, shown, message, args, created, sent FROM outbox
WHERE tenant = $tenant AND id < $before ORDER BY id DESC LIMIT 50;
