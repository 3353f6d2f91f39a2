-- @many office_areas(tenant int, office int) ref
SELECT lo, hi, closed FROM office_area WHERE tenant = $tenant AND office = $office ORDER BY lo;

-- @many office_posts(tenant int, office int, today text) office
SELECT id, account, lo, hi FROM role_grant
WHERE tenant = $tenant AND office = $office AND (valid_to = '' OR valid_to > $today) ORDER BY id;

-- @one office_one(tenant int, id int) scope(region)
SELECT id, kind, level, region, name, phone, address FROM office
WHERE tenant = $tenant AND id = $id AND region >= $lo AND region < $hi AND closed = '';

-- @many offices_in(tenant int) scope(region)
SELECT id, kind, level, region, name, phone, address FROM office
WHERE tenant = $tenant AND region >= $lo AND region < $hi AND closed = '' ORDER BY region, kind, id;
