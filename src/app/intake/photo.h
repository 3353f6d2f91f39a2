/* photo.h - a ZIP of photos, named by identity number, certificate number or name, given to the people of an
 * import.
 *
 * A photo is sealed with its person's key and lies in the site's folder of papers under the hash of its
 * sealed bytes; the register holds that hash. Who has a photo keeps it. */
#pragma once
#include "app/intake/intake.h"

enum { PHOTO_BYTES = 2 << 20, PHOTOS_MAX = 50000 };

typedef struct photo_left {
	str name; /* in the archive */
	str why;  /* a sentence */
} photo_left;

typedef struct photo_report {
	int64_t given, kept;  /* newly given; the person had one already */
	VEC(photo_left) left; /* matched nobody, or several, or is no photo */
} photo_report;

/* After intake_run. `papers` is the folder of sealed files.
 * RC_INVALID, RC_LIMIT: zip.*; RC_IO, RC_FULL: the disk or the database; what was given until then stays. */
rc intake_photos(const intake *in, arena *a, fault *f, str zip, str papers, photo_report *out) MUST_USE;

/* A person's photo, opened. RC_NOT_FOUND: none, or shredded. Whoever calls wrote a look. */
rc photo_read(db *d, arena *a, fault *f, const person_view *p, str papers, str *out) MUST_USE;
