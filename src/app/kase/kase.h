/* kase.h - a case: from the draft through its steps to an outcome. ("case" is a word of C.)
 *
 * The engine runs what a service's file says (app/service) and knows no service by name. Every function that
 * takes a tx is a command for store_write; each checks again inside the transaction who acts and where the
 * case stands, and writes one event. A turn is a step that a case is in, numbered from 1: who acts names the
 * turn he saw, so that nothing is done twice or out of order.
 *
 * Events: event.kase.opened, .saved, .paper, .submitted, .acted, .ended, .looked, .taken_back, .handed_over,
 * .voided, .withdrawn, .objected. */
#pragma once
#include "app/paper/paper.h"
#include "app/parameter/parameter.h"
#include "app/person/person.h"
#include "app/policy/explain.h"
#include "app/policy/layers.h"
#include "app/role/actor.h"
#include "app/service/service.h"
#include "base/calendar.h"
#include "base/vec.h"
#include "store/job.h"
#include "store/store.h"

/* What commands lean on: read-only, shared by all threads. */
typedef struct kase_house {
	const catalogue *fields;
	const roles *roles;
	const calendar *calendar;
	const service *const
		*service; /* every version that a case still runs by; the newest of an id first */
	size_t nservices;
	const parameters *parameters; /* by place and day; NULL: none are published */
	policy_layers policies;       /* every published version */
} kase_house;

/* The house as the store has it on that day, in `a`: the published services, the open calendar. `fields` and
 * `all` roles are the program's. RC_INVALID: service.* of a published text that this program cannot read. */
rc kase_house_read(db *d, arena *a, fault *f, const catalogue *fields, const roles *all, int32_t today,
		   kase_house *out) MUST_USE;

/* The version that a new case begins with; NULL: there is no such service. */
const service *kase_service(const kase_house *h, str id);

typedef enum kase_state {
	KASE_AT_DRAFT = 1,
	KASE_AT_OFFICE,
	KASE_AT_APPLICANT,
	KASE_AT_END,
	KASE_AT_VOID
} kase_state;

/* Something that keeps an application from being filed, by the field or paper it is about. */
typedef struct kase_problem {
	str about; /* field or paper id; empty: the application as a whole */
	const fault *why;
	pair say; /* the service's own words, where `why` is kase.barred */
} kase_problem;

typedef VEC(kase_problem) kase_problems;

/* An answer as typed. */
typedef struct kase_said {
	str field, raw;
} kase_said;

/* Which case, and as whom. */
typedef struct kase_at {
	const kase_house *house;
	const actor *by;
	int64_t tenant, id;
} kase_at;

/* ---- the application ---- */

typedef struct kase_new {
	const kase_house *house;
	const actor *by;
	str service;
	int64_t tenant, region; /* the federation and the village of registration */
	int64_t residence;      /* 0: the same */
	asks_as as;
	str channel;            /* lists/codes/channel.yaml */
	str id_number;          /* the applicant's, if it is known already; else empty */
	const person_ref *ward; /* whose guardian he is (ward.h) and asks for; NULL: nobody's known */
	/* made by kase_prepare */
	int64_t id, person_tenant, person;
	data_key key;
	wrapped_key wrapped;
	bool new_key; /* `wrapped` goes with the command */
} kase_new;

/* Outside of any transaction: the id, the applicant if the register has him, the key of the answers.
 * RC_INVALID nid.*. */
rc kase_prepare(store *s, db *d, arena *a, fault *f, int64_t now, kase_new *n) MUST_USE;

/* A draft. RC_NOT_FOUND kase.service; RC_DENIED kase.denied; RC_INVALID kase.asks_as. */
rc kase_open(tx *t, const void *in, void *out) MUST_USE;

typedef struct kase_save_in {
	kase_at at;
	const kase_said *said;
	size_t n;
	kase_problems *problems; /* filled when it is refused; in the command's arena */
} kase_save_in;

/* All of the answers, or none: RC_INVALID kase.answers with problems (kase.place_other: a place of another
 * federation). An empty text takes an answer away.
 * RC_DENIED kase.denied: not his to fill in now. */
rc kase_save(tx *t, const void *in, void *out) MUST_USE;

typedef struct kase_as_in {
	kase_at at;
	asks_as as;
} kase_as_in;

/* Who asks, while it is a draft. RC_DENIED kase.denied, RC_INVALID kase.asks_as. */
rc kase_ask_as(tx *t, const void *in, void *out) MUST_USE;

/* A file of a paper, sealed and written already (app/paper): under `id`, which its seal is bound to. */
typedef struct kase_scan_new {
	int64_t id, size;
	str type, file;
} kase_scan_new;

typedef struct kase_paper_in {
	kase_at at;
	str paper, state;
	int32_t due;               /* of one to be brought later */
	const kase_scan_new *scan; /* of an electronic one: one more file; NULL: none */
} kase_paper_in;

enum { KASE_SCANS_MAX = 10 }; /* of one paper */

