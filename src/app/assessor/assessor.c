/* assessor.c - see assessor.h: the commands. */
#include "app/assessor/assessor.h"

#include "app/assessor_sql.h"
#include "app/organisation/organisation.h"
#include "base/date.h"
#include "base/utf8.h"

enum { ALL_CATEGORIES = 0x7e }; /* codes 1 to 6 */

/* ---- checks ---- */

/* Is something there, and not too much of it? */
static bool
fits(str s, size_t max)
{
	return s.n && utf8_count(s) <= max;
}

static rc
check_categories(fault *f, int64_t set)
{
	if (set == 0 || (set & ~(int64_t)ALL_CATEGORIES))
		return FAIL(f, RC_INVALID, "assessor.categories", FA_FIELD(STR("categories")));
	return RC_OK;
}

static rc
check_term(fault *f, int32_t from, int32_t until)
{
	if (from == DATE_NONE || (until != DATE_NONE && until < from))
		return FAIL(f, RC_INVALID, "assessor.term", FA_FIELD(STR("until")));
	return RC_OK;
}

/* The open institution that `by` may write; to him any other is not there. */
static rc
writable(tx *t, const actor *by, int64_t tenant, int64_t id)
{
	row_office o;

	TRY(office_find(t, tenant, id, &o));
	bool assesses = str_eq(o.kind, office_kind_names[OFFICE_HOSPITAL]);
	return assesses && may(by, PERM_ASSESSOR_WRITE, division_interval(o.region).lo) ? RC_OK
											: RC_NOT_FOUND;
}

static void
event(tx *t, const actor *by, int64_t tenant, const char *kind, int64_t subject)
{
	tx_event(t, &(event_head){.tenant = tenant,
				  .actor = by->account,
				  .office = by->office,
				  .kind = kind,
				  .subject = subject});
}

/* ---- designations ---- */

rc
designation_give(tx *t, const void *in, void *out)
{
	const designation_new *n = in;

	TRY(writable(t, n->by, n->tenant, n->office));
	TRY(check_categories(tx_fault(t), n->categories));
	if (!fits(n->document, ASSESSOR_TEXT_MAX))
		return FAIL(tx_fault(t), RC_INVALID, "assessor.document", FA_FIELD(STR("document")),
			    FA_INT("max", ASSESSOR_TEXT_MAX));
	TRY(check_term(tx_fault(t), n->from, n->until));
	row_designation r = {.tenant = n->tenant,
			     .id = tx_id(t),
			     .office = n->office,
			     .categories = n->categories,
			     .document = n->document,
			     .valid_from = date_str(tx_arena(t), n->from),
			     .valid_to = date_str(tx_arena(t), n->until)};
	event(t, n->by, n->tenant, "assessor.designated", n->office);
	*(int64_t *)out = r.id;
	return put_designation(t, &r);
}

/* Dates as text compare as days; no last day is later than any. */
static rc
check_last(tx *t, int32_t last, str from, str until)
{
	int32_t first = DATE_NONE, end = DATE_NONE;

	(void)date_parse(from, &first);
	bool ends = date_parse(until, &end);
	if (last == DATE_NONE || last < first - 1 || (ends && last > end))
		return FAIL(tx_fault(t), RC_INVALID, "assessor.last", FA_FIELD(STR("last")),
			    FA_STR("from", date_str(tx_arena(t), first - 1)), FA_STR("until", until));
	return RC_OK;
}

rc
designation_end(tx *t, const void *in, void *out)
{
	const assessor_end *e = in;
	row_designation r;

	(void)out;
	TRY(find_designation(t, e->tenant, e->id, &r));
	TRY(writable(t, e->by, e->tenant, r.office));
	TRY(check_last(t, e->last, r.valid_from, r.valid_to));
	event(t, e->by, e->tenant, "assessor.designation_ended", r.office);
	return close_designation(t, e->tenant, e->id, date_str(tx_arena(t), e->last));
}

/* ---- doctors ---- */

