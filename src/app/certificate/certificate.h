/* certificate.h - the certificate of disability (残疾人证) over its whole life: which state follows which,
 * and the only functions that make one or move it.
 *
 *   valid ──> expired, lost, frozen, moved out, cancelled, revoked, superseded
 *   expired ─> frozen, cancelled          frozen ──> valid, cancelled
 *   lost ───> valid (found), superseded   the others are over
 *
 * A renewal, a re-issue and a change of category or level make a new certificate; the one before it is
 * superseded, or stays expired. One person has one that stands (valid, lost or frozen): the store refuses a
 * second one, whoever writes it. A number leads to its person as long as a certificate that bears it is not
 * over.
 *
 * Everything here runs inside a command, in an open event of the person's own federation whose key is his. */
#pragma once
#include "app/person/person.h"
#include "store/rows.h"

/* May a certificate go from one state to the other? */
bool certificate_follows(certificate_status from, certificate_status to);

/* What `status` comes to on a day: a certificate is expired from the day after its last, whoever has noticed.
 * `expires` empty: without end. */
certificate_status certificate_status_on(int64_t status, str expires, str day);

enum { CERTIFICATE_PARTS = 6 };

/* What was assessed: a level of each category. Art. 13 of the Measures: several make a multiple one. */
typedef struct certificate_part {
	int64_t category, level, institution;
	str cause, item, assessed_on;
} certificate_part;

typedef struct certificate_parts {
	certificate_part v[CERTIFICATE_PARTS];
	size_t n;
} certificate_parts;

/* Whose, and what the rows are sealed with. */
typedef struct certificate_holder {
	int64_t tenant, person;
	const data_key *key;
} certificate_holder;

/* His latest, whatever its state; its status is that of the day of the command. RC_NOT_FOUND: he never had
 * one. */
rc certificate_latest(tx *t, const certificate_holder *h, row_certificate *out) MUST_USE;

/* Of one certificate. */
rc certificate_parts_read(tx *t, const certificate_holder *h, int64_t certificate,
			  certificate_parts *out) MUST_USE;

typedef struct certificate_new {
	const certificate_holder *holder;
	const certificate_parts *parts; /* at least one */
	int64_t reissue; /* after a loss one more than before; at least that of his earlier ones of this kind
			  */
	int64_t generation, kase;
	str issued, expires, remarks, source;
} certificate_new;

/* Makes one from his identity number as the register has it. `before`: the one that it takes the place of,
 * which is moved first; NULL: none. *out may be NULL.
 * RC_CONFLICT certificate.stands: he has another one; person.certificate_taken: somebody else bears that
 * number. RC_INVALID certificate.no_number: the register has no identity number of his, or nid.*. */
rc certificate_make(tx *t, const certificate_new *n, const row_certificate *before, int64_t *out) MUST_USE;

/* Moves it. `ended_for`: of a cancellation, lists/codes/cancel_reason.yaml; else 0.
 * RC_CONFLICT certificate.state with {from} and {to}: it does not follow. */
rc certificate_move(tx *t, const certificate_holder *h, row_certificate *c, certificate_status to,
		    int64_t ended_for) MUST_USE;
