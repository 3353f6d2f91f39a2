-- Cases: what was asked for, what was answered, each step with who did it and when, papers out, notices, objections.

-- `state` 1 draft, 2 with an office, 3 with the applicant, 4 ended, 5 void. Answers and free texts are sealed with the key
-- (key_tenant, key_id): the applicant's own if he was in the register when the draft was opened, else one that becomes his
-- when he is registered. `person` is 0 until the applicant is known to the register.
-- @ledgered
CREATE TABLE kase (
	tenant        BIGINT NOT NULL,
	id            BIGINT NOT NULL,
	service       TEXT NOT NULL,
	line          TEXT NOT NULL, -- of its service: who works in another does not see it
	sha256        TEXT NOT NULL, -- of the definition it runs by
	number        TEXT NOT NULL, -- '' while a draft
	year          BIGINT NOT NULL,
	running       BIGINT NOT NULL,
	state         SMALLINT NOT NULL,
	turn          BIGINT NOT NULL, -- kase_step.n that is open; 0: none
	step          TEXT NOT NULL,
	outcome       TEXT NOT NULL,
	region        BIGINT NOT NULL, -- of registration
	residence     BIGINT NOT NULL, -- 0: the same
	person_tenant BIGINT NOT NULL,
	person        BIGINT NOT NULL,
	key_tenant    BIGINT NOT NULL,
	key_id        BIGINT NOT NULL,
	name          TEXT NOT NULL, -- the applicant's
	asks_as       SMALLINT NOT NULL, -- 1 self, 2 guardian, 4 helper
	filed_tenant  BIGINT NOT NULL, -- of the account that filed it: applicants known by a phone alone are the nation's
	filed_by      BIGINT NOT NULL, -- account
	filed_office  BIGINT NOT NULL, -- of that tenant, which took it; 0: he filed it himself
	channel       TEXT NOT NULL, -- lists/codes/channel.yaml
	warnings      BIGINT NOT NULL, -- bits of service_bar that stand and were let through
	remade_from   BIGINT NOT NULL, -- the void case that this one does again
	opened        BIGINT NOT NULL,
	submitted     TEXT NOT NULL,
	accepted      TEXT NOT NULL,
	ended         TEXT NOT NULL,
	PRIMARY KEY (tenant, id)
);
CREATE INDEX kase_person ON kase (tenant, person, id);
CREATE INDEX kase_number ON kase (tenant, year, running);
CREATE INDEX kase_place ON kase (state, region, id, tenant); -- the list of a place
CREATE INDEX kase_latest ON kase (id, region, state, tenant); -- of a city and wider: from the latest on

-- What an account has filed, in whichever federation.
-- @derived SELECT filed_tenant AS tenant, filed_by AS account, id, tenant AS kase_tenant FROM kase
CREATE TABLE filing (
	tenant      BIGINT NOT NULL,
	account     BIGINT NOT NULL,
	id          BIGINT NOT NULL, -- of the case
	kase_tenant BIGINT NOT NULL,
	PRIMARY KEY (tenant, account, id)
);

-- @ledgered
CREATE TABLE kase_answer ( -- wide
	tenant BIGINT NOT NULL,
	kase   BIGINT NOT NULL,
	field  TEXT NOT NULL,
	value  TEXT NOT NULL, -- @sealed
	actor  BIGINT NOT NULL,
	at     BIGINT NOT NULL,
	source TEXT NOT NULL, -- of one taken over from the register, where it was read there; else empty
	PRIMARY KEY (tenant, kase, field)
);

