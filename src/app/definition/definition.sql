-- Definitions belong to the whole site; nothing of a person stands in them.

-- Newest first, proposed ones too.
-- @many definitions_of(kind text) open "what the offices work by, the same for all"
SELECT id, version, sha256, text, valid_from, published_at, by_1, by_2 FROM definition
WHERE kind = $kind ORDER BY id, version DESC;

-- @many definition_versions(kind text, id text) open "what the offices work by, the same for all"
SELECT version, sha256, valid_from, published_at, by_1, by_2 FROM definition
WHERE kind = $kind AND id = $id ORDER BY version DESC;
