-- Policies while they are changed, before anybody proposes them.

-- One draft of a layer of a policy, of the office that opened it; an office has one open draft of a layer at a time. `step`
-- is the version of it that stands; the steps from there to `tip` were undone and can be done again.
-- @ledgered
CREATE TABLE draft (
	tenant BIGINT NOT NULL, -- the office's
	id     BIGINT NOT NULL,
	office BIGINT NOT NULL,
	layer  TEXT NOT NULL,
	base   BIGINT NOT NULL, -- the published version that it began from
	step   BIGINT NOT NULL,
	tip    BIGINT NOT NULL,
	steps  BIGINT NOT NULL, -- how many there are
	ended  TEXT NOT NULL,   -- proposed, dropped; empty: open
	PRIMARY KEY (tenant, id)
);
CREATE INDEX draft_of ON draft (tenant, office, layer);

-- A version of a draft: all its files as one text, after one change. Never changed, never removed: undoing goes back to `before`.
-- @ledgered
CREATE TABLE draft_step ( -- wide
	tenant  BIGINT NOT NULL,
	draft   BIGINT NOT NULL,
	n       BIGINT NOT NULL, -- from 1, which is the text that it began from
	before  BIGINT NOT NULL, -- the version that was changed; 0: none
	at      BIGINT NOT NULL,
	account BIGINT NOT NULL,
	act     TEXT NOT NULL,   -- draft_act
	about   TEXT NOT NULL,   -- the row, the person, the article
	told    TEXT NOT NULL,   -- what was rewritten on the way in
	text    TEXT NOT NULL,
	PRIMARY KEY (tenant, draft, n)
);
