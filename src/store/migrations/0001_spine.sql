-- The spine: the ledger, federations and their places, the calendar, accounts, definitions, work behind the pages.
-- Column types are BIGINT, SMALLINT and TEXT only; the tenant stands first in every key of a tenant's table.

-- @local which of these files the schema has been through
CREATE TABLE IF NOT EXISTS migration (
	name   TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	PRIMARY KEY (name)
);

-- "wide": rows may be long, so SQLite keeps them in a table of its own instead of in the key's tree.
-- @ledger
CREATE TABLE event ( -- wide
	tenant  BIGINT NOT NULL,
	seq     BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	actor   BIGINT NOT NULL,
	office  BIGINT NOT NULL,
	kind    TEXT NOT NULL,
	subject BIGINT NOT NULL,
	kase    BIGINT NOT NULL,
	purpose TEXT NOT NULL,
	request TEXT NOT NULL,
	body    TEXT NOT NULL,
	hash    TEXT NOT NULL,
	PRIMARY KEY (tenant, seq)
);
CREATE INDEX event_subject ON event (tenant, subject, seq);

-- @ledger
CREATE TABLE ledger_head (
	tenant BIGINT NOT NULL,
	chain  TEXT NOT NULL,
	seq    BIGINT NOT NULL,
	hash   TEXT NOT NULL,
	PRIMARY KEY (tenant, chain)
);

-- The second chain: who looked at whom, and why.
-- @ledger
CREATE TABLE look (
	tenant  BIGINT NOT NULL,
	seq     BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	actor   BIGINT NOT NULL,
	office  BIGINT NOT NULL,
	person  BIGINT NOT NULL,
	what    TEXT NOT NULL,
	purpose TEXT NOT NULL,
	kase    BIGINT NOT NULL,
	hash    TEXT NOT NULL,
	PRIMARY KEY (tenant, seq)
);
CREATE INDEX look_person ON look (tenant, person, seq);
CREATE INDEX look_kase ON look (kase, at) WHERE kase <> 0;

-- Signed heads: at each day's end and at stop.
-- @ledger
CREATE TABLE seal_head (
	tenant    BIGINT NOT NULL,
	chain     TEXT NOT NULL,
	seq       BIGINT NOT NULL,
	at        BIGINT NOT NULL,
	hash      TEXT NOT NULL,
	signature TEXT NOT NULL,
	PRIMARY KEY (tenant, chain, seq)
);

-- @local what this installation is: kind of site, high-water mark of ids, schema version
CREATE TABLE site (
	name  TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (name)
);

-- A federation of any level; its number never changes, its division may.
-- @ledgered
CREATE TABLE tenant (
	id         BIGINT NOT NULL,
	parent     BIGINT NOT NULL,
	level      SMALLINT NOT NULL,
	region     BIGINT NOT NULL,
	name       TEXT NOT NULL,
	name_en    TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to   TEXT NOT NULL, -- @closes
	PRIMARY KEY (id)
);
CREATE INDEX tenant_region ON tenant (region);

-- Townships and villages that the federation of a development zone looks after instead of their county's.
-- @ledgered
CREATE TABLE tenant_area (
	tenant     BIGINT NOT NULL,
	region     BIGINT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to   TEXT NOT NULL, -- @closes
	PRIMARY KEY (tenant, region)
);
CREATE INDEX tenant_area_region ON tenant_area (region);

-- Divisions as published: one event a province. What changes later stands in region_change.
-- level 1 province, 2 city, 3 county, 4 township, 5 village; lowest: the last level it stands for itself (a city that
-- is its own county: 2 and 3); kind 1 neighbourhood committee, 2 villagers' committee, 3 a heading (市辖区).
-- @ledgered
CREATE TABLE region (
	code       BIGINT NOT NULL,
	name       TEXT NOT NULL,
	level      SMALLINT NOT NULL,
	lowest     SMALLINT NOT NULL,
	parent     BIGINT NOT NULL,
	kind       SMALLINT NOT NULL,
	valid_from TEXT NOT NULL,
	PRIMARY KEY (code)
);
CREATE INDEX region_parent ON region (parent, code);

