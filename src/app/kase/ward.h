/* ward.h - for whom an applicant acts as guardian, beyond the case in which he said so.
 *
 * A ward is who was registered out of a case that this account filed as guardian and that ended with a
 * certificate, while that guardian stands in the register, and as long as the service would still ask for
 * one: a child comes of age. */
#pragma once
#include "app/kase/kase.h"
#include "app/person/person.h"

typedef struct kase_ward {
	const person_ref *ref;
	str name;
} kase_ward;

typedef VEC(kase_ward) kase_wards;

/* On the day of `now`. Of who is no applicant: none. */
rc kase_wards_read(db *d, arena *a, fault *f, const actor *who, const kase_house *h, int64_t now,
		   kase_wards *out) MUST_USE;