/* Nobody else there has this number; a sign-in is that of one doctor, who holds a post there. */
static rc
check_doctor(tx *t, const doctor_new *n)
{
	institution_accounts_rows accounts;
	doctors_of_rows there;
	bool found = n->account == 0;

	TRY(sql_doctors_of(tx_db(t), tx_arena(t), tx_fault(t),
			   &(doctors_of_in){.tenant = n->tenant, .office = n->office}, &there));
	for (size_t i = 0; i < there.n; i++) {
		const doctors_of_row *d = &there.v[i];
		if (d->closed.n)
			continue;
		if (str_eq(d->practice, n->practice))
			return FAIL(tx_fault(t), RC_CONFLICT, "assessor.twice", FA_FIELD(STR("practice")),
				    FA_STR("name", d->name));
		if (n->account && d->account == n->account)
			return FAIL(tx_fault(t), RC_CONFLICT, "assessor.account_twice",
				    FA_FIELD(STR("account")), FA_STR("name", d->name));
	}
	TRY(sql_institution_accounts(tx_db(t), tx_arena(t), tx_fault(t),
				     &(institution_accounts_in){.tenant = n->tenant,
								.office = n->office,
								.today = date_str(tx_arena(t), tx_today(t))},
				     &accounts));
	for (size_t i = 0; i < accounts.n; i++)
		found = found || accounts.v[i].id == n->account;
	return found ? RC_OK : FAIL(tx_fault(t), RC_INVALID, "assessor.account", FA_FIELD(STR("account")));
}

rc
doctor_enter(tx *t, const void *in, void *out)
{
	const doctor_new *n = in;

	TRY(writable(t, n->by, n->tenant, n->office));
	if (!fits(n->name, ASSESSOR_NAME_MAX))
		return FAIL(tx_fault(t), RC_INVALID, "assessor.name", FA_FIELD(STR("name")),
			    FA_INT("max", ASSESSOR_NAME_MAX));
	if (!fits(n->title, ASSESSOR_NAME_MAX))
		return FAIL(tx_fault(t), RC_INVALID, "assessor.title", FA_FIELD(STR("title")),
			    FA_INT("max", ASSESSOR_NAME_MAX));
	if (!fits(n->practice, ASSESSOR_NAME_MAX))
		return FAIL(tx_fault(t), RC_INVALID, "assessor.practice", FA_FIELD(STR("practice")),
			    FA_INT("max", ASSESSOR_NAME_MAX));
	TRY(check_doctor(t, n));
	row_doctor r = {.tenant = n->tenant,
			.id = tx_id(t),
			.office = n->office,
			.name = n->name,
			.title = n->title,
			.practice = n->practice,
			.account = n->account,
			.closed = STR("")};
	event(t, n->by, n->tenant, "assessor.doctor_entered", r.id);
	*(int64_t *)out = r.id;
	return put_doctor(t, &r);
}

/* The doctor, while he is there. */
static rc
find_present(tx *t, const actor *by, int64_t tenant, int64_t id, row_doctor *out)
{
	TRY(find_doctor(t, tenant, id, out));
	TRY(writable(t, by, tenant, out->office));
	return out->closed.n ? RC_NOT_FOUND : RC_OK;
}

rc
doctor_leave(tx *t, const void *in, void *out)
{
	const assessor_end *e = in;
	row_doctor r;

	(void)out;
	TRY(find_present(t, e->by, e->tenant, e->id, &r));
	if (e->last == DATE_NONE || e->last > tx_today(t))
		return FAIL(tx_fault(t), RC_INVALID, "assessor.left", FA_FIELD(STR("last")));
	event(t, e->by, e->tenant, "assessor.doctor_left", r.id);
	return close_doctor(t, e->tenant, e->id, date_str(tx_arena(t), e->last + 1));
}

/* ---- licences ---- */

static rc
check_training(tx *t, const licence_new *n)
{
	row_training r;

	if (n->training == 0)
		return RC_OK;
	rc e = find_training(t, n->training_tenant, n->training, &r);
	if (e == RC_NOT_FOUND || (e == RC_OK && r.closed.n))
		return FAIL(tx_fault(t), RC_INVALID, "assessor.training", FA_FIELD(STR("training")));
	return e;
}

