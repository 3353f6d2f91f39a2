/* certificate.c - see certificate.h. */
#include "app/certificate/certificate.h"

#include "app/certificate_sql.h"
#include "base/date.h"
#include "base/nid.h"

enum { MULTIPLE = 7 };

#define TO(s) (1u << CERTIFICATE_##s)

/* A bit for each state that may follow. What is not written here does not happen. */
static const unsigned follows[CERTIFICATE_STATUSES] = {
	[CERTIFICATE_VALID] = TO(EXPIRED) | TO(LOST) | TO(FROZEN) | TO(MOVED_OUT) | TO(CANCELLED) |
			      TO(REVOKED) | TO(SUPERSEDED),
	[CERTIFICATE_EXPIRED] = TO(FROZEN) | TO(CANCELLED),
	[CERTIFICATE_LOST] = TO(VALID) | TO(SUPERSEDED),
	[CERTIFICATE_FROZEN] = TO(VALID) | TO(CANCELLED),
};

/* In these a number leads to its holder. */
static const unsigned open_states = TO(IN_PROCESS) | TO(VALID) | TO(EXPIRED) | TO(LOST) | TO(FROZEN);

bool
certificate_follows(certificate_status from, certificate_status to)
{
	return from < CERTIFICATE_STATUSES && to < CERTIFICATE_STATUSES && (follows[from] >> to & 1);
}

certificate_status
certificate_status_on(int64_t status, str expires, str day)
{
	if (status == CERTIFICATE_VALID && expires.n && str_cmp(expires, day) < 0)
		return CERTIFICATE_EXPIRED;
	return (certificate_status)status;
}

static str
today(tx *t)
{
	return date_str(tx_arena(t), tx_today(t));
}

/* ---- reading ---- */

rc
certificate_latest(tx *t, const certificate_holder *h, row_certificate *out)
{
	certificates_of_rows all;

	TRY(sql_certificates_of(tx_db(t), tx_arena(t), tx_fault(t),
				&(certificates_of_in){.tenant = h->tenant, .person = h->person}, &all));
	if (all.n == 0)
		return RC_NOT_FOUND;
	TRY(find_certificate(t, h->tenant, h->person, all.v[0].id, out));
	out->status = certificate_status_on(out->status, out->expires, today(t));
	return RC_OK;
}

rc
certificate_parts_read(tx *t, const certificate_holder *h, int64_t certificate, certificate_parts *out)
{
	certificate_parts_of_rows rows;

	*out = (certificate_parts){0};
	TRY(sql_certificate_parts_of(tx_db(t), tx_arena(t), tx_fault(t),
				     &(certificate_parts_of_in){.tenant = h->tenant,
								.person = h->person,
								.certificate = certificate},
				     &rows));
	for (size_t i = 0; i < rows.n && out->n < CERTIFICATE_PARTS; i++)
		out->v[out->n++] = (certificate_part){.category = rows.v[i].category,
						      .level = rows.v[i].level,
						      .institution = rows.v[i].institution,
						      .cause = rows.v[i].cause,
						      .item = rows.v[i].item,
						      .assessed_on = rows.v[i].assessed_on};
	return RC_OK;
}

/* ---- numbers ---- */

static rc
number_of(tx *t, const certificate_holder *h, int64_t id, str sealed, str *out)
{
	const seal_place at = {.table = "certificate", .column = "number", .row = id};

	*out = STR("");
	return sealed.n ? seal_open(db_sealer(tx_db(t)), tx_arena(t), tx_fault(t), h->key, &at, sealed, out)
			: RC_OK;
}

/* Does a certificate of his that is not over bear it? */
static rc
is_borne(tx *t, const certificate_holder *h, str number, bool *out)
{
	certificates_of_rows all;

	*out = false;
	TRY(sql_certificates_of(tx_db(t), tx_arena(t), tx_fault(t),
				&(certificates_of_in){.tenant = h->tenant, .person = h->person}, &all));
	for (size_t i = 0; i < all.n; i++) {
		str other;
		if (!(open_states >> all.v[i].status & 1))
			continue;
		TRY(number_of(t, h, all.v[i].id, all.v[i].number, &other));
		*out = *out || str_eq(other, number);
	}
	return RC_OK;
}