/* A paper is there, in this state; replaces what was said of it. Files stay as long as it is electronic. One
 * that is to come later is work of the office that had the first turn: it may say that the paper came,
 * wherever the case is. *out: int64_t id. RC_INVALID kase.paper, kase.paper_state, kase.paper_due; RC_LIMIT
 * kase.scans. */
rc kase_add_paper(tx *t, const void *in, void *out) MUST_USE;

typedef struct kase_scan_in {
	kase_at at;
	int64_t scan;
} kase_scan_in;

/* Takes a file away; with the last one nothing stands of its paper. RC_NOT_FOUND: not of this case. */
rc kase_remove_scan(tx *t, const void *in, void *out) MUST_USE;

typedef struct kase_submit_in {
	kase_at at;
	str random; /* five characters of check31_alphabet, drawn by the caller: kase_draw */
	kase_problems *problems;
} kase_submit_in;

/* *out: str, the case's number. The first time, and again after it was sent back.
 * RC_INVALID kase.incomplete with problems. RC_CONFLICT kase.not_draft: filed already. */
rc kase_submit(tx *t, const void *in, void *out) MUST_USE;

str kase_draw(arena *a);

/* ---- acts ---- */

typedef struct kase_act_in {
	kase_at at;
	int64_t turn;
	str act, reason;
	const kase_said *said;
	size_t nsaid;
	int64_t office;     /* who gets it next, where several could; 0: the only one */
	int64_t decided_by; /* by sheet: the account that signed, when `by` enters it; else 0 */
	kase_problems *problems;
} kase_act_in;

/* *out: int64_t, the turn the case is in now; 0: it has ended or is with the applicant.
 * RC_CONFLICT kase.moved_on: somebody was first, or it is asked twice. RC_DENIED: kase.not_yours,
 * kase.same_hand, kase.own, kase.relative, kase.sheet. RC_INVALID: kase.act, kase.act_when, kase.reason,
 * kase.too_early, kase.form, kase.answers, kase.lift, kase.office_wanted, kase.no_office. */
rc kase_act(tx *t, const void *in, void *out) MUST_USE;

typedef struct kase_turn_in {
	kase_at at;
	int64_t turn;
	str reason;
	int64_t office; /* kase_hand_over: to whom */
} kase_turn_in;

/* The office has opened the case: from here the act before cannot be taken back. Asked again it does nothing.
 */
rc kase_look(tx *t, const void *in, void *out) MUST_USE;

/* The actor's own last act undone, until the next has opened the case; the documents it made are voided.
 * `turn` is the present one. RC_CONFLICT kase.opened_already, kase.has_effect, kase.moved_on; RC_DENIED
 * kase.not_yours. */
rc kase_take_back(tx *t, const void *in, void *out) MUST_USE;

/* 转办: the same step at another office that could have it, with the same due day. */
rc kase_hand_over(tx *t, const void *in, void *out) MUST_USE;

/* 作废重办: the case is void, its documents with it, and a new draft holds the same answers and papers. *out:
 * int64_t, the new one. RC_CONFLICT kase.granted: what it gave stands in the register. */
rc kase_void(tx *t, const void *in, void *out) MUST_USE;

/* By who filed it, while nothing is decided. */
rc kase_withdraw(tx *t, const void *in, void *out) MUST_USE;

/* ---- many at once, and by sheet ---- */

enum { KASE_BATCH_MAX = 100 };

typedef struct kase_done {
	int64_t tenant, id, turn;
	rc rc;
	const fault *why; /* of one that was skipped */
} kase_done;

typedef struct kase_batch_in {
	const kase_house *house;
	const actor *by;
	const kase_done *on; /* tenant, id and turn of each */
	size_t n;
	str act, reason;
	int64_t office, decided_by;
	int64_t now;
} kase_batch_in;

/* Each in a command of its own; `done` has a place for each. When the machine fails, the first one and those
 * after it are left with kase.batch_broken, what was done before stands; at the very first the failure is the
 * answer. RC_LIMIT kase.batch. */
rc kase_batch(store *s, arena *a, fault *f, const kase_batch_in *in, kase_done *done) MUST_USE;

/* ---- notices, and the clock ---- */

typedef struct kase_objection_in {
	const kase_house *house;
	int64_t tenant, id;
	const actor *by; /* who wrote it down, or an actor of nobody */
	str who, phone, text;
} kase_objection_in;

/* RC_CONFLICT kase.notice_over: nothing hangs, or no longer. RC_INVALID kase.objection. */
rc kase_object(tx *t, const void *in, void *out) MUST_USE;

/* Each morning, with the kase_house as ctx: what waited for a day that has passed goes on. */
extern const job_kind kase_jobs[];

/* The last day of a period that begins on the day after `from`. */
int32_t kase_span_end(const calendar *c, span s, int32_t from);

/* ---- reading ---- */

typedef struct kase_ref kase_ref;

/* The case, for who may see it: its applicant, an office that has or had it to do, or one that
 * reads the register of the divisions it is in, in each case on its business line. RC_NOT_FOUND. */
rc kase_see(db *d, arena *a, fault *f, const actor *who, int64_t tenant, int64_t id,
	    const kase_ref **out) MUST_USE;

