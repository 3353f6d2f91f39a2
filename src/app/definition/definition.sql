-- Definitions belong to the whole site; nothing of a person stands in them.

-- Newest first, proposed ones too.
-- @many definitions_of(kind text) open "what the offices work by, the same for all"
SELECT id, version, sha256, text, valid_from, published_at, by_1, by_2 FROM definition
WHERE kind = $kind ORDER BY id, version DESC;

-- @many definitions_all() open "what the offices work by, the same for all"
SELECT kind, id, version, sha256, valid_from, published_at, by_1, by_2 FROM definition ORDER BY kind, id, version DESC;

-- @one definition_text(kind text, id text, version int) open "what the offices work by, the same for all"
SELECT text FROM definition WHERE kind = $kind AND id = $id AND version = $version;

-- No account is numbered twice on a site.
-- @one definition_hand(account int) open "who answers for what all work by"
SELECT name FROM account WHERE id = $account;

-- @many definition_versions(kind text, id text) open "what the offices work by, the same for all"
SELECT version, sha256, valid_from, published_at, by_1, by_2 FROM definition
WHERE kind = $kind AND id = $id ORDER BY version DESC;
