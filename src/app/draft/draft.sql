-- Drafts are the office's: which one is asked by who acts, never by the request.

-- @one draft_standing(tenant int, office int, layer text) office
SELECT id, base, step, tip FROM draft WHERE tenant = $tenant AND office = $office AND layer = $layer AND ended = '';

-- @one draft_step_of(tenant int, draft int, n int) ref
SELECT s.before, s.at, s.act, s.about, s.told, a.name AS who FROM draft_step s
JOIN account a ON a.tenant = s.tenant AND a.id = s.account
WHERE s.tenant = $tenant AND s.draft = $draft AND s.n = $n;

-- @one draft_text(tenant int, draft int, n int) ref
SELECT text FROM draft_step WHERE tenant = $tenant AND draft = $draft AND n = $n;
