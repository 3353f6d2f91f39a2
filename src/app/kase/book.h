/* book.h - a case gets a day for its assessment. */
#pragma once
#include "app/kase/kase.h"
#include "app/schedule/schedule.h"

typedef struct kase_book_in {
	kase_at at;
	int64_t tenant, occasion;
	int64_t needs; /* visit_need */
} kase_book_in;

/* Puts the case to an occasion of the institution that has it; an appointment that stands is moved. By the
 * institution, or by who gives it cases (schedule_writes). RC_DENIED kase.book_denied; RC_INVALID
 * kase.book_now (it is with no institution), kase.book_office, schedule.*; RC_CONFLICT schedule.full. */
rc kase_book(tx *t, const void *in, void *out) MUST_USE;

/* What could be offered: occasions to come, with room, for what the case applies for; the nearest first, and
 * of those the earliest. Rounds of visits come first for who asked for one. */
rc kase_occasions_read(const kase_view *v, int64_t now, occasions *out) MUST_USE;

/* May he book it now, and what stands. */
typedef struct kase_booking {
	bool can;
	appointments all; /* the latest first */
} kase_booking;

rc kase_booking_read(const kase_view *v, const actor *who, kase_booking *out) MUST_USE;
