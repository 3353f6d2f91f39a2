-- Offices' own areas, deputies, second factors, codes sent to phones, and what waits to be sent.

-- The jurisdiction of an office that is not simply its own division: a development zone, a hospital of several counties.
-- @ledgered
CREATE TABLE office_area (
	tenant BIGINT NOT NULL,
	office BIGINT NOT NULL,
	lo     BIGINT NOT NULL,
	hi     BIGINT NOT NULL,
	closed TEXT NOT NULL, -- @closes
	PRIMARY KEY (tenant, office, lo)
);

-- A post acted for by another account: leave, or the standing deputy of an office of two (AB 角).
-- @ledgered
CREATE TABLE delegation (
	tenant     BIGINT NOT NULL,
	id         BIGINT NOT NULL,
	post       BIGINT NOT NULL, -- role_grant.id
	account    BIGINT NOT NULL, -- who acts
	lo         BIGINT NOT NULL,
	hi         BIGINT NOT NULL,
	reason     TEXT NOT NULL, -- leave, deputy
	valid_from TEXT NOT NULL,
	valid_to   TEXT NOT NULL, -- @closes the first day on which it no longer holds
	PRIMARY KEY (tenant, id)
);
CREATE INDEX delegation_account ON delegation (tenant, account);
CREATE INDEX delegation_post ON delegation (tenant, post);

-- @local a secret, sealed with the account's own key; not history
CREATE TABLE second_factor (
	tenant  BIGINT NOT NULL,
	account BIGINT NOT NULL,
	secret  TEXT NOT NULL, -- @sealed
	step    BIGINT NOT NULL, -- of the last code that was taken: none is taken twice
	made    BIGINT NOT NULL,
	PRIMARY KEY (tenant, account)
);

-- @local codes for who has lost the second factor, as keyed hashes
CREATE TABLE recovery_code (
	tenant  BIGINT NOT NULL,
	account BIGINT NOT NULL,
	code    TEXT NOT NULL,
	used    BIGINT NOT NULL, -- 0: not yet
	PRIMARY KEY (tenant, account, code)
);

-- `name` says the adapter and whom: "phone:INDEX", "letter:HASH".
-- @local codes that an applicant signs in with, as keyed hashes
CREATE TABLE sign_in_code (
	name    TEXT NOT NULL,
	tenant  BIGINT NOT NULL,
	person  BIGINT NOT NULL,
	kase    BIGINT NOT NULL,
	code    TEXT NOT NULL,
	tries   BIGINT NOT NULL,
	created BIGINT NOT NULL,
	ends    BIGINT NOT NULL,
	PRIMARY KEY (name)
);
CREATE INDEX sign_in_code_ends ON sign_in_code (ends);

-- Address and arguments are sealed with a key of the message's own, which goes when it has been sent.
-- @local what waits to be sent; that something was decided stands in the ledger
CREATE TABLE outbox ( -- wide
	id      BIGINT NOT NULL,
	tenant  BIGINT NOT NULL,
	channel TEXT NOT NULL, -- sms
	address TEXT NOT NULL, -- @sealed
	shown   TEXT NOT NULL, -- the address with its middle hidden
	message TEXT NOT NULL, -- a message id
	args    TEXT NOT NULL, -- @sealed name=value lines
	created BIGINT NOT NULL,
	ends    BIGINT NOT NULL, -- worthless after it
	sent    BIGINT NOT NULL, -- 0: not yet
	tries   BIGINT NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX outbox_waiting ON outbox (sent, created);