/* The index of numbers, as what he has now says it. RC_CONFLICT: it is another's. */
static rc
index_number(tx *t, const certificate_holder *h, str number)
{
	certificate_number_held_row held;
	bool borne = false;
	str idx;

	if (number.n == 0)
		return RC_OK;
	TRY(is_borne(t, h, number, &borne));
	TRY(seal_index(db_sealer(tx_db(t)), tx_arena(t), tx_fault(t), "certificate", number, &idx));
	if (!borne)
		return sql_certificate_number_free(
			tx_db(t), tx_fault(t),
			&(certificate_number_free_in){.idx = idx, .tenant = h->tenant, .person = h->person},
			NULL);
	rc r = sql_certificate_number_held(tx_db(t), tx_arena(t), tx_fault(t), idx, &held);
	if (r == RC_NOT_FOUND)
		r = put_idmap(t, &(row_idmap){.idx = idx,
					      .kind = INDEX_CERTIFICATE,
					      .tenant = h->tenant,
					      .person = h->person});
	else if (r == RC_OK && (held.tenant != h->tenant || held.person != h->person))
		r = RC_CONFLICT;
	return r == RC_CONFLICT ? FAIL(tx_fault(t), r, "person.certificate_taken") : r;
}

/* ---- moving ---- */

rc
certificate_move(tx *t, const certificate_holder *h, row_certificate *c, certificate_status to,
		 int64_t ended_for)
{
	certificate_status from = certificate_status_on(c->status, c->expires, today(t));
	str number;

	if (!certificate_follows(from, to))
		return FAIL(tx_fault(t), RC_CONFLICT, "certificate.state", FA_INT("from", from),
			    FA_INT("to", to));
	c->status = to;
	c->ended = to >= CERTIFICATE_MOVED_OUT ? today(t) : STR("");
	c->ended_for = to == CERTIFICATE_CANCELLED || to == CERTIFICATE_REVOKED ? ended_for : 0;
	TRY(patch_certificate(t, c, CERTIFICATE_STATUS | CERTIFICATE_ENDED | CERTIFICATE_ENDED_FOR));
	TRY(number_of(t, h, c->id, c->number, &number));
	return index_number(t, h, number);
}

/* ---- making ---- */

/* Several make a multiple one, at the level of the most severe. */
static certificate_part
together(const certificate_parts *of)
{
	certificate_part r = of->v[0];

	for (size_t i = 1; i < of->n; i++) {
		r.category = MULTIPLE;
		r.level = MIN(r.level, of->v[i].level);
	}
	return r;
}

/* A number that was void once never comes back: of his certificates of that category and level the highest B.
 */
static rc
highest_reissue(tx *t, const certificate_new *n, int64_t *out)
{
	const certificate_part all = together(n->parts);
	certificates_of_rows had;

	*out = n->reissue;
	TRY(sql_certificates_of(
		tx_db(t), tx_arena(t), tx_fault(t),
		&(certificates_of_in){.tenant = n->holder->tenant, .person = n->holder->person}, &had));
	for (size_t i = 0; i < had.n; i++)
		if (had.v[i].category == all.category && had.v[i].level == all.level)
			*out = MAX(*out, had.v[i].reissue);
	return RC_OK;
}

/* The number is made of the identity number that the register has of him. */
static rc
make_number(tx *t, const certificate_new *n, int64_t reissue, str *out)
{
	const certificate_holder *h = n->holder;
	certificate_part all = together(n->parts);
	cert_no number = {
		.category = (int32_t)all.category, .level = (int32_t)all.level, .reissue = (int32_t)reissue};
	certificate_holder_row p;
	str id;

	TRY(sql_certificate_holder(tx_db(t), tx_arena(t), tx_fault(t),
				   &(certificate_holder_in){.tenant = h->tenant, .person = h->person}, &p));
	if (p.id_number.n == 0)
		return FAIL(tx_fault(t), RC_INVALID, "certificate.no_number");
	TRY(seal_open(db_sealer(tx_db(t)), tx_arena(t), tx_fault(t), h->key,
		      &(seal_place){.table = "person", .column = "id_number", .row = h->person}, p.id_number,
		      &id));
	TRY(nid_parse(tx_arena(t), tx_fault(t), id, tx_today(t), &number.holder));
	*out = cert_no_str(tx_arena(t), &number);
	return RC_OK;
}

