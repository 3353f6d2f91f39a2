-- Lists from outside: each file that was loaded, whom it brought, and which heading means which field in an office.

-- One file loaded into the register. `map` says which column was which field.
-- @ledgered
CREATE TABLE import (
	tenant  BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	actor   BIGINT NOT NULL,
	office  BIGINT NOT NULL,
	file    TEXT NOT NULL,
	sha256  TEXT NOT NULL,
	map     TEXT NOT NULL,
	state   TEXT NOT NULL, -- open, done, undone
	begun   BIGINT NOT NULL,
	ended   BIGINT NOT NULL,
	total   BIGINT NOT NULL,
	added   BIGINT NOT NULL,
	same    BIGINT NOT NULL,
	differs BIGINT NOT NULL,
	refused BIGINT NOT NULL,
	PRIMARY KEY (tenant, id)
);

-- A person that an import entered: the row of its sheet, what is still to be completed (bits of intake_missing), and a
-- keyed digest of what the row said, by which the same row is known again.
-- @ledgered
CREATE TABLE import_person (
	tenant  BIGINT NOT NULL,
	import  BIGINT NOT NULL,
	owner   BIGINT NOT NULL,
	person  BIGINT NOT NULL,
	line    BIGINT NOT NULL,
	missing BIGINT NOT NULL,
	digest  TEXT NOT NULL,
	PRIMARY KEY (tenant, import, owner, person)
);
CREATE INDEX import_person_owner ON import_person (owner, person);

-- A value that an import corrected because its officer believed the sheet, and what was kept before.
-- @ledgered
CREATE TABLE import_change (
	tenant BIGINT NOT NULL,
	import BIGINT NOT NULL,
	owner  BIGINT NOT NULL,
	person BIGINT NOT NULL,
	field  TEXT NOT NULL,
	line   BIGINT NOT NULL,
	day    TEXT NOT NULL,   -- from which on the new value holds
	at     BIGINT NOT NULL,
	kept   TEXT NOT NULL,   -- @sealed
	undone BIGINT NOT NULL, -- when it was taken back; 0: it stands
	PRIMARY KEY (tenant, import, owner, person, field)
);
CREATE INDEX import_change_person ON import_change (owner, person);

-- What an office's headings mean, as it chose on the page of the mapping; field empty: leave the column out.
-- @ledgered
CREATE TABLE heading_map (
	tenant  BIGINT NOT NULL,
	office  BIGINT NOT NULL,
	heading TEXT NOT NULL, -- folded
	field   TEXT NOT NULL,
	PRIMARY KEY (tenant, office, heading)
);
