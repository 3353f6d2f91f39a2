/* assessor.h - who may assess: institutions that were designated for categories of disability, their doctors,
 * what each doctor is licensed for and until when, and the trainings that licences rest on.
 *
 * Commands for store_write. The actor `by` needs assessor.write for the place of the institution; a training
 * belongs to the federation of who enters it. Nothing is deleted: a term ends on an earlier day.
 * Events: event.assessor.designated, .designation_ended, .doctor_entered, .doctor_left, .licensed,
 * .licence_ended, .trained, .training_closed */
#pragma once
#include "app/role/actor.h"
#include "base/vec.h"
#include "store/rows.h"

enum {
	ASSESSOR_NAME_MAX = 30,
	ASSESSOR_TEXT_MAX = 60,
	ASSESSOR_CATEGORIES = 6, /* codes 1 to 6; multiple (7) is made of them */
	ASSESSOR_HOURS_MAX = 1000,
};

/* A bit for each category. */
static inline int64_t
category_bit(int64_t category)
{
	return INT64_C(1) << category;
}

/* ---- commands ---- */

typedef struct designation_new {
	const actor *by;
	int64_t tenant, office;
	int64_t categories;  /* category_bit */
	str document;        /* that designates it: its number and who issued it */
	int32_t from, until; /* the last day; DATE_NONE: until further notice */
} designation_new;

/* *out: int64_t id. RC_NOT_FOUND: no such institution in `by`'s reach. RC_INVALID assessor.categories,
 * .document, .term. */
rc designation_give(tx *t, const void *in, void *out) MUST_USE;

typedef struct doctor_new {
	const actor *by;
	int64_t tenant, office;
	str name, title, practice;
	int64_t account; /* 0: he does not sign in */
} doctor_new;

/* *out: int64_t id. RC_NOT_FOUND as above. RC_INVALID assessor.name, .title, .practice, .account; RC_CONFLICT
 * assessor.twice: the number is that of another doctor there. */
rc doctor_enter(tx *t, const void *in, void *out) MUST_USE;

typedef struct licence_new {
	const actor *by;
	int64_t tenant, doctor;
	int64_t categories; /* a licence for each */
	str number;
	int64_t training_tenant, training; /* 0: none */
	int32_t from, until;
} licence_new;

/* RC_NOT_FOUND: no such doctor in reach, or he has left. RC_INVALID assessor.categories, .number, .term,
 * .training. */
rc licence_give(tx *t, const void *in, void *out) MUST_USE;

typedef struct training_new {
	const actor *by;
	str name, place;
	int32_t first, last;
	int64_t hours;
} training_new;

/* *out: int64_t id. RC_DENIED assessor.denied. RC_INVALID assessor.name, .place, .days, .hours. */
rc training_enter(tx *t, const void *in, void *out) MUST_USE;

/* What ends: of a term the last day on which it holds, of a doctor the last on which he is there. The day
 * before a term's first says that it was entered by mistake. Ended again it ends earlier, never later. */
typedef struct assessor_end {
	const actor *by;
	int64_t tenant, id;
	int32_t last;
} assessor_end;

/* RC_NOT_FOUND; RC_INVALID assessor.last with {from}, {until}. */
rc designation_end(tx *t, const void *in, void *out) MUST_USE;
rc licence_end(tx *t, const void *in, void *out) MUST_USE;
rc doctor_leave(tx *t, const void *in, void *out) MUST_USE;
/* A training that was entered by mistake; `last` is not asked. */
rc training_close(tx *t, const void *in, void *out) MUST_USE;

/* ---- reads ---- */

typedef struct designation_view {
	int64_t id, categories;
	str document, from, until; /* until empty: until further notice */
} designation_view;

typedef struct licence_view {
	int64_t id, category;
	str number, from, until, training;
} licence_view;

typedef struct doctor_view {
	int64_t id, account, person, home; /* person 0: who he is in the register is not known */
	str name, title, practice, login, closed;
	VEC(licence_view) licences;
} doctor_view;

typedef struct institution {
	int64_t tenant, id, region;
	str name, phone;
	VEC(designation_view) designations;
	VEC(doctor_view) doctors; /* those who left among them */
} institution;

typedef VEC(institution) institutions;

/* The open institutions in the actor's divisions, by division. */
rc institution_list(db *d, arena *a, fault *f, const actor *who, institutions *out) MUST_USE;

/* One of them, with its doctors. RC_NOT_FOUND: closed, no institution, or outside his divisions. */
rc institution_read(db *d, arena *a, fault *f, const actor *who, int64_t tenant, int64_t id,
		    institution *out) MUST_USE;

/* Designations and doctors of an office, for who has already been let in: the office that has a case. */
rc institution_load(db *d, arena *a, fault *f, int64_t tenant, int64_t office, institution *out) MUST_USE;

/* Categories for which it is designated on a day (YYYY-MM-DD). */
int64_t institution_categories(const institution *i, str day);

/* Is the doctor there on that day? */
bool doctor_there(const doctor_view *d, str day);
/* Categories that he is licensed for on that day. */
int64_t doctor_categories(const doctor_view *d, str day);
/* His licence for a category that ends last, whether it holds or not; NULL: he never had one. */
const licence_view *doctor_licence(const doctor_view *d, int64_t category);

typedef struct account_choice {
	int64_t id;
	str name, login;
} account_choice;

typedef VEC(account_choice) account_choices;

/* Sign-ins that may be a doctor's. */
rc institution_sign_ins(db *d, arena *a, fault *f, const institution *i, str today,
			account_choices *out) MUST_USE;

typedef struct training_view {
	int64_t tenant, id, hours;
	str name, place, first, last;
} training_view;

typedef VEC(training_view) trainings;

/* Those of the federation and of those above it, the latest first within each. */
rc training_list(db *d, arena *a, fault *f, int64_t tenant, trainings *out) MUST_USE;
