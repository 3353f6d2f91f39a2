-- Who may assess: institutions that were designated, their doctors, what each doctor is licensed for, and the trainings behind it.
-- Of a term `valid_to` is the last day on which it holds; empty: until further notice. Ending it early writes an earlier day.

-- An institution (an office of kind hospital) designated for some categories of disability, by a document that says so.
-- @ledgered
CREATE TABLE designation (
	tenant     BIGINT NOT NULL, -- the institution's
	id         BIGINT NOT NULL,
	office     BIGINT NOT NULL,
	categories BIGINT NOT NULL, -- a bit for each code of lists/codes/category.yaml: visual is 1 << 1
	document   TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to   TEXT NOT NULL, -- @closes
	PRIMARY KEY (tenant, id)
);
CREATE INDEX designation_office ON designation (tenant, office);

-- A doctor of an institution; `account` is his own sign-in there, which also tells who he is in the register of people.
-- @ledgered
CREATE TABLE doctor (
	tenant   BIGINT NOT NULL, -- the institution's
	id       BIGINT NOT NULL,
	office   BIGINT NOT NULL,
	name     TEXT NOT NULL,
	title    TEXT NOT NULL,
	practice TEXT NOT NULL, -- number of the licence to practise medicine (执业证书编号)
	account  BIGINT NOT NULL, -- 0: none
	closed   TEXT NOT NULL, -- @closes the first day on which he is no longer there
	PRIMARY KEY (tenant, id)
);
CREATE INDEX doctor_office ON doctor (tenant, office);

-- A training for assessors, and who held it.
-- @ledgered
CREATE TABLE training (
	tenant BIGINT NOT NULL, -- the federation's
	id     BIGINT NOT NULL,
	name   TEXT NOT NULL,
	place  TEXT NOT NULL,
	first  TEXT NOT NULL,
	last   TEXT NOT NULL,
	hours  BIGINT NOT NULL,
	closed TEXT NOT NULL, -- @closes entered by mistake
	PRIMARY KEY (tenant, id)
);

-- What a doctor may assess, and until when; gained by a training.
-- @ledgered
CREATE TABLE licence (
	tenant          BIGINT NOT NULL, -- the institution's
	id              BIGINT NOT NULL,
	doctor          BIGINT NOT NULL,
	category        SMALLINT NOT NULL,
	number          TEXT NOT NULL,
	training_tenant BIGINT NOT NULL,
	training        BIGINT NOT NULL, -- 0: none is named
	valid_from      TEXT NOT NULL,
	valid_to        TEXT NOT NULL, -- @closes
	PRIMARY KEY (tenant, id)
);
CREATE INDEX licence_doctor ON licence (tenant, doctor);

-- The institutions of a province or a city, whichever federations they stand with.
CREATE INDEX office_hospital ON office (region) WHERE kind = 'hospital';