-- Which provinces are loaded, where their rows came from and as of which day.
-- @ledgered
CREATE TABLE region_set (
	province   BIGINT NOT NULL,
	source     TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	divisions  BIGINT NOT NULL,
	fictitious SMALLINT NOT NULL,
	PRIMARY KEY (province)
);

-- What happened to a division. From that day `successor` stands for `code` (0: none); a division that goes on under
-- its code, new or renamed, is its own successor.
-- @ledgered
CREATE TABLE region_change (
	code       BIGINT NOT NULL,
	valid_from TEXT NOT NULL,
	kind       TEXT NOT NULL, -- created, renamed, merged, recoded, split, closed
	name       TEXT NOT NULL,
	successor  BIGINT NOT NULL,
	source     TEXT NOT NULL,
	PRIMARY KEY (code, valid_from)
);

-- Names of divisions down to the township as people type them: names, pinyin, first letters.
-- @derived region
CREATE TABLE region_key (
	code  BIGINT NOT NULL,
	level SMALLINT NOT NULL,
	text  TEXT NOT NULL,
	PRIMARY KEY (code)
);

-- The State Council's notice for a year's holidays; a year without an open row is a year without a notice.
-- A corrected notice is the next edition, and closes the one before it.
-- @ledgered
CREATE TABLE calendar_year (
	year    BIGINT NOT NULL,
	edition SMALLINT NOT NULL,
	source  TEXT NOT NULL,
	closed  TEXT NOT NULL, -- @closes
	PRIMARY KEY (year, edition)
);

-- @ledgered
CREATE TABLE calendar_day (
	year    BIGINT NOT NULL,
	edition SMALLINT NOT NULL,
	day     TEXT NOT NULL,
	working SMALLINT NOT NULL,
	note    TEXT NOT NULL,
	PRIMARY KEY (year, edition, day)
);

-- A body that acts: a federation's office, a hospital, a civil-affairs bureau, a village association.
-- @ledgered
CREATE TABLE office (
	tenant   BIGINT NOT NULL,
	id       BIGINT NOT NULL,
	kind     TEXT NOT NULL,
	level    SMALLINT NOT NULL,
	region   BIGINT NOT NULL,
	name     TEXT NOT NULL,
	phone    TEXT NOT NULL,
	address  TEXT NOT NULL,
	closed   TEXT NOT NULL, -- @closes
	PRIMARY KEY (tenant, id)
);
CREATE INDEX office_region ON office (tenant, region, kind);

-- A person who signs in. `person` is his own record in the register, for the test of self and near relative; `home` the
-- federation of that record when it is another one: an account made by phone stands under the nation's number.
-- @ledgered
CREATE TABLE account (
	tenant BIGINT NOT NULL,
	id     BIGINT NOT NULL,
	kind   TEXT NOT NULL,
	login  TEXT NOT NULL,
	name   TEXT NOT NULL,
	person BIGINT NOT NULL,
	home   BIGINT NOT NULL, -- 0: the account's own tenant
	closed TEXT NOT NULL, -- @closes
	PRIMARY KEY (tenant, id)
);
CREATE INDEX account_person ON account (tenant, person) WHERE person <> 0;

-- Role × office × interval of divisions × business line, with dates.
-- @ledgered
CREATE TABLE role_grant (
	tenant     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	account    BIGINT NOT NULL,
	role       TEXT NOT NULL,
	office     BIGINT NOT NULL,
	lo         BIGINT NOT NULL,
	hi         BIGINT NOT NULL,
	line       TEXT NOT NULL, -- '': all lines of the role
	sensitive  SMALLINT NOT NULL, -- 1: sees sensitive fields, where the role may
	valid_from TEXT NOT NULL,
	valid_to   TEXT NOT NULL, -- @closes the first day on which it no longer holds
	PRIMARY KEY (tenant, id)
);
CREATE INDEX role_grant_account ON role_grant (tenant, account);
CREATE INDEX role_grant_office ON role_grant (tenant, office);

