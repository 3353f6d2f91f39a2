-- @many amend_values(owner int, person int, field text) open "a command that checked who may write the person"
SELECT id, value, valid_from FROM fact
WHERE tenant = $owner AND person = $person AND field = $field AND superseded_at = 0 AND valid_to = '' ORDER BY valid_from, id;

-- @one amend_open_guardian(owner int, person int) open "a command that checked who may write the person"
SELECT id FROM guardian WHERE tenant = $owner AND person = $person AND valid_to = '' ORDER BY id DESC LIMIT 1;

-- @one amend_open_bank(owner int, person int) open "a command that checked who may write the person"
SELECT id FROM bank WHERE tenant = $owner AND person = $person AND valid_to = '' ORDER BY id DESC LIMIT 1;

-- @many amend_places_of(owner int, person int) open "a command that checked who may write the person"
SELECT tenant, region, kind, valid_from FROM place WHERE owner = $owner AND person = $person AND valid_to = '';

-- @many amend_certificates_of(owner int, person int) open "a command that checked who may write the person"
SELECT id FROM certificate WHERE tenant = $owner AND person = $person ORDER BY id DESC;

-- @exec amend_forget_name(tenant int, key text, owner int, person int) open "a command that checked who may write the person"
DELETE FROM name_key WHERE tenant = $tenant AND key = $key AND owner = $owner AND person = $person;

-- @exec amend_forget_number(idx text, owner int, person int) open "a command that checked who may write the person"
DELETE FROM idmap WHERE idx = $idx AND tenant = $owner AND person = $person;