/* The case of a number as people copy it, in either case, with or without hyphens and blanks.
 * RC_NOT_FOUND: none, also for a text that is no number. */
rc kase_number_find(db *d, arena *a, fault *f, str typed, int64_t *owner, int64_t *id) MUST_USE;

typedef struct kase_turn {
	int64_t n, office_tenant, office, entered, done, actor, decided_by, stands_for, opened_at;
	str step, role, due, wakes, act, part, reason; /* reason opened */
	bool undone;
} kase_turn;

typedef struct kase_document {
	int64_t id, running, year, n;
	str kind, number, day, voided;
} kase_document;

typedef struct kase_held_paper {
	int64_t id;
	str paper, state, due;
} kase_held_paper;

typedef struct kase_scan {
	int64_t id, size, added;
	str paper, type, file;
} kase_scan;

typedef struct kase_answer {
	const field *field;
	str value; /* opened */
} kase_answer;

typedef struct kase_view {
	int64_t tenant, id, turn, region, person, warnings;
	kase_state state;
	asks_as as;
	const service *service;
	str number, step, outcome, name, submitted, accepted, ended;
	VEC(kase_turn) turns;
	VEC(kase_document) documents;
	VEC(kase_held_paper) papers;
	VEC(kase_scan) scans;
	VEC(kase_answer) answers;
	struct kase_ctx *open; /* the engine's own */
} kase_view;

/* All of it, opened: whoever calls writes a look. RC_NOT_FOUND: shredded. RC_INVALID kase.version: its
 * definition is not loaded. */
rc kase_read(db *d, arena *a, fault *f, const kase_house *h, const kase_ref *ref, kase_view *out) MUST_USE;

/* What a new file of the case is sealed with, bound to its `id`; `folder` stays empty. */
paper_seal kase_scan_seal(const kase_view *v, int64_t id);

/* A file of the case, opened. `folder`: the site's papers. RC_NOT_FOUND, RC_INVALID as paper_open. */
rc kase_scan_read(const kase_view *v, str folder, int64_t id, str *type, str *bytes) MUST_USE;

/* The stored text of an answer; empty: none. */
str kase_answer_of(const kase_view *v, const field *x);

/* Of an answer that was taken over from the register and not changed: where it was read there; empty: it was
 * typed. */
str kase_answer_source(const kase_view *v, const field *x);

/* Does a condition of the service hold on the day of `now`, as the answers stand? NULL holds. While the
 * connection is there with which the case was read. */
rc kase_holds(const kase_view *v, int64_t now, const service_term *term, bool *out) MUST_USE;

/* What the table that a form names says to what was measured. It decides nothing: the doctor does. */
typedef struct kase_grade {
	const policy_explanation
		*why; /* NULL: the form names no table, or none holds at the place on the day */
	str result;   /* the level that the table gives; empty: it says none */
	str level;    /* that the doctor concluded; empty: nothing yet */
	bool differs; /* both are there, and not the same */
} kase_grade;

/* As kase_holds. */
rc kase_grade_read(const kase_view *v, int64_t now, const service_form *form, kase_grade *out) MUST_USE;

/* One of the actor's own: filed by him, or about him. */
typedef struct kase_mine {
	int64_t tenant, id, turn, opened, person_tenant, person; /* person 0: not of the register yet */
	kase_state state;
	str service, sha256, number, step, outcome, name, submitted, ended;
} kase_mine;

typedef VEC(kase_mine) kase_mines;

/* The latest hundred of each kind, drafts among them. */
rc kase_mine_read(db *d, arena *a, fault *f, const actor *who, kase_mines *out) MUST_USE;

/* Says that kase_of_person_read will be asked (db_ahead). */
void kase_of_person_ahead(db *d, const person_ref *p);

/* Those filed about a person of the register that this actor may see; the latest hundred. */
rc kase_of_person_read(db *d, arena *a, fault *f, const actor *who, const person_ref *p,
		       kase_mines *out) MUST_USE;

/* What a row of work is, where it is no step: a paper to come, "paper." and its id. */
#define KASE_WORK_PAPER "paper."

typedef struct kase_todo {
	int64_t id, tenant, kase, turn, region, entered,
		opened_at;             /* opened_at 0: nobody of the office yet */
	int64_t person_tenant, person; /* 0: not of the register yet, or not asked for */
	str due, step, service, name, number;
} kase_todo;

typedef VEC(kase_todo) kase_todos;

/* Which part of the list: after (due, id), at most n, of one service and step (empty: all) in some divisions.
 */
typedef struct kase_todo_ask { /* no text is NULL */
	str due;
	int64_t id, n;
	str service, step;
	interval region;
	bool people; /* whose it is is asked for, too */
} kase_todo_ask;

/* Says that kase_todo_read will be asked (db_ahead). */
void kase_todo_ahead(db *d, const actor *who, const kase_todo_ask *ask);

/* What an office has to do, by due day. */
rc kase_todo_read(db *d, arena *a, fault *f, const actor *who, const kase_todo_ask *ask,
		  kase_todos *out) MUST_USE;
