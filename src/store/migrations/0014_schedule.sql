-- Where and when is assessed, and who is expected there.

-- One list for all of it: a session at the institution (评定日), a day in a township or village (集中评定), a round of visits
-- (上门评定).
-- @ledgered
CREATE TABLE occasion (
	tenant     BIGINT NOT NULL, -- the institution's
	id         BIGINT NOT NULL,
	office     BIGINT NOT NULL, -- the institution
	kind       SMALLINT NOT NULL, -- 1 session, 2 elsewhere, 3 at home
	day        TEXT NOT NULL,
	begins     TEXT NOT NULL, -- 08:30
	ends       TEXT NOT NULL,
	region     BIGINT NOT NULL, -- the division that it lies in or goes round
	place      TEXT NOT NULL, -- in words
	categories BIGINT NOT NULL, -- as of a designation
	capacity   BIGINT NOT NULL,
	cancelled  TEXT NOT NULL, -- @closes why
	PRIMARY KEY (tenant, id)
);
CREATE INDEX occasion_day ON occasion (tenant, office, day);

-- A case expected at an occasion. A case has one open appointment; who did not come gets another.
-- @ledgered
CREATE TABLE appointment (
	tenant      BIGINT NOT NULL, -- the occasion's
	id          BIGINT NOT NULL,
	occasion    BIGINT NOT NULL,
	kase_tenant BIGINT NOT NULL,
	kase        BIGINT NOT NULL,
	n           BIGINT NOT NULL, -- 1; 2 when he did not come to one, and so on
	needs       BIGINT NOT NULL, -- bits: 1 companion, 2 sign language, 4 transport
	actor       BIGINT NOT NULL,
	made        BIGINT NOT NULL,
	outcome     TEXT NOT NULL, -- @closes came, missed, moved, cancelled; empty: expected
	PRIMARY KEY (tenant, id)
);
CREATE INDEX appointment_occasion ON appointment (tenant, occasion);
CREATE INDEX appointment_kase ON appointment (kase_tenant, kase);

-- Assessors drawn by lot for an occasion: who is shown pool and seed can draw again and finds the same.
-- @ledgered
CREATE TABLE draw (
	tenant   BIGINT NOT NULL,
	id       BIGINT NOT NULL,
	occasion BIGINT NOT NULL,
	seed     BIGINT NOT NULL,
	pool     TEXT NOT NULL, -- numbers of doctors, in the order in which they were drawn from
	drawn    TEXT NOT NULL, -- those of them, in the order drawn
	actor    BIGINT NOT NULL,
	made     BIGINT NOT NULL,
	PRIMARY KEY (tenant, id)
);
CREATE INDEX draw_occasion ON draw (tenant, occasion);
