/* life.h - what the files that play a history share: one application on its way. */
#pragma once
#include "app/demo/history.h"

#include "app/kase/kase.h"
#include "base/rng.h"

enum {
	APPLICANTS = 1 << 20, /* their indices begin above those of the people */
	TRIES = 8,            /* how often one answers what is missing */
	SAID_MAX = 200,
};

typedef struct life {
	const story *s;
	const story_path *path;
	const story_who *who;
	const cast_county *county;
	rng r;
	person_in person;
	int64_t id;
	cast_officer *filer;   /* an officer, or he himself */
	cast_officer *last;    /* who acted last */
	const cast_office *at; /* that acts now; NULL: none yet */
	size_t next;           /* the move to come */
	int32_t day;           /* on which it is due */
	bool begun;
} life;

typedef struct play {
	maker *m;
	const kase_house *house;
	const calendar *days;
	arena *own; /* of the move that is being made */
	VEC(life) lives;
} play;

/* ---- answers (answer.c) ---- */

/* Answers to be sent; a field stands in them once. */
typedef struct said {
	kase_said v[SAID_MAX];
	size_t n;
} said;

int64_t life_within(rng *r, story_range range);
str life_draw(play *p, life *l, const story_say *s);

/* What the move (or NULL), who he is or the story tells of a field; NULL: nothing. */
const story_say *life_says(const life *l, const story_move *m, str field_id);

/* What the move (or NULL), the story, or else the person says to a field; empty: nothing. */
str life_told(play *p, life *l, const story_move *m, const field *x);

/* Takes an answer up, unless it is empty or there is one. */
void life_say(said *to, str id, str raw);

/* Adds an answer for each that is missing; false: nothing of it can be answered. */
bool life_say_missing(play *p, life *l, const story_move *m, const kase_problems *problems, said *to);

/* Is the problem this one?  Then `about` is a field or a paper. */
bool life_is(const kase_problem *x, const char *id);

/* ---- one command, and the application (filing.c) ---- */

/* A command at a clock that goes on. */
rc life_run(play *p, life *l, store_fn *fn, const void *in, void *out) MUST_USE;
kase_at life_at(const play *p, const life *l, const actor *by);
rc life_view(play *p, life *l, kase_view *out) MUST_USE;

/* The draft with its answers and papers, and its submission. */
rc life_begin(play *p, life *l) MUST_USE;
rc life_submit(play *p, life *l, const service *s, const actor *by) MUST_USE;
/* A paper in the state that is wanted for it, or in one that the service takes. */
rc life_bring(play *p, life *l, const service *s, str paper, const story_papers *wanted,
	      const actor *by) MUST_USE;

/* ---- moves (deed.c) ---- */

/* The case as it stands; step and turn NULL where no office has it. */
typedef struct turn_at {
	kase_view v;
	const service_step *step;
	const kase_turn *turn;
} turn_at;

rc life_look(play *p, life *l, turn_at *out) MUST_USE;

/* The move that the case is ready for, and its place; NULL: it waits. */
const story_move *life_ready(const life *l, const turn_at *t, size_t *at);
rc life_do(play *p, life *l, const story_move *m, const turn_at *t) MUST_USE;

/* ---- counting (history.c) ---- */

void life_count(maker *m, str id, str stage, str done);