-- The sign-in name of each open account, one in the whole site.
-- @derived SELECT login, tenant, id AS account FROM account WHERE closed = ''
CREATE TABLE login (
	login   TEXT NOT NULL,
	tenant  BIGINT NOT NULL,
	account BIGINT NOT NULL,
	PRIMARY KEY (login)
);

-- @local a secret: the hash of a password is not history and must not be rebuilt
CREATE TABLE credential (
	tenant  BIGINT NOT NULL,
	account BIGINT NOT NULL,
	hash    TEXT NOT NULL,
	changed BIGINT NOT NULL,
	ends    BIGINT NOT NULL, -- of a code given by an administrator, to be changed at first use; 0: a password
	PRIMARY KEY (tenant, account)
);

-- The token stands here as its SHA-256: who reads this table cannot sign in with it.
-- @local who is signed in at this moment
CREATE TABLE session (
	token   TEXT NOT NULL,
	tenant  BIGINT NOT NULL,
	account BIGINT NOT NULL,
	post    BIGINT NOT NULL, -- the grant or delegation acted by; 0: none
	stage   SMALLINT NOT NULL, -- what still stands between him and his work: session_stage
	factor  SMALLINT NOT NULL, -- 1: a second factor was given
	csrf    TEXT NOT NULL,
	source  TEXT NOT NULL,
	client  TEXT NOT NULL, -- the browser, for the list of one's own sessions
	created BIGINT NOT NULL,
	used    BIGINT NOT NULL,
	idle    BIGINT NOT NULL, -- ms without use that end it
	ends    BIGINT NOT NULL,
	PRIMARY KEY (token)
);
CREATE INDEX session_account ON session (tenant, account);

-- @local growing delays after wrong passwords
CREATE TABLE sign_in_delay (
	name     TEXT NOT NULL,
	failures BIGINT NOT NULL,
	until    BIGINT NOT NULL,
	PRIMARY KEY (name)
);

-- Services, policies, indicators, reports, lists and fields: every published version, for ever.
-- @ledgered
CREATE TABLE definition ( -- wide
	kind         TEXT NOT NULL,
	id           TEXT NOT NULL,
	version      BIGINT NOT NULL,
	sha256       TEXT NOT NULL,
	text         TEXT NOT NULL,
	valid_from   TEXT NOT NULL,
	published_at BIGINT NOT NULL,
	by_1         BIGINT NOT NULL,
	by_2         BIGINT NOT NULL,
	PRIMARY KEY (kind, id, version)
);
CREATE INDEX definition_begins ON definition (valid_from) WHERE published_at <> 0; -- how many have begun: asked by each page

-- @local a job's place and lease; what it did stands in the ledger
CREATE TABLE job (
	id       BIGINT NOT NULL,
	kind     TEXT NOT NULL,
	args     TEXT NOT NULL,
	state    TEXT NOT NULL,
	position TEXT NOT NULL,
	done     BIGINT NOT NULL,
	total    BIGINT NOT NULL,
	due      BIGINT NOT NULL,
	leased   BIGINT NOT NULL,
	tries    BIGINT NOT NULL,
	fault    TEXT NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX job_due ON job (state, due);

-- @local a request's answer, kept 30 days so that asking twice does it once
CREATE TABLE request ( -- wide
	key    TEXT NOT NULL,
	actor  BIGINT NOT NULL,
	route  TEXT NOT NULL,
	input  TEXT NOT NULL,
	result TEXT NOT NULL,
	at     BIGINT NOT NULL,
	PRIMARY KEY (key)
);
CREATE INDEX request_at ON request (at);
