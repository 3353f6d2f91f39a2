/* paper.h - files that people hand in: what they are by their content, cleaned of what a camera wrote into
 * them, and kept sealed.
 *
 * A file lies in the site's folder of papers, named by the SHA-256 of its sealed bytes (papers/ab/abcd…),
 * sealed with the key of whom it is about and bound to the row that names it. Whoever deletes the key has
 * made it unreadable; whoever changes a byte is found out when it is opened. */
#pragma once
#include "io/crypto.h"
#include "store/seal.h"

enum { PAPER_FILE_MAX = 10 << 20 };

typedef enum paper_kind { PAPER_JPEG, PAPER_PNG, PAPER_PDF } paper_kind;

typedef struct paper_checked {
	paper_kind kind;
	str type;              /* image/jpeg, image/png, application/pdf */
	str bytes;             /* cleaned */
	int32_t width, height; /* as it is seen, turned; 0: a PDF */
	int direction;         /* which way is up, as Exif counts, 1 to 8; 0: a PDF */
} paper_checked;

/* A picture keeps what it shows and which way is up; place, time, device, notes and whatever stands behind
 * its end go. *out may point into `bytes`. RC_LIMIT paper.large; RC_INVALID paper.empty, paper.heic,
 * paper.kind, paper.broken, paper.locked (a PDF with a password), paper.active (a PDF that holds a program, a
 * form or other files). */
rc paper_check(arena *a, fault *f, str bytes, paper_checked *out) MUST_USE;

/* Can it be the photo of a card: upright, near 35 by 49, not too small?
 * RC_INVALID paper.portrait_kind, paper.portrait_shape, paper.portrait_small. */
rc paper_portrait(fault *f, const paper_checked *p) MUST_USE;

/* Where a file is sealed to, and with what. */
typedef struct paper_seal {
	str folder; /* the site's papers */
	const data_key *key;
	seal_place place;
} paper_seal;

/* Seals and writes; *hash is its name. Flushed to the disk: not on a net thread. RC_IO, RC_FULL: file.write.
 */
rc paper_keep(sealer *s, arena *a, fault *f, const paper_seal *to, str bytes, str *hash) MUST_USE;

/* RC_NOT_FOUND: no such file. RC_INVALID seal.broken. RC_LIMIT file.size: more than `max`. */
rc paper_open(sealer *s, arena *a, fault *f, const paper_seal *from, str hash, size_t max,
	      str *bytes) MUST_USE;
