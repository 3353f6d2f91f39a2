-- Cards: blanks by their serial numbers, what was printed on them and for whom, printers, and the way to the holder's hand.

-- Blanks as they came: one run of serial numbers, of one generation and cover.
-- @ledgered
CREATE TABLE blank_run (
	tenant     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	generation SMALLINT NOT NULL,
	cover      SMALLINT NOT NULL, -- lists/codes/cover.yaml
	prefix     TEXT NOT NULL,     -- letters before the digits
	digits     SMALLINT NOT NULL, -- how many, zeros in front
	first      BIGINT NOT NULL,
	last       BIGINT NOT NULL,
	received   TEXT NOT NULL,
	source     TEXT NOT NULL,     -- from whom
	office     BIGINT NOT NULL,   -- that keeps them
	actor      BIGINT NOT NULL,
	PRIMARY KEY (tenant, id)
);

-- A part of a run that another office has; what it did not use comes back when it is returned.
-- @ledgered
CREATE TABLE blank_issue (
	tenant   BIGINT NOT NULL,
	run      BIGINT NOT NULL,
	id       BIGINT NOT NULL,
	first    BIGINT NOT NULL,
	last     BIGINT NOT NULL,
	office   BIGINT NOT NULL, -- that has them
	issued   TEXT NOT NULL,
	receiver TEXT NOT NULL,   -- who signed for them
	actor    BIGINT NOT NULL,
	returned TEXT NOT NULL,   -- @closes
	PRIMARY KEY (tenant, run, id)
);

-- A blank that is gone without a certificate on it: spoilt, lost.
-- @ledgered
CREATE TABLE blank_loss (
	tenant BIGINT NOT NULL,
	run    BIGINT NOT NULL,
	serial BIGINT NOT NULL,
	reason TEXT NOT NULL, -- lists/codes/card_reason.yaml, or a code, a colon and words
	day    TEXT NOT NULL,
	office BIGINT NOT NULL,
	actor  BIGINT NOT NULL,
	PRIMARY KEY (tenant, run, serial)
);

-- Counted by hand beside what the books say.
-- @ledgered
CREATE TABLE blank_count (
	tenant     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	office     BIGINT NOT NULL,
	generation SMALLINT NOT NULL,
	cover      SMALLINT NOT NULL,
	day        TEXT NOT NULL,
	expected   BIGINT NOT NULL,
	counted    BIGINT NOT NULL,
	note       TEXT NOT NULL, -- why they differ
	actor      BIGINT NOT NULL,
	PRIMARY KEY (tenant, id)
);
CREATE INDEX blank_count_of ON blank_count (tenant, office, id);

-- A printer of an office, and how far it is off with one layout.
-- @ledgered
CREATE TABLE card_printer (
	tenant BIGINT NOT NULL,
	id     BIGINT NOT NULL,
	office BIGINT NOT NULL,
	name   TEXT NOT NULL,
	layout TEXT NOT NULL,   -- lists/print
	x      BIGINT NOT NULL, -- tenths of a millimetre, to the right
	y      BIGINT NOT NULL, -- and down
	scale  BIGINT NOT NULL, -- hundredths of a percent
	closed TEXT NOT NULL,   -- @closes
	PRIMARY KEY (tenant, id)
);
CREATE INDEX card_printer_of ON card_printer (tenant, office);

-- Cards printed together: one file, one stack of blanks.
-- @ledgered
CREATE TABLE card_batch (
	tenant  BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	office  BIGINT NOT NULL,
	layout  TEXT NOT NULL,
	printer BIGINT NOT NULL, -- 0: one that is not off
	start   BIGINT NOT NULL, -- the place of the first on the first sheet, from 1
	n       BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	actor   BIGINT NOT NULL,
	PRIMARY KEY (tenant, id)
);
CREATE INDEX card_batch_of ON card_batch (tenant, office, id);

-- One printed piece. `state` 1 lies at an office, 2 on its way to one, 3 in its holder's hand, 4 spoilt, 5 made again.
-- A certificate has at most one in the states 1 to 3 for each case that issued or renewed it.
-- @ledgered
CREATE TABLE card (
	tenant      BIGINT NOT NULL,
	person      BIGINT NOT NULL,
	id          BIGINT NOT NULL,
	certificate BIGINT NOT NULL,
	kase        BIGINT NOT NULL, -- the certificate's when it was printed: a later one wants another card
	run         BIGINT NOT NULL,
	serial      BIGINT NOT NULL,
	batch       BIGINT NOT NULL,
	place       BIGINT NOT NULL, -- in its batch, from 1
	reason      TEXT NOT NULL,   -- why it was printed again; empty: for the first time
	state       SMALLINT NOT NULL,
	spoilt      TEXT NOT NULL,   -- why; codes as blank_loss.reason
	holder      BIGINT NOT NULL, -- the office where it lies, or to which it goes
	since       TEXT NOT NULL,   -- from that day
	list        BIGINT NOT NULL, -- card_list that it went or goes out with; 0: none
	PRIMARY KEY (tenant, person, id)
);
CREATE INDEX card_of ON card (tenant, certificate, kase);
CREATE INDEX card_blank ON card (tenant, run, serial);
CREATE INDEX card_in ON card (tenant, batch, place);
CREATE INDEX card_lies ON card (tenant, holder, state, since);
CREATE INDEX card_left ON card (tenant, state, since); -- what nobody came for
CREATE INDEX card_on ON card (tenant, list);
CREATE INDEX certificate_issued ON certificate (tenant, issued) WHERE status = 2 AND kase <> 0; -- what may wait to be printed

-- Cards that go on together: to another office, or (target 0) to their holders, who sign for them.
-- @ledgered
CREATE TABLE card_list (
	tenant   BIGINT NOT NULL,
	id       BIGINT NOT NULL,
	office   BIGINT NOT NULL,
	target   BIGINT NOT NULL,
	n        BIGINT NOT NULL,
	day      TEXT NOT NULL,
	mail     TEXT NOT NULL, -- its number, when it goes by post
	actor    BIGINT NOT NULL,
	receiver BIGINT NOT NULL, -- the account that took it in; 0: nobody yet
	received TEXT NOT NULL, -- @closes
	PRIMARY KEY (tenant, id)
);
CREATE INDEX card_list_from ON card_list (tenant, office, id);
CREATE INDEX card_list_to ON card_list (tenant, target, received);

-- In whose hand a card came, and what proves it.
-- @ledgered
CREATE TABLE card_receipt (
	tenant   BIGINT NOT NULL,
	person   BIGINT NOT NULL,
	card     BIGINT NOT NULL,
	day      TEXT NOT NULL,
	relation SMALLINT NOT NULL, -- lists/codes/receiver.yaml
	receiver TEXT NOT NULL, -- @sealed the name, of another than the holder
	proof    SMALLINT NOT NULL, -- lists/codes/card_proof.yaml
	mail     TEXT NOT NULL, -- of one sent by post
	office   BIGINT NOT NULL,
	actor    BIGINT NOT NULL,
	PRIMARY KEY (tenant, person, card)
);
