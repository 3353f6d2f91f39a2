/* kase_priv.h - what the files of this folder share: one case inside one command. */
#pragma once
#include "app/assessor/assessor.h"
#include "app/certificate/certificate.h"
#include "app/decision/decision.h"
#include "app/kase/desk.h"
#include "app/kase_sql.h"
#include "app/schedule/schedule.h"
#include "app/service/effects.h"
#include "store/rows.h"

#define NO_DUE "9999-12-31"

/* A paper to be brought later: kase_paper.state; `work` is derived from it by this word. */
#define PAPER_OWED "later"

/* What the program, not a person, did: kase_step.part. */
#define PART_TIME  "time"
#define PART_SHEET "sheet"

/* A case loaded into a command. Answers are opened as they are asked. */
typedef struct kase_ctx {
	tx *t; /* NULL while reading */
	db *d;
	arena *a;
	fault *f;
	int64_t now;
	const kase_house *h;
	const actor *by; /* never NULL; the program is an actor of nobody */
	const service *s;
	row_kase k;
	row_kase_step turn; /* the open one; n = 0: none */
	data_key key;
	str *answer;   /* by field number, opened */
	str *source;   /* of those that were taken over from the register; NULL: not read */
	str *recorded; /* of the register, by field number */
	/* of the document being made, by kase_word */
	str word[KASE_WORDS];
} kase_ctx;

/* Finds the case and its version, opens its key and answers. RC_NOT_FOUND, RC_INVALID kase.version. */
rc ctx_load(kase_ctx *c, tx *t, const kase_at *at) MUST_USE;
rc ctx_fill(kase_ctx *c) MUST_USE; /* the rest, when c->k is there */

/* Reads what the register knows of the applicant into c->recorded. */
rc ctx_register(kase_ctx *c) MUST_USE;

/* Did he file it, or is it about him? */
bool kase_is_his(const actor *who, const row_kase *k);
/* Is he of the office that took the application? */
bool kase_was_taken_by(const actor *who, const row_kase *k);
/* The case among what its account has filed. */
rc filing_put(kase_ctx *c) MUST_USE;

/* NULL holds. */
rc ctx_holds(kase_ctx *c, const service_term *term, bool *out) MUST_USE;
words_env ctx_env(kase_ctx *c);

str ctx_answer(const kase_ctx *c, const char *field);   /* empty: none */
int64_t ctx_code(const kase_ctx *c, const char *field); /* a code's number, or 0 */
int32_t ctx_today(const kase_ctx *c);
str ctx_day(const kase_ctx *c);

/* Begins the command's event. */
void ctx_event(kase_ctx *c, const char *kind);

str ctx_seal(kase_ctx *c, const char *table, const char *column, int64_t row, str text);
rc ctx_open(kase_ctx *c, const char *table, const char *column, int64_t row, str sealed, str *out) MUST_USE;

/* Reads, checks and writes answers; only fields for which `asked` is true. */
typedef bool ctx_asked(const kase_ctx *c, const field *x);
rc ctx_take(kase_ctx *c, const kase_said *said, size_t n, ctx_asked *asked, kase_problems *problems) MUST_USE;
rc ctx_put_answer(kase_ctx *c, const field *x, str value) MUST_USE;
/* The same of one that was read in the register. */
rc ctx_put_known(kase_ctx *c, const field *x, str value, str source) MUST_USE;

/* Answers that the register knows, for who may see the person: each with its source (prefill.c). */
rc prefill(kase_ctx *c) MUST_USE;

void problem(kase_ctx *c, kase_problems *to, str about, const fault *why);

/* ---- turns (turn.c) ---- */

/* Enters a step, or passes it over and goes on; `office` 0: the only one. */
rc turn_enter(kase_ctx *c, const service_step *step, int64_t office) MUST_USE;
/* A row of the same step at that office. */
rc turn_put(kase_ctx *c, const service_step *step, const row_office *office, const role *r, str due,
	    str wakes, int64_t spent) MUST_USE;
/* Ends the open turn: c->turn holds what is to be written. RC_CONFLICT kase.moved_on. */
rc turn_close(kase_ctx *c) MUST_USE;
/* Goes where the act leads. */
rc turn_follow(kase_ctx *c, const service_act *act, int64_t office) MUST_USE;
/* The office and the role that could take the step. RC_INVALID kase.no_office, kase.office_wanted. */
rc turn_office(kase_ctx *c, const service_step *step, int64_t wanted, bool anywhere, row_office *out,
	       const role **r) MUST_USE;

/* The offices that could take the step: those as near as the nearest, or all of them but the one that has it.
 */
rc turn_offices(kase_ctx *c, const service_step *step, bool anywhere, kase_offices *out) MUST_USE;

/* Papers to be brought later are work of the office that had the first turn, until they are there or the case
 * has ended: called when either may have changed (kase.c). */
