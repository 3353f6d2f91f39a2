/* story.h - what happened to the applications of one service in a demo site, as lists/demo/cases/ID.yaml
 * tells it: who came, how many, begun when, and what was done then.
 *
 * The file names acts, steps, papers and fields of its service; nothing in the program does. How it is
 * written stands at the head of lists/demo/cases/certificate-new.yaml. */
#pragma once
#include "app/field/field.h"
#include "app/service/service.h"
#include "base/vec.h"
#include "io/pack.h"

/* An answer to a field: one of these texts, a day, a name that nobody bears, a number between two, a doctor
 * of the institution that has the case. */
typedef enum story_kind { STORY_TEXT, STORY_DAY, STORY_NAME, STORY_NUMBER, STORY_ASSESSOR } story_kind;

typedef struct story_say {
	str field;
	story_kind kind;
	const str *text; /* STORY_TEXT: one of them is drawn */
	size_t n;
	int64_t lo,
		hi; /* STORY_DAY: days after today, both alike; STORY_NUMBER; STORY_ASSESSOR: which of them */
} story_say;

typedef struct story_says {
	const story_say *v;
	size_t n;
} story_says;

/* A paper in another state than one that is drawn. */
typedef struct story_paper {
	str paper, state;
} story_paper;

typedef struct story_papers {
	const story_paper *v;
	size_t n;
} story_papers;

/* From so many to so many, both included. */
typedef struct story_range {
	int64_t lo, hi;
} story_range;

typedef struct story_who {
	str id;
	asks_as as;
	story_range age;
	story_says say;
	str prefers;        /* where several offices could take a step: the one whose key ends so */
	int64_t registered; /* he is in the register, with a certificate of this status; 0: he is not */
	int64_t level;      /* of that certificate, of a limb */
} story_who;

/* Who takes an application, and its channel. */
typedef struct story_way {
	const role *by;
	str channel;
} story_way;

typedef enum story_deed {
	DEED_ACT,
	DEED_SUBMIT,
	DEED_TAKE_BACK,
	DEED_HAND_OVER,
	DEED_OBJECT,
	DEED_WITHDRAW,
	DEED_VOID,
	DEEDS
} story_deed;

typedef struct story_move {
	story_deed deed;
	str act; /* DEED_ACT */
	str reason;
	bool sheet; /* decided on paper, entered by another */
	story_range after;
	story_says say;
	story_papers papers;
	uint32_t line;
} story_move;

typedef struct story_path {
	str id;
	int64_t n; /* in each county */
	const story_who *const *who;
	size_t nwho;
	story_range began; /* working days before today */
	bool draft;        /* never submitted */
	story_papers papers;
	const story_move *move;
	size_t nmoves;
} story_path;

typedef struct story {
	str file, service;
	const story_who *who;
	size_t nwho;
	const story_way *way;
	size_t nways;
	story_says say;
	story_says reasons; /* of acts that must have one; the field is the act */
	const story_path *path;
	size_t npaths;
} story;

typedef VEC(const story *) stories;

/* All of lists/demo/cases/. RC_INVALID: yaml.*, demo.word with file, line and the word that is none. */
rc stories_read(arena *a, fault *f, const pack *p, const roles *all, stories *out) MUST_USE;

/* NULL: nothing is said to it. */
const story_say *story_find(story_says says, str id);
