/* people_priv.h - what the pages of a person share. */
#pragma once
#include "app/field/value.h"
#include "web/desk/desk.h"
#include "web/people_tpl.h"

/* A sealed value that this officer may see: where it stands, and what it is called in forms and looks. */
typedef struct sealed_slot {
	str name; /* "id_number", "certificate_number.77" */
	const field *field;
	seal_place at;
	str sealed;
} sealed_slot;

typedef VEC(sealed_slot) sealed_slots;

/* One record, as one officer may see it. */
typedef struct dossier {
	web_req *rq;
	db *d;
	field_reader r;
	person_view p;
	sealed_slots slots;
	str open; /* the slot shown just now; empty: none */
} dossier;

/* Reads the person; the slots are those whose field this officer sees. */
rc dossier_read(web_req *rq, const person_ref *ref, dossier *out) MUST_USE;

/* Is it a field of the catalogue that this officer may see? */
bool dossier_sees(const web_req *rq, str field_id);
/* Its label in the reader's language. */
str dossier_label(const web_req *rq, str field_id);
/* A number of a code list in words; empty for 0. */
str dossier_code(const web_req *rq, str field_id, int64_t number);
/* "420106-123456" */
str dossier_ref(arena *a, const person_ref *p);
/* "/desk/people/420106-123456", and what follows. */
str dossier_href(arena *a, const person_ref *p, const char *more);

/* A slot covered, or open when it is the one. RC_OK also for a value whose key is gone. */
rc dossier_slot(const dossier *k, const sealed_slot *s, str *value) MUST_USE;

typedef VEC(struct tpl_detail) details;

/* Everything of the record but its facts. */
rc dossier_identity(const dossier *k, details *out) MUST_USE;
rc dossier_groups(const dossier *k, tpl_list_detail_group *out) MUST_USE;
/* Facts as they stand today, or all, the newest first. */
tpl_list_fact_line dossier_facts(const dossier *k, bool all);

/* A detail that this officer may correct by hand: people_fact.c. */
bool fact_by_hand(const web_req *rq, const field *x);

/* ---- the way to a page of one person ---- */

/* What such a page carries along; rq->work. */
typedef struct person_page {
	const person_ref *ref;
	str purpose;
	web_handler show;
	str slot;   /* to be shown open */
	void *more; /* the page's own */
} person_page;

/* Opens the person of the address, asks for the purpose when none was given, writes the look, goes on in
 * `show`. */
rc person_enter_page(web_req *rq, web_handler show) MUST_USE;

/* The same for a post, which was preceded by such a page: without a purpose back to the person. *out is
 * rq->work; `show` is not called. */
rc person_of_post(web_req *rq, person_page **out, bool *why) MUST_USE;

rc person_show(web_req *rq);

/* May this officer see a face? It is a personal detail like the name. */
bool person_photo_seen(const web_req *rq);

/* May this officer see what was decided for a person?  It tells level and hardship. */
bool person_decisions_seen(const web_req *rq);

/* The handlers, by the file they stand in. */
rc person_photo_get(web_req *rq);
rc person_get(web_req *rq);
rc person_decisions_get(web_req *rq);
rc person_post(web_req *rq);
rc person_purpose_get(web_req *rq);
rc person_reveal_post(web_req *rq);
rc fact_get(web_req *rq);
rc fact_post(web_req *rq);
rc corrections_get(web_req *rq);
rc person_corrections_get(web_req *rq);
rc person_corrections_post(web_req *rq);
rc merge_get(web_req *rq);
rc merge_post(web_req *rq);
rc unmerge_get(web_req *rq);
rc unmerge_post(web_req *rq);