rc papers_owed(kase_ctx *c) MUST_USE;
/* May he say that a paper came?  Who may fill in; of one that is owed also the office that chases it,
 * wherever the case is. RC_DENIED kase.denied and as act_may_fill. */
rc paper_may_take(kase_ctx *c, str paper) MUST_USE;

/* What is asked for in an application and is not there (kase.c). */
rc file_missing(kase_ctx *c, kase_problems *to) MUST_USE;

/* ---- acts (act.c) ---- */

/* Is the actor one who has this turn?  RC_DENIED kase.not_yours. */
rc act_has_turn(kase_ctx *c, const service_step *step) MUST_USE;
/* May he fill in what this step asks?  As above, and RC_DENIED kase.own, kase.relative. */
rc act_may_fill(kase_ctx *c, const service_step *step) MUST_USE;
/* May the actor do this act now, given what it asks for?  Failures as kase_act. */
rc act_offered(kase_ctx *c, const service_step *step, const service_act *act) MUST_USE;
/* The same for one who signed a sheet; the actor may enter it when act_may_enter says so. */
rc act_offered_to(kase_ctx *c, const service_step *step, const service_act *act, int64_t account,
		  int64_t person, const role *as) MUST_USE;
/* May he enter what another decided on paper?  RC_DENIED kase.not_yours; kase.own, kase.relative: he does not
 * even type such a case. */
rc act_may_enter(kase_ctx *c) MUST_USE;
/* Is this person the applicant, his guardian or of his household?  RC_DENIED kase.own, kase.relative; 0 is
 * nobody. */
rc act_check_near(kase_ctx *c, int64_t home, int64_t person) MUST_USE;
/* Answers needed by these questions that are not there. */
rc act_missing(kase_ctx *c, const service_question *q, size_t n, kase_problems *problems) MUST_USE;
/* What the program does by itself. */
rc act_by_program(kase_ctx *c, const service_act *act) MUST_USE;

/* ---- what doctors found (assessment.c) ---- */

enum { ASSESSMENT_PARTS = 6 };

typedef struct assessment_part {
	int64_t category, level;
} assessment_part;

typedef struct assessment_parts {
	assessment_part v[ASSESSMENT_PARTS];
	size_t n;
} assessment_parts;

/* A level of each category, the first where one is named twice. RC_INVALID kase.multiple_part: multiple (7)
 * is what several make and none of them. */
rc assessment_parts_of(const kase_ctx *c, assessment_parts *out) MUST_USE;
/* Category and level of all of them; 0: there is none. */
assessment_part assessment_together(const assessment_parts *of);
rc assessment_record(kase_ctx *c, const service_act *act) MUST_USE;
/* As kase_grade_read. */
rc ctx_grade(kase_ctx *c, const service_form *form, kase_grade *out) MUST_USE;

/* ---- who assessed (named.c) ---- */

/* May those whom the answers name conclude this?  Strict where the institution that has the turn has doctors
 * in the register. RC_INVALID at the field: kase.assessor_*, kase.not_designated. */
rc assessors_check(kase_ctx *c, const assessment_parts *found) MUST_USE;
/* What the place's waiting times say against an act that takes a case to its assessment; NULL: nothing.
 * Passed with a reason. */
const fault *assess_early(kase_ctx *c, const service_step *step, const service_act *act);

/* ---- effects (effect.c), documents (paper.c) ---- */

rc effect_run(kase_ctx *c, const service_act *act) MUST_USE;
/* What acts do to his certificate (certify.c). RC_CONFLICT certificate.state, certificate.stands; RC_INVALID
 * certificate.none, kase.no_level, kase.register_elsewhere. */
rc certify(kase_ctx *c, kase_effect what) MUST_USE;
/* The applicant's own key: the case's, unless he turned out to be in the register after the draft was opened.
 */
rc person_key(kase_ctx *c, data_key *out) MUST_USE;

/* ---- what he is entitled to (entitle.c) ---- */

rc facts_record(kase_ctx *c) MUST_USE;
rc policies_decide(kase_ctx *c) MUST_USE;
rc entitlement_grant(kase_ctx *c) MUST_USE;
rc entitlements_end(kase_ctx *c) MUST_USE;
/* The words of documents that tell amount and month. */
rc grant_words(kase_ctx *c) MUST_USE;
/* As kase_preview. */
rc ctx_preview(kase_ctx *c, decision_view *out) MUST_USE;
/* What the service would grant and he has, from another case; NULL: nothing. */
rc entitled_already(kase_ctx *c, const entitlement **out) MUST_USE;
/* The case as a reading connection has it. */
rc ctx_read(kase_ctx *c, db *d, arena *a, fault *f, const kase_house *h, const kase_ref *ref) MUST_USE;

void ref_at(const kase_ref *r, int64_t *tenant, int64_t *id);

rc document_put(kase_ctx *c, const service_document *d) MUST_USE;
rc documents_void(kase_ctx *c, int64_t turn, str why) MUST_USE; /* of one turn; 0: all */
str document_number(arena *a, str series, int64_t year, int64_t running);
