/* errand.h - a sheet on its way in or out: what an officer asked for, how far it is, and its sealed files.
 *
 *   import:  read ──> map ──> check ──> checked ──> load ──> done        roster:  write ──> done
 *                     (he)               (he)                            undo:    undo ──> done
 *
 * A thread (bench.h) does the steps named read, check, load, undo and write; the others wait for a person. An
 * errand is seen by the account that began it, in the office it began it from. Its files lie in the site's
 * folder of errands, sealed under a key of its own, and go after ERRAND_DAYS; a step cut off by a stop of the
 * program is done again at the next start. */
#pragma once
#include "app/intake/intake.h"
#include "app/site/site.h"

typedef enum errand_kind { ERRAND_IMPORT, ERRAND_UNDO, ERRAND_ROSTER, ERRAND_KINDS } errand_kind;

typedef enum errand_state {
	ERRAND_READ,    /* to be read: is it a sheet, what are its headings? */
	ERRAND_MAP,     /* waits for the meaning of its headings */
	ERRAND_CHECK,   /* to be checked against the register */
	ERRAND_CHECKED, /* waits for "load" */
	ERRAND_LOAD,
	ERRAND_TAKE_BACK, /* an undo */
	ERRAND_WRITE,     /* a roster */
	ERRAND_DONE,
	ERRAND_FAILED, /* `said` says why */
	ERRAND_STATES
} errand_state;

enum {
	ERRAND_DAYS = 7,
	ERRAND_OPEN = 5, /* at once, of one account */
	ERRAND_SHEET_MAX = 64 << 20,
	ERRAND_PHOTOS_MAX = 128 << 20,
};

typedef struct errand {
	int64_t tenant, id, account, office, post;
	errand_kind kind;
	errand_state state;
	msg_lang lang;
	str file, sha256;
	int64_t photos;
	str map;
	bool reveal;
	str purpose, said;
	int64_t tries;
	intake_counts counts;
	int64_t import, created, ends;
} errand;

typedef VEC(errand) errands;

/* A step that a thread is to do? */
bool errand_is_working(errand_state s);

/* His own. RC_NOT_FOUND: none, or somebody else's, or begun in another office. */
rc errand_find(db *d, arena *a, fault *f, const actor *who, int64_t id, errand *out) MUST_USE;
/* His own, the newest first. */
rc errand_list(db *d, arena *a, fault *f, const actor *who, errands *out) MUST_USE;

/* ---- commands ---- */

typedef struct errand_new {
	const actor *who;
	int64_t id;
	errand_kind kind;
	msg_lang lang;
	str file, sha256;
	bool photos;
	str map;
	bool reveal;
	str purpose;
	int64_t import; /* of an undo; of a roster: the one whose work list it is */
} errand_new;

/* What was uploaded, into sealed files under a new key. *n gets its id, its sha256 and whether there are
 * photos; *key goes with errand_begin. RC_IO, RC_FULL: the disk. */
typedef struct errand_upload {
	str dir;
	str sheet, photos; /* photos may be empty */
	int64_t now;
} errand_upload;

rc errand_keep(store *s, arena *a, fault *f, const errand_upload *u, errand_new *n,
	       wrapped_key *key) MUST_USE;

/* Begins one; its files, if it has any, were put before.
 * RC_DENIED errand.denied; RC_LIMIT errand.many (ERRAND_OPEN are open already). */
rc errand_begin(tx *t, const void *in, void *out) MUST_USE;

/* The next step, if it is where the page was that asked. The meaning of the headings is kept for the office.
 * RC_NOT_FOUND; RC_CONFLICT errand.moved: it went on meanwhile, by another window. */
typedef struct errand_step {
	const actor *who;
	int64_t id;
	errand_state was, state;
	const heading_choice *headings; /* with ERRAND_CHECK: as chosen on the page */
	size_t nheadings;
} errand_step;

rc errand_advance(tx *t, const void *in, void *out) MUST_USE;

/* Where the sheet is to be believed. Line 0: this field of every row. */
typedef struct errand_choice {
	int64_t line;
	str field;
	bool take;
} errand_choice;

typedef VEC(errand_choice) errand_choices;

typedef struct errand_choosing {
	const actor *who;
	int64_t id;
	const errand_choice *v;
	size_t n;
} errand_choosing;

/* A choice for every row forgets what was chosen for single ones. RC_NOT_FOUND; RC_CONFLICT errand.moved. */
rc errand_choose(tx *t, const void *in, void *out) MUST_USE;
rc errand_choices_read(db *d, arena *a, fault *f, const errand *e, errand_choices *out) MUST_USE;
/* Is this field of this row to be taken from the sheet? */
bool errand_takes(const errand_choices *c, int64_t line, str id);

typedef struct errand_key {
	const actor *who;
	int64_t id;
} errand_key;

/* Thrown away by its owner. The caller takes the files away afterwards. RC_CONFLICT errand.busy: it is being
 * loaded. */
rc errand_drop(tx *t, const void *in, void *out) MUST_USE;

/* ---- files: NAME of errand `id` in folder `dir` ---- */

#define ERRAND_SHEET   "sheet"
#define ERRAND_PHOTOS  "photos"
#define ERRAND_COLUMNS "columns"
#define ERRAND_ROWS    "rows"
#define ERRAND_BACK    "refused"
#define ERRAND_OUT     "roster"

/* Seals and writes it. */
typedef struct errand_file {
	str dir;
	const char *name;
	const data_key *key; /* its tenant and id are the errand's */
} errand_file;

rc errand_file_put(sealer *k, arena *a, fault *f, const errand_file *to, str bytes) MUST_USE;

/* Opens it. RC_NOT_FOUND: there is none. */
rc errand_file_get(db *d, arena *a, fault *f, const errand *e, str dir, const char *name, str *out) MUST_USE;

/* What was uploaded, once it is not needed any more. */
void errand_sources_drop(arena *a, str dir, int64_t id);
/* Takes all files of an errand away; those that are not there are no fault. */
void errand_files_drop(arena *a, str dir, int64_t id);

/* The folder of a site. */
str errand_dir(arena *a, const site *s);

/* Behind the pages, each hour: what has expired goes, files and rows. The context is the site. */
extern const job_kind errand_jobs[];

/* ---- for bench.h ---- */

typedef struct errand_ref {
	int64_t tenant, id;
} errand_ref;

typedef VEC(errand_ref) errand_refs;

rc errand_due(db *d, arena *a, fault *f, errand_refs *out) MUST_USE;
rc errand_read(db *d, arena *a, fault *f, const errand_ref *r, errand *out) MUST_USE;

/* A command: one more try at its step. RC_NOT_FOUND: it is not there any more, or was moved. */
rc errand_try(tx *t, const void *in, void *out) MUST_USE; /* in: errand */
/* A command: what a step came to: state, map, said, photos and counts of `now`, if it is still at `was`. */
typedef struct errand_end {
	const errand *now;
	errand_state was;
} errand_end;
rc errand_ended(tx *t, const void *in, void *out) MUST_USE;