static rc
put_parts(tx *t, const certificate_new *n, int64_t certificate)
{
	for (size_t i = 0; i < n->parts->n; i++) {
		const certificate_part *x = &n->parts->v[i];
		TRY(put_certificate_part(t, &(row_certificate_part){.tenant = n->holder->tenant,
								    .person = n->holder->person,
								    .certificate = certificate,
								    .category = x->category,
								    .level = x->level,
								    .cause = x->cause,
								    .item = x->item,
								    .institution = x->institution,
								    .assessed_on = x->assessed_on}));
	}
	return RC_OK;
}

static rc
check_none_stands(tx *t, const certificate_holder *h)
{
	const unsigned standing = TO(IN_PROCESS) | TO(VALID) | TO(LOST) | TO(FROZEN);
	certificates_of_rows all;

	TRY(sql_certificates_of(tx_db(t), tx_arena(t), tx_fault(t),
				&(certificates_of_in){.tenant = h->tenant, .person = h->person}, &all));
	for (size_t i = 0; i < all.n; i++)
		if (standing >> all.v[i].status & 1)
			return FAIL(tx_fault(t), RC_CONFLICT, "certificate.stands");
	return RC_OK;
}

/* A card that is past its last day stays expired: it was not valid when the next was made. */
static rc
give_way(tx *t, const certificate_holder *h, const row_certificate *before)
{
	row_certificate c;

	if (!before)
		return RC_OK;
	TRY(find_certificate(t, h->tenant, h->person, before->id, &c));
	certificate_status now = certificate_status_on(c.status, c.expires, today(t));
	if (now != CERTIFICATE_EXPIRED)
		return certificate_move(t, h, &c, CERTIFICATE_SUPERSEDED, 0);
	if (c.status == CERTIFICATE_EXPIRED)
		return RC_OK;
	c.status = CERTIFICATE_EXPIRED;
	return patch_certificate(t, &c, CERTIFICATE_STATUS);
}

rc
certificate_make(tx *t, const certificate_new *n, const row_certificate *before, int64_t *out)
{
	const certificate_holder *h = n->holder;
	int64_t reissue = 0;
	str number;

	BUG_ON(n->parts->n == 0);
	TRY(highest_reissue(t, n, &reissue));
	TRY(make_number(t, n, reissue, &number));
	TRY(give_way(t, h, before));
	TRY(check_none_stands(t, h));
	certificate_part all = together(n->parts);
	int64_t id = tx_id(t);
	sealer *s = db_sealer(tx_db(t));
	seal_place at = {.table = "certificate", .column = "number", .row = id},
		   remarks = {.table = "certificate", .column = "remarks", .row = id};
	rc r = put_certificate(t,
			       &(row_certificate){.tenant = h->tenant,
						  .person = h->person,
						  .id = id,
						  .number = seal_text(s, tx_arena(t), h->key, &at, number),
						  .category = all.category,
						  .level = all.level,
						  .status = CERTIFICATE_VALID,
						  .issued = n->issued,
						  .expires = n->expires,
						  .generation = n->generation,
						  .reissue = reissue,
						  .remarks = n->remarks.n ? seal_text(s, tx_arena(t), h->key,
										      &remarks, n->remarks)
									  : STR(""),
						  .kase = n->kase,
						  .source = n->source,
						  .ended = STR("")});
	if (r == RC_CONFLICT)
		return FAIL(tx_fault(t), r, "certificate.stands");
	TRY(r);
	TRY(put_parts(t, n, id));
	if (out)
		*out = id;
	return index_number(t, h, number);
}
