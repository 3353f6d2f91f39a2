-- The register: people, where they are, what is known of them and since when, their certificates, guardians, accounts.
-- Sealed columns hold base64 of what seal.h made with the person's own key.

-- @ledgered
CREATE TABLE person (
	tenant      BIGINT NOT NULL,
	id          BIGINT NOT NULL,
	id_kind     SMALLINT NOT NULL,
	id_number   TEXT NOT NULL, -- @sealed
	name        TEXT NOT NULL,
	sex         SMALLINT NOT NULL,
	born        TEXT NOT NULL,
	ethnic      SMALLINT NOT NULL,
	phone       TEXT NOT NULL, -- @sealed
	died        TEXT NOT NULL,
	photo       TEXT NOT NULL,
	merged_into BIGINT NOT NULL,
	source      TEXT NOT NULL,
	PRIMARY KEY (tenant, id)
);

-- Where a person is: the tenant and the division of the place, so that a county sees those who live there without
-- owning them. `code` is as recorded; `region` is what that division is today.
-- @ledgered
CREATE TABLE place (
	tenant     BIGINT NOT NULL,
	region     BIGINT NOT NULL,
	owner      BIGINT NOT NULL,
	person     BIGINT NOT NULL,
	kind       SMALLINT NOT NULL,
	valid_from TEXT NOT NULL,
	code       BIGINT NOT NULL,
	address    TEXT NOT NULL, -- @sealed
	valid_to   TEXT NOT NULL, -- @closes
	PRIMARY KEY (tenant, region, owner, person, kind, valid_from)
);
CREATE INDEX place_person ON place (owner, person);

-- A dated fact: true of the world from valid_from to valid_to, known to us from recorded_at until superseded_at
-- (0: still). "As of June, as known in July" is a question this table answers for ever.
-- @ledgered
CREATE TABLE fact (
	tenant        BIGINT NOT NULL,
	person        BIGINT NOT NULL,
	id            BIGINT NOT NULL,
	field         TEXT NOT NULL,
	value         TEXT NOT NULL,
	valid_from    TEXT NOT NULL,
	valid_to      TEXT NOT NULL,
	recorded_at   BIGINT NOT NULL,
	superseded_at BIGINT NOT NULL, -- @closes
	source        TEXT NOT NULL,
	PRIMARY KEY (tenant, person, id)
);

-- @ledgered
CREATE TABLE certificate (
	tenant     BIGINT NOT NULL,
	person     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	number     TEXT NOT NULL, -- @sealed
	category   SMALLINT NOT NULL,
	level      SMALLINT NOT NULL,
	status     SMALLINT NOT NULL,
	issued     TEXT NOT NULL,
	expires    TEXT NOT NULL,
	generation SMALLINT NOT NULL,
	reissue    SMALLINT NOT NULL,
	remarks    TEXT NOT NULL, -- @sealed
	kase       BIGINT NOT NULL,
	source     TEXT NOT NULL,
	ended      TEXT NOT NULL, -- the day from which it is over for good: statuses 6 to 9
	ended_for  SMALLINT NOT NULL, -- of a cancellation: lists/codes/cancel_reason.yaml
	PRIMARY KEY (tenant, person, id)
);
-- One person, one certificate that stands: whatever two counties do at the same moment.
CREATE UNIQUE INDEX certificate_one ON certificate (tenant, person) WHERE status IN (2, 4, 5);

-- One component of a certificate: what makes a multiple disability.
-- @ledgered
CREATE TABLE certificate_part (
	tenant      BIGINT NOT NULL,
	person      BIGINT NOT NULL,
	certificate BIGINT NOT NULL,
	category    SMALLINT NOT NULL,
	level       SMALLINT NOT NULL,
	cause       TEXT NOT NULL,
	item        TEXT NOT NULL,
	institution BIGINT NOT NULL,
	assessed_on TEXT NOT NULL,
	PRIMARY KEY (tenant, person, certificate, category)
);

-- @ledgered
CREATE TABLE guardian (
	tenant     BIGINT NOT NULL,
	person     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	name       TEXT NOT NULL,
	relation   SMALLINT NOT NULL,
	id_number  TEXT NOT NULL, -- @sealed
	phone      TEXT NOT NULL, -- @sealed
	proof      TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to   TEXT NOT NULL, -- @closes
	PRIMARY KEY (tenant, person, id)
);

-- @ledgered
CREATE TABLE bank (
	tenant     BIGINT NOT NULL,
	person     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	account    TEXT NOT NULL, -- @sealed
	bank       TEXT NOT NULL,
	holder     TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to   TEXT NOT NULL, -- @closes
	PRIMARY KEY (tenant, person, id)
);

-- One identity, one active record in the whole country: the key is the blind index alone.
-- @derived person
CREATE TABLE idmap (
	idx    TEXT NOT NULL,
	kind   SMALLINT NOT NULL,
	tenant BIGINT NOT NULL,
	person BIGINT NOT NULL,
	PRIMARY KEY (idx)
);

-- How a name is found in each county where the person is: in one spelling, and as toneless pinyin.
-- @derived person
CREATE TABLE name_key (
	tenant BIGINT NOT NULL,
	key    TEXT NOT NULL,
	owner  BIGINT NOT NULL,
	person BIGINT NOT NULL,
	PRIMARY KEY (tenant, key, owner, person)
);

-- A paper's row; its sealed bytes are a file named by their hash in the site's folder. Of a case's paper `tenant` is the
-- case's and `person` the number of the key that its answers are sealed with: the applicant's own, now or once he is registered.
-- @ledgered
CREATE TABLE paper (
	tenant  BIGINT NOT NULL,
	person  BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	kase    BIGINT NOT NULL,
	kind    TEXT NOT NULL,
	state   TEXT NOT NULL,
	type    TEXT NOT NULL,
	size    BIGINT NOT NULL,
	file    TEXT NOT NULL,
	mark    TEXT NOT NULL,
	added   BIGINT NOT NULL,
	removed BIGINT NOT NULL, -- @closes
	PRIMARY KEY (tenant, person, id)
);

-- What a person, or who acts for him, says is wrong in his record; answered by the office that registers him.
-- @ledgered
CREATE TABLE correction ( -- wide
	tenant   BIGINT NOT NULL,
	person   BIGINT NOT NULL,
	id       BIGINT NOT NULL,
	field    TEXT NOT NULL,
	said     TEXT NOT NULL, -- @sealed what it should be, and how that is known
	asked_by BIGINT NOT NULL, -- account
	asked    BIGINT NOT NULL,
	state    SMALLINT NOT NULL, -- 1 waits, 2 corrected, 3 refused
	answer   TEXT NOT NULL, -- @sealed
	office   BIGINT NOT NULL,
	actor    BIGINT NOT NULL,
	answered BIGINT NOT NULL, -- 0: not yet
	PRIMARY KEY (tenant, person, id)
);
CREATE INDEX correction_waits ON correction (tenant, state, asked);