-- One turn: a step entered, with the office that has it, and the act that ended it. `office` 0: with the applicant.
-- `part` tells what stood in for a person: '' nobody, 'sheet' decided on paper and entered by another, 'time' the program.
-- @ledgered
CREATE TABLE kase_step ( -- wide
	tenant        BIGINT NOT NULL,
	kase          BIGINT NOT NULL,
	n             BIGINT NOT NULL,
	id            BIGINT NOT NULL, -- of its row of work
	step          TEXT NOT NULL,
	office_tenant BIGINT NOT NULL,
	office        BIGINT NOT NULL,
	role          TEXT NOT NULL,
	region        BIGINT NOT NULL,
	service       TEXT NOT NULL,
	name          TEXT NOT NULL,
	entered       BIGINT NOT NULL,
	due           TEXT NOT NULL, -- '9999-12-31': no limit
	wakes         TEXT NOT NULL, -- the day on which the program acts; '': never
	spent         BIGINT NOT NULL, -- working days of its limit already used before a pause
	opened_at     BIGINT NOT NULL, -- when the office first looked at it; 0: not yet
	done          BIGINT NOT NULL, -- @closes
	act           TEXT NOT NULL,
	actor         BIGINT NOT NULL,
	actor_person  BIGINT NOT NULL, -- his own record, for separation of duty
	actor_office  BIGINT NOT NULL,
	stands_for    BIGINT NOT NULL,
	decided_by    BIGINT NOT NULL, -- the account that decides; the actor himself, or who signed the sheet
	part          TEXT NOT NULL,
	reason        TEXT NOT NULL, -- @sealed
	undone        SMALLINT NOT NULL, -- 1: taken back
	PRIMARY KEY (tenant, kase, n)
);

-- What must be done where: the to-do list of an office is one range of its index. A closed row stays: having held it is a
-- right to open the case. Turns, and papers that are still to come, which the office that had the first turn chases.
-- @derived SELECT s.office_tenant AS tenant, s.id AS id, s.office AS office, CASE WHEN s.done = 0 THEN 1 ELSE 0 END AS open, s.due, s.wakes, s.role, s.step AS kind, s.service, s.region, s.name, s.tenant AS subject_tenant, s.kase AS subject, s.n, s.entered, s.opened_at AS opened, k.number, k.line FROM kase_step s JOIN kase k ON k.tenant = s.tenant AND k.id = s.kase WHERE s.office <> 0 UNION ALL SELECT s.office_tenant, p.id, s.office, CASE WHEN p.removed = 0 AND k.state IN (2, 3) THEN 1 ELSE 0 END, p.due, '', s.role, 'paper.' || p.paper, s.service, s.region, s.name, p.tenant, p.kase, s.n, p.added, p.added, k.number, k.line FROM kase_paper p JOIN kase_step s ON s.tenant = p.tenant AND s.kase = p.kase AND s.n = 1 AND s.office <> 0 JOIN kase k ON k.tenant = p.tenant AND k.id = p.kase WHERE p.state = 'later'
CREATE TABLE work (
	tenant         BIGINT NOT NULL,
	id             BIGINT NOT NULL,
	office         BIGINT NOT NULL,
	open           SMALLINT NOT NULL,
	due            TEXT NOT NULL,
	wakes          TEXT NOT NULL,
	role           TEXT NOT NULL,
	kind           TEXT NOT NULL,
	service        TEXT NOT NULL,
	region         BIGINT NOT NULL,
	name           TEXT NOT NULL,
	subject_tenant BIGINT NOT NULL,
	subject        BIGINT NOT NULL,
	n              BIGINT NOT NULL,
	entered        BIGINT NOT NULL,
	opened         BIGINT NOT NULL, -- when the office first looked at it; 0: not yet; a paper to come needs no looking
	number         TEXT NOT NULL,   -- of the case, and its line: a list is one range, without its cases
	line           TEXT NOT NULL,
	PRIMARY KEY (tenant, id)
);
CREATE INDEX work_piles ON work (tenant, office, service, kind, region, due, line) WHERE open = 1; -- what lies with an office, counted
CREATE INDEX work_todo ON work (tenant, office, open, due, id);
CREATE INDEX work_subject ON work (tenant, subject, open);
CREATE INDEX work_office ON work (tenant, office, subject, subject_tenant); -- what an office has or had
CREATE INDEX work_wakes ON work (open, wakes);

