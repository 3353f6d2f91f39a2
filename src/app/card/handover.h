/* handover.h - the way of a card from the office that printed it to its holder's hand.
 *
 * Cards go on by lists: to another office, which takes in those that came, or to their holders, who sign on
 * the list. Where a card lies stands in its row; nobody hands over what does not lie at his office. Commands
 * for store_write; `by` needs certificate.hand, and to send to an office certificate.hand there too is not
 * asked: it is told when it takes in. Events: event.card.sent, .listed, .received, .handed */
#pragma once
#include "app/card/card.h"

enum { CARD_LIST_MAX = 500, CARD_NAME_MAX = 50, CARD_MAIL_MAX = 40 };

/* lists/codes/receiver.yaml, card_proof.yaml */
enum { RECEIVER_SELF = 1, PROOF_MAIL = 4 };

typedef struct card_send_in {
	const actor *by;
	int64_t target; /* an office of the federation; 0: to the holders */
	str mail;       /* its number, when it goes by post; may be empty */
	const card_ref *v;
	size_t n;
} card_send_in;

/* *out: int64_t, the list. RC_DENIED card.denied; RC_INVALID card.nothing, card.many, card.target (field
 * `target`), card.mail; RC_CONFLICT card.moved: one of them does not lie here. */
rc card_send(tx *t, const void *in, void *out) MUST_USE;

typedef struct card_receive_in {
	const actor *by;
	int64_t list;
	const card_ref *v; /* those that came; the others stay on their way */
	size_t n;
} card_receive_in;

/* RC_NOT_FOUND: no list to this office. RC_INVALID card.nothing; RC_CONFLICT card.moved. */
rc card_receive(tx *t, const void *in, void *out) MUST_USE;

typedef struct card_hand_in {
	const actor *by;
	int64_t relation, proof;
	str receiver; /* the name of another than the holder */
	str mail;
	int32_t day;
	const card_ref *v;
	size_t n;
} card_hand_in;

/* RC_INVALID card.nothing, card.receiver (field `receiver`), card.mail (field `mail`), card.day (field
 * `day`); RC_CONFLICT card.moved. */
rc card_hand(tx *t, const void *in, void *out) MUST_USE;

/* ---- reading ---- */

/* What lies at his office, by village and name, at most `n`. */
rc card_here_read(db *d, arena *a, fault *f, const actor *who, interval within, int64_t n,
		  card_views *out) MUST_USE;

typedef struct card_list {
	int64_t id, office, target, n;
	str day, mail, received;
	str sender,
		other; /* names of the offices; other: where it goes, of lists on their way here where from */
} card_list;

typedef VEC(card_list) card_lists;

/* On their way to his office; the latest `n` that it made. */
rc card_lists_to_read(db *d, arena *a, fault *f, const actor *who, card_lists *out) MUST_USE;
rc card_lists_from_read(db *d, arena *a, fault *f, const actor *who, int64_t n, card_lists *out) MUST_USE;

/* One that his office made or waits for, with its cards. RC_NOT_FOUND. */
rc card_list_read(db *d, arena *a, fault *f, const actor *who, int64_t id, card_list *out,
		  card_views *cards) MUST_USE;

/* Lying since `until` or before at his office, or (`all`) anywhere in his divisions; the oldest first. */
rc card_left_read(db *d, arena *a, fault *f, const actor *who, bool all, str until, int64_t n,
		  card_views *out) MUST_USE;
