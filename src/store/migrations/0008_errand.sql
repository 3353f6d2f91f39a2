-- Sheets that come in or go out: what an officer began and what a thread does for him, until it expires.

-- The file itself lies sealed in the site's folder of errands, under this row's own key.
-- @local work in hand: a sheet between its upload and the register, or a roster to be fetched; the register's rows tell what came of it
CREATE TABLE errand ( -- wide
	tenant  BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	account BIGINT NOT NULL,
	office  BIGINT NOT NULL,
	post    BIGINT NOT NULL, -- acted by: what it may reach is asked again when the work is done
	kind    TEXT NOT NULL,   -- import, undo, roster
	state   TEXT NOT NULL,   -- errand_state
	english SMALLINT NOT NULL,
	file    TEXT NOT NULL,   -- what it was called, for people
	sha256  TEXT NOT NULL,
	photos  BIGINT NOT NULL, -- how many lie in the archive that came with it
	map     TEXT NOT NULL,   -- import: which column is which field; roster: the columns
	reveal  SMALLINT NOT NULL,
	purpose TEXT NOT NULL,
	said    TEXT NOT NULL,   -- what stopped it, in words
	tries   SMALLINT NOT NULL,
	total   BIGINT NOT NULL,
	added   BIGINT NOT NULL,
	same    BIGINT NOT NULL,
	differs BIGINT NOT NULL,
	refused BIGINT NOT NULL,
	import  BIGINT NOT NULL, -- the import that it makes or takes back; 0: none yet
	created BIGINT NOT NULL,
	ends    BIGINT NOT NULL, -- swept after this instant
	PRIMARY KEY (tenant, id)
);

-- Where the sheet is to be believed: one field of one row, or (line 0) that field of every row.
-- @local a choice between upload and load; what it changed is told by events
CREATE TABLE errand_choice (
	tenant BIGINT NOT NULL,
	errand BIGINT NOT NULL,
	line   BIGINT NOT NULL,
	field  TEXT NOT NULL,
	take   SMALLINT NOT NULL,
	PRIMARY KEY (tenant, errand, line, field)
);