-- A paper of a case: which of the service's, in which state. The scan, if there is one, is a row of `paper`.
-- @ledgered
CREATE TABLE kase_paper (
	tenant  BIGINT NOT NULL,
	kase    BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	paper   TEXT NOT NULL, -- of the service
	state   TEXT NOT NULL, -- original, copy, electronic, shared, promised, later
	due     TEXT NOT NULL, -- of one to be brought later
	actor   BIGINT NOT NULL,
	added   BIGINT NOT NULL,
	removed BIGINT NOT NULL, -- @closes
	PRIMARY KEY (tenant, kase, id)
);

-- A document out: 残证受〔2026〕12号. A number is never given twice; one that went wrong stays, with why.
-- @ledgered
CREATE TABLE document (
	tenant  BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	kase    BIGINT NOT NULL,
	kind    TEXT NOT NULL, -- of the service
	office  BIGINT NOT NULL,
	series  TEXT NOT NULL,
	year    BIGINT NOT NULL,
	running BIGINT NOT NULL,
	n       BIGINT NOT NULL, -- the turn whose act made it
	day     TEXT NOT NULL,
	actor   BIGINT NOT NULL,
	voided  TEXT NOT NULL, -- @closes why
	PRIMARY KEY (tenant, id)
);
CREATE INDEX document_kase ON document (tenant, kase, id);
CREATE INDEX document_number ON document (tenant, office, series, year, running);

-- The last number given of each series; of cases office 0 and series ''.
-- @derived SELECT tenant, office, series, year, CAST(max(running) AS BIGINT) AS last FROM document GROUP BY tenant, office, series, year UNION ALL SELECT tenant, CAST(0 AS BIGINT) AS office, '' AS series, year, CAST(max(running) AS BIGINT) AS last FROM kase WHERE running > 0 GROUP BY tenant, year
CREATE TABLE number_series (
	tenant BIGINT NOT NULL,
	office BIGINT NOT NULL,
	series TEXT NOT NULL,
	year   BIGINT NOT NULL,
	last   BIGINT NOT NULL,
	PRIMARY KEY (tenant, office, series, year)
);

-- What the doctors found. `findings` stay answers; here is what was concluded, and by whom.
-- @ledgered
CREATE TABLE assessment (
	tenant      BIGINT NOT NULL,
	kase        BIGINT NOT NULL,
	id          BIGINT NOT NULL,
	office      BIGINT NOT NULL,
	meets       SMALLINT NOT NULL,
	category    SMALLINT NOT NULL, -- 0 when it does not meet the standard
	level       SMALLINT NOT NULL,
	assessed_on TEXT NOT NULL,
	doctor      TEXT NOT NULL,
	second      TEXT NOT NULL,
	recorded_by BIGINT NOT NULL,
	flags       BIGINT NOT NULL, -- bits of the form's flags that stood
	PRIMARY KEY (tenant, kase, id)
);

-- @ledgered
CREATE TABLE publicity (
	tenant  BIGINT NOT NULL,
	kase    BIGINT NOT NULL,
	id      BIGINT NOT NULL,
	region  BIGINT NOT NULL, -- the village
	posted  TEXT NOT NULL,
	last    TEXT NOT NULL,
	on_web  SMALLINT NOT NULL,
	name    TEXT NOT NULL, -- as shown on the web; '' when it is not
	closed  TEXT NOT NULL, -- @closes
	PRIMARY KEY (tenant, kase, id)
);
CREATE INDEX publicity_web ON publicity (tenant, last, id) WHERE on_web = 1;
CREATE INDEX publicity_everywhere ON publicity (last, id) WHERE on_web = 1;
CREATE INDEX publicity_hangs ON publicity (tenant, closed, last, id);

-- @ledgered
CREATE TABLE objection (
	tenant    BIGINT NOT NULL,
	kase      BIGINT NOT NULL,
	id        BIGINT NOT NULL,
	publicity BIGINT NOT NULL,
	at        BIGINT NOT NULL,
	who       TEXT NOT NULL, -- @sealed
	phone     TEXT NOT NULL, -- @sealed
	text      TEXT NOT NULL, -- @sealed
	actor     BIGINT NOT NULL, -- 0: from the web
	PRIMARY KEY (tenant, kase, id)
);
