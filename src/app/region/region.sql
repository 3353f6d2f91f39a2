-- Divisions are public and the same for everybody: what is read here is "open".

-- @many region_rows_below(parent int, after int, max int) open "divisions are public"
SELECT code, name, level, lowest, parent, kind, valid_from FROM region
WHERE parent = $parent AND code > $after ORDER BY code LIMIT $max;

-- @many region_rows_in(lo int, hi int, least int, max int) open "divisions are public"
SELECT code, name, level, lowest, parent, kind, valid_from FROM region
WHERE code >= $lo AND code < $hi AND level >= $least ORDER BY code LIMIT $max;

-- @many region_changes(parent int, lo int, hi int) open "divisions are public"
SELECT c.code, c.valid_from, c.kind, c.name, c.successor, c.source FROM region r JOIN region_change c ON c.code = r.code
WHERE r.parent = $parent AND r.code >= $lo AND r.code < $hi ORDER BY c.code, c.valid_from;

-- @many region_walk(after int, below int, n int) open "the check of the ledger, in a rebuilt copy"
SELECT code, level, name FROM region WHERE code > $after AND level < $below ORDER BY code LIMIT $n;

-- @many region_names(below int) open "the check of the ledger, in a rebuilt copy"
SELECT c.code, c.name FROM region_change c JOIN region r ON r.code = c.code
WHERE r.level < $below ORDER BY c.code, c.valid_from;

-- @many region_ends(day text) open "divisions are public"
SELECT code, successor FROM region_change WHERE successor <> code AND valid_from <= $day ORDER BY code;

-- @many region_key_hits(lo int, hi int, pattern text, max int) open "divisions are public"
SELECT code, level, text FROM region_key
WHERE code >= $lo AND code < $hi AND text LIKE $pattern ESCAPE '!' ORDER BY level, code LIMIT $max;

-- @exec region_key_put(code int, level int, text text) open "search keys of public divisions"
INSERT INTO region_key (code, level, text) VALUES ($code, $level, $text)
ON CONFLICT (code) DO UPDATE SET text = excluded.text;

-- @many region_sets_all() open "divisions are public"
SELECT province, source, valid_from, divisions, fictitious FROM region_set ORDER BY province;

-- @one tenant_row(id int) open "federations are public"
SELECT id, parent, level, region, name, name_en, valid_from, valid_to FROM tenant WHERE id = $id;

-- @many tenant_rows_at(region int) open "federations are public"
SELECT id, parent, level, region, name, name_en, valid_from, valid_to FROM tenant WHERE region = $region ORDER BY id;

-- @many tenants_in(lo int, hi int) open "federations are public"
SELECT id, region FROM tenant WHERE region >= $lo AND region < $hi ORDER BY id;

-- @many tenant_areas_at(region int) open "federations are public"
SELECT tenant, region, valid_from, valid_to FROM tenant_area WHERE region = $region ORDER BY tenant;

-- @many tenant_areas_of(tenant int) open "federations are public"
SELECT tenant, region, valid_from, valid_to FROM tenant_area WHERE tenant = $tenant ORDER BY region;

-- @many tenant_areas_in(lo int, hi int) open "federations are public"
SELECT tenant, region, valid_from, valid_to FROM tenant_area WHERE region >= $lo AND region < $hi ORDER BY region;