rc
licence_give(tx *t, const void *in, void *out)
{
	const licence_new *n = in;
	row_doctor who;

	(void)out;
	TRY(find_present(t, n->by, n->tenant, n->doctor, &who));
	TRY(check_categories(tx_fault(t), n->categories));
	if (!fits(n->number, ASSESSOR_TEXT_MAX))
		return FAIL(tx_fault(t), RC_INVALID, "assessor.number", FA_FIELD(STR("number")),
			    FA_INT("max", ASSESSOR_TEXT_MAX));
	TRY(check_term(tx_fault(t), n->from, n->until));
	TRY(check_training(t, n));
	event(t, n->by, n->tenant, "assessor.licensed", n->doctor);
	for (int64_t c = 1; c <= ASSESSOR_CATEGORIES; c++)
		if (n->categories & category_bit(c))
			TRY(put_licence(t, &(row_licence){.tenant = n->tenant,
							  .id = tx_id(t),
							  .doctor = n->doctor,
							  .category = c,
							  .number = n->number,
							  .training_tenant = n->training_tenant,
							  .training = n->training,
							  .valid_from = date_str(tx_arena(t), n->from),
							  .valid_to = date_str(tx_arena(t), n->until)}));
	return RC_OK;
}

rc
licence_end(tx *t, const void *in, void *out)
{
	const assessor_end *e = in;
	row_licence r;
	row_doctor who;

	(void)out;
	TRY(find_licence(t, e->tenant, e->id, &r));
	TRY(find_doctor(t, r.tenant, r.doctor, &who));
	TRY(writable(t, e->by, e->tenant, who.office));
	TRY(check_last(t, e->last, r.valid_from, r.valid_to));
	event(t, e->by, e->tenant, "assessor.licence_ended", r.doctor);
	return close_licence(t, e->tenant, e->id, date_str(tx_arena(t), e->last));
}

/* ---- trainings ---- */

rc
training_enter(tx *t, const void *in, void *out)
{
	const training_new *n = in;
	fault *f = tx_fault(t);

	if (!may(n->by, PERM_ASSESSOR_WRITE, REGION_NONE))
		return FAIL(f, RC_DENIED, "assessor.denied");
	if (!fits(n->name, ASSESSOR_TEXT_MAX))
		return FAIL(f, RC_INVALID, "assessor.course", FA_FIELD(STR("name")),
			    FA_INT("max", ASSESSOR_TEXT_MAX));
	if (!fits(n->place, ASSESSOR_TEXT_MAX))
		return FAIL(f, RC_INVALID, "assessor.place", FA_FIELD(STR("place")),
			    FA_INT("max", ASSESSOR_TEXT_MAX));
	if (n->first == DATE_NONE || n->last == DATE_NONE || n->last < n->first)
		return FAIL(f, RC_INVALID, "assessor.days", FA_FIELD(STR("last")));
	if (n->hours < 1 || n->hours > ASSESSOR_HOURS_MAX)
		return FAIL(f, RC_INVALID, "assessor.hours", FA_FIELD(STR("hours")),
			    FA_INT("max", ASSESSOR_HOURS_MAX));
	row_training r = {.tenant = n->by->tenant,
			  .id = tx_id(t),
			  .name = n->name,
			  .place = n->place,
			  .first = date_str(tx_arena(t), n->first),
			  .last = date_str(tx_arena(t), n->last),
			  .hours = n->hours,
			  .closed = STR("")};
	event(t, n->by, r.tenant, "assessor.trained", r.id);
	*(int64_t *)out = r.id;
	return put_training(t, &r);
}

rc
training_close(tx *t, const void *in, void *out)
{
	const assessor_end *e = in;
	row_training r;

	(void)out;
	TRY(find_training(t, e->tenant, e->id, &r));
	if (e->tenant != e->by->tenant || r.closed.n || !may(e->by, PERM_ASSESSOR_WRITE, REGION_NONE))
		return RC_NOT_FOUND;
	event(t, e->by, e->tenant, "assessor.training_closed", e->id);
	return close_training(t, e->tenant, e->id, date_str(tx_arena(t), tx_today(t)));
}
