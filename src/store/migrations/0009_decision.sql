-- What policies gave to people, and what each decision was made from.

-- One policy asked for one person on one day. `seen` holds every value that was asked, a line each: name, value as FEEL, the
-- day from which it holds, its source. `versions` names each layer with the hash of the text that decided.
-- @ledgered
CREATE TABLE decision ( -- wide
	tenant      BIGINT NOT NULL, -- the person's
	person      BIGINT NOT NULL,
	id          BIGINT NOT NULL,
	kase_tenant BIGINT NOT NULL,
	kase        BIGINT NOT NULL, -- that gave rise to it; 0: none
	policy      TEXT NOT NULL,
	versions    TEXT NOT NULL,
	region      BIGINT NOT NULL, -- whose layers were asked
	day         TEXT NOT NULL, -- of the facts
	made        BIGINT NOT NULL,
	seen        TEXT NOT NULL, -- @sealed
	PRIMARY KEY (tenant, person, id)
);
CREATE INDEX decision_kase ON decision (kase_tenant, kase);

-- One thing that it came to. `fen` is an amount of money, -1 none; `rules` the rows that fired, LAYER#ID each.
-- @ledgered
CREATE TABLE decision_result (
	tenant   BIGINT NOT NULL,
	person   BIGINT NOT NULL,
	decision BIGINT NOT NULL,
	n        BIGINT NOT NULL,
	layer    TEXT NOT NULL,
	name     TEXT NOT NULL,
	result   TEXT NOT NULL, -- as FEEL
	fen      BIGINT NOT NULL,
	rules    TEXT NOT NULL,
	PRIMARY KEY (tenant, person, decision, n)
);

-- What was granted: from the first day of a month on, until the last of another. What a policy calls it is `name`.
-- @ledgered
CREATE TABLE entitlement (
	tenant      BIGINT NOT NULL, -- the person's
	person      BIGINT NOT NULL,
	id          BIGINT NOT NULL,
	kase_tenant BIGINT NOT NULL,
	kase        BIGINT NOT NULL, -- that granted it
	decision    BIGINT NOT NULL, -- made in the same act: why, and by which version
	service     TEXT NOT NULL,
	policy      TEXT NOT NULL,
	name        TEXT NOT NULL,
	valid_from  TEXT NOT NULL,
	valid_to    TEXT NOT NULL, -- @closes
	fen         BIGINT NOT NULL, -- a month
	granted     BIGINT NOT NULL,
	PRIMARY KEY (tenant, person, id)
);
