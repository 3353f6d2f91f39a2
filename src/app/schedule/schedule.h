/* schedule.h - where and when is assessed: sessions of an institution, days elsewhere and rounds of home
 * visits as one list of occasions; who is expected at each; assessors drawn by lot for one.
 *
 * Commands for store_write. The actor `by` needs schedule.write and is of the institution, or of a federation
 * around it. Events: event.schedule.planned, .cancelled, .booked, .moved, .outcome,
 * .drawn */
#pragma once
#include "app/assessor/assessor.h"
#include "base/calendar.h"

typedef enum occasion_kind {
	OCCASION_SESSION = 1, /* at the institution, again and again */
	OCCASION_CAMP,        /* a day in a township or village */
	OCCASION_HOME,        /* a round of visits */
} occasion_kind;

enum {
	SCHEDULE_DAYS_MAX = 120,
	SCHEDULE_PLACE_MAX = 60,
	SCHEDULE_REASON_MAX = 200,
	SCHEDULE_CAPACITY_MAX = 1000
};

/* What somebody needs to come: bits of appointment.needs. */
typedef enum visit_need { NEED_COMPANION = 1, NEED_SIGN = 2, NEED_TRANSPORT = 4, NEEDS_ALL = 7 } visit_need;

/* Occasions of the same kind, on one day or on many: every Tuesday; the second and fourth Sunday. A day that
 * the State Council's notice has off is passed over, an ordinary weekend is not: sessions are held on
 * Sundays.
 */
typedef struct occasion_plan {
	const actor *by;
	int64_t tenant, office;
	occasion_kind kind;
	int32_t from, until; /* the same day: that day alone */
	unsigned weekdays;   /* bit 1 Monday … bit 7 Sunday; 0: every day */
	unsigned weeks;      /* bit n: the n-th of its weekday in the month, 1 to 5; 0: each of them */
	str begins, ends;    /* 08:30 */
	int64_t region;
	str place;
	int64_t categories, capacity;
	const calendar *calendar;
} occasion_plan;

typedef struct occasion_planned {
	int64_t n;       /* occasions made */
	int64_t holiday; /* days passed over */
} occasion_planned;

/* *out: occasion_planned. RC_NOT_FOUND: no such institution in reach. RC_INVALID schedule.from, .days (none
 * would be left), .time, .place, .region, .capacity, assessor.categories; RC_LIMIT schedule.many. */
rc occasion_plan_run(tx *t, const void *in, void *out) MUST_USE;

typedef struct occasion_end {
	const actor *by;
	int64_t tenant, id;
	str reason;
} occasion_end;

/* Whoever was expected gets another appointment: theirs end as cancelled. RC_NOT_FOUND; RC_INVALID
 * schedule.reason; RC_CONFLICT schedule.over. */
rc occasion_cancel(tx *t, const void *in, void *out) MUST_USE;

/* ---- appointments ---- */

/* For a command that has let `by` in and knows the case (app/kase/book.h): the open appointment of the case,
 * if there is one, is moved. */
typedef struct appointment_new {
	const actor *by;
	int64_t tenant, occasion;
	int64_t kase_tenant, kase;
	int64_t categories; /* of the case; 0: any */
	int64_t needs;
} appointment_new;

/* RC_INVALID schedule.occasion (gone, past or cancelled), schedule.category;
 * RC_CONFLICT schedule.full. */
rc appointment_put(tx *t, const appointment_new *n) MUST_USE;

/* Within the event of a command of that federation: what is concluded was kept. */
rc appointment_kept(tx *t, int64_t kase_tenant, int64_t kase) MUST_USE;

typedef struct appointment_end {
	const actor *by;
	int64_t tenant, id;
	str outcome; /* came, missed, cancelled */
} appointment_end;

/* RC_NOT_FOUND; RC_INVALID schedule.outcome, schedule.early (it is still to come); RC_CONFLICT
 * schedule.told. */
rc appointment_close(tx *t, const void *in, void *out) MUST_USE;

/* ---- draws ---- */

typedef struct draw_new {
	const actor *by;
	int64_t tenant, occasion;
	int64_t seed; /* drawn by the caller from the machine's randomness */
	int64_t n;    /* how many assessors */
} draw_new;

/* From the institution's doctors who are licensed on the day for one of the occasion's categories, by number.
 * RC_NOT_FOUND; RC_INVALID schedule.draw with {n}, how many there are. */
rc draw_make(tx *t, const void *in, void *out) MUST_USE;

/* ---- reads ---- */

typedef struct occasion_view {
	int64_t tenant, id, office, region, categories, capacity, taken;
	occasion_kind kind;
	str day, begins, ends, place, cancelled;
} occasion_view;

typedef VEC(occasion_view) occasions;

/* Of an institution that has been let in (institution_list), from a day on, at most `n`. */
rc occasion_list(db *d, arena *a, fault *f, int64_t tenant, int64_t office, str from, int64_t n,
		 occasions *out) MUST_USE;

/* RC_NOT_FOUND: none, or of an institution outside the actor's divisions; *at (may be NULL): the institution.
 */
rc occasion_read(db *d, arena *a, fault *f, const actor *who, int64_t tenant, int64_t id, institution *at,
		 occasion_view *out) MUST_USE;

/* May he plan, book and tell what became of it there? */
bool schedule_writes(const actor *who, int64_t tenant, int64_t office, int64_t region);

typedef struct appointment_view {
	int64_t tenant, id, occasion, kase_tenant, kase, n, needs;
	int64_t region, person_tenant, person; /* of the case; only appointments_read */
	bool here;                             /* the case is still with the institution; likewise */
	str number, name;
	occasion_kind kind; /* and the rest only kase_appointments_read */
	str day, begins, ends, place, office, phone, outcome;
} appointment_view;

typedef VEC(appointment_view) appointments;

/* Of an occasion that was read. */
rc appointments_read(db *d, arena *a, fault *f, const occasion_view *o, appointments *out) MUST_USE;
/* Of a case that has been let in, the latest first. */
rc kase_appointments_read(db *d, arena *a, fault *f, int64_t kase_tenant, int64_t kase,
			  appointments *out) MUST_USE;
/* The one that is expected; NULL: none. */
const appointment_view *appointment_open(const appointments *all);
/* The same when its day is today or later. */
const appointment_view *appointment_to_come(const appointments *all, str today);

typedef struct draw_view {
	int64_t id, seed, made;
	str by;
	VEC(str) pool, drawn; /* names, in their order */
	bool proved;          /* drawn again from pool and seed it comes out the same */
} draw_view;

typedef VEC(draw_view) draws;

rc draws_read(db *d, arena *a, fault *f, const occasion_view *o, const institution *at, draws *out) MUST_USE;
