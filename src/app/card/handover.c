/* handover.c - see handover.h. */
#include "app/card/handover.h"

#include "app/card_sql.h"
#include "base/date.h"
#include "base/utf8.h"

#define AT(name) FA_FIELD(STR(name))

static rc
allowed(tx *t, const actor *by, size_t n)
{
	if (by->kind != ACTOR_STAFF || by->office == 0 || !may(by, PERM_CERTIFICATE_HAND, REGION_NONE))
		return FAIL(tx_fault(t), RC_DENIED, "card.denied");
	if (n == 0)
		return FAIL(tx_fault(t), RC_INVALID, "card.nothing");
	if (n > CARD_LIST_MAX)
		return FAIL(tx_fault(t), RC_INVALID, "card.many", FA_INT("max", CARD_LIST_MAX));
	return RC_OK;
}

static event_head
head_of(const actor *by, const char *kind, int64_t subject)
{
	return (event_head){.tenant = by->tenant,
			    .actor = by->account,
			    .office = by->office,
			    .kind = kind,
			    .subject = subject};
}

/* A card in that state at (or on its way to) the office of `by`. */
static rc
find_here(tx *t, const actor *by, const card_ref *ref, card_state state, row_card *out)
{
	rc r = find_card(t, by->tenant, ref->person, ref->id, out);

	if (r == RC_NOT_FOUND || (r == RC_OK && (out->holder != by->office || out->state != (int64_t)state)))
		return FAIL(tx_fault(t), RC_CONFLICT, "card.moved");
	return r;
}

static rc
check_target(tx *t, const card_send_in *k)
{
	row_office o;

	if (k->target == 0)
		return RC_OK;
	rc r = find_office(t, k->by->tenant, k->target, &o);
	if (r == RC_NOT_FOUND || (r == RC_OK && (o.closed.n || k->target == k->by->office)))
		return FAIL(tx_fault(t), RC_INVALID, "card.target", AT("target"));
	return r;
}

static rc
check_mail(fault *f, str mail)
{
	if (utf8_count(mail) > CARD_MAIL_MAX)
		return FAIL(f, RC_INVALID, "card.mail", AT("mail"), FA_INT("max", CARD_MAIL_MAX));
	return RC_OK;
}

rc
card_send(tx *t, const void *in, void *out)
{
	const card_send_in *k = in;
	const str today = date_str(tx_arena(t), tx_today(t));
	row_card c;

	TRY(allowed(t, k->by, k->n));
	TRY(check_target(t, k));
	TRY(check_mail(tx_fault(t), k->mail));
	row_card_list list = {.tenant = k->by->tenant,
			      .id = tx_id(t),
			      .office = k->by->office,
			      .target = k->target,
			      .n = (int64_t)k->n,
			      .day = today,
			      .mail = k->mail,
			      .actor = k->by->account,
			      .received = STR("")};
	event_head head = head_of(k->by, k->target ? "card.sent" : "card.listed", list.id);
	tx_event(t, &head);
	TRY(put_card_list(t, &list));
	for (size_t i = 0; i < k->n; i++) {
		TRY(find_here(t, k->by, &k->v[i], CARD_IS_HERE, &c));
		c.list = list.id;
		if (k->target) {
			c.state = CARD_IS_UNDERWAY;
			c.holder = k->target;
			c.since = today;
		}
		TRY(patch_card(t, &c, CARD_LIST | CARD_STATE | CARD_HOLDER | CARD_SINCE));
	}
	tx_result(t, str_fmt(tx_arena(t), "%lld", (long long)list.id));
	*(int64_t *)out = list.id;
	return RC_OK;
}

/* Is anything of the list still on its way? */
static rc
all_came(tx *t, const row_card_list *list, bool *out)
{
	card_on_list_rows rows;

	*out = true;
	TRY(sql_card_on_list(tx_db(t), tx_arena(t), tx_fault(t), &(card_on_list_in){list->tenant, list->id},
			     &rows));
	for (size_t i = 0; i < rows.n; i++)
		*out = *out && rows.v[i].state != CARD_IS_UNDERWAY;
	return RC_OK;
}

rc
card_receive(tx *t, const void *in, void *out)
{
	const card_receive_in *k = in;
	const str today = date_str(tx_arena(t), tx_today(t));
	row_card_list list;
	bool all = false;
	row_card c;

	(void)out;
	TRY(allowed(t, k->by, k->n));
	TRY(find_card_list(t, k->by->tenant, k->list, &list));
	if (list.target != k->by->office || list.received.n)
		return RC_NOT_FOUND;
	event_head head = head_of(k->by, "card.received", list.id);
	tx_event(t, &head);
	for (size_t i = 0; i < k->n; i++) {
		TRY(find_here(t, k->by, &k->v[i], CARD_IS_UNDERWAY, &c));
		if (c.list != list.id)
			return FAIL(tx_fault(t), RC_CONFLICT, "card.moved");
		c.state = CARD_IS_HERE;
		c.since = today;
		TRY(patch_card(t, &c, CARD_STATE | CARD_SINCE));
	}
	list.receiver = k->by->account;
	TRY(patch_card_list(t, &list, CARD_LIST_RECEIVER));
	TRY(all_came(t, &list, &all));
	return all ? close_card_list(t, list.tenant, list.id, today) : RC_OK;
}

/* ---- into a hand ---- */

static rc
check_hand(tx *t, const card_hand_in *k)
{
	fault *f = tx_fault(t);
	bool self = k->relation == RECEIVER_SELF;

	if (!self && (k->receiver.n == 0 || utf8_count(k->receiver) > CARD_NAME_MAX))
		return FAIL(f, RC_INVALID, "card.receiver", AT("receiver"), FA_INT("max", CARD_NAME_MAX));
	if (k->proof == PROOF_MAIL && k->mail.n == 0)
		return FAIL(f, RC_INVALID, "card.mail", AT("mail"), FA_INT("max", CARD_MAIL_MAX));
	return check_mail(f, k->mail);
}

/* Each is an event of its own, sealed with its holder's key: who took it is said there. */
static rc
hand_one(tx *t, const card_hand_in *k, const card_ref *ref)
{
	const str day = date_str(tx_arena(t), k->day);
	data_key key;
	row_card c;

	TRY(find_here(t, k->by, ref, CARD_IS_HERE, &c));
	if (k->day > tx_today(t) || str_cmp(day, c.since) < 0)
		return FAIL(tx_fault(t), RC_INVALID, "card.day", AT("day"), FA_STR("since", c.since));
	rc r = seal_find(db_sealer(tx_db(t)), tx_fault(t), c.tenant, c.person, &key);
	if (r != RC_OK)
		return r;
	event_head head = head_of(k->by, "card.handed", c.person);
	head.key = &key;
	tx_event(t, &head);
	str receiver = k->relation == RECEIVER_SELF ? STR("") : k->receiver;
	r = put_card_receipt(t,
			     &(row_card_receipt){.tenant = c.tenant,
						 .person = c.person,
						 .card = c.id,
						 .day = day,
						 .relation = k->relation,
						 .receiver = seal_text(db_sealer(tx_db(t)), tx_arena(t), &key,
								       &(seal_place){.table = "card_receipt",
										     .column = "receiver",
										     .row = c.id},
								       receiver),
						 .proof = k->proof,
						 .mail = k->mail,
						 .office = k->by->office,
						 .actor = k->by->account});
	c.state = CARD_IS_HANDED;
	c.since = day;
	if (r == RC_OK)
		r = patch_card(t, &c, CARD_STATE | CARD_SINCE);
	if (r == RC_OK)
		r = tx_event_end(t);
	crypto_wipe(&key, sizeof key);
	return r;
}

rc
card_hand(tx *t, const void *in, void *out)
{
	const card_hand_in *k = in;

	(void)out;
	TRY(allowed(t, k->by, k->n));
	TRY(check_hand(t, k));
	for (size_t i = 0; i < k->n; i++)
		TRY(hand_one(t, k, &k->v[i]));
	return RC_OK;
}

/* ---- reading ---- */

rc
card_here_read(db *d, arena *a, fault *f, const actor *who, interval within, int64_t n, card_views *out)
{
	card_here_rows rows;

	*out = (card_views){0};
	TRY(sql_card_here(d, a, f, &(card_here_in){who->tenant, who->office, within.lo, within.hi, n},
			  &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (card_view){.person = rows.v[i].person,
					       .id = rows.v[i].id,
					       .run = rows.v[i].run,
					       .serial = rows.v[i].serial,
					       .region = rows.v[i].region,
					       .holder = who->office,
					       .state = CARD_IS_HERE,
					       .name = rows.v[i].name,
					       .since = rows.v[i].since};
	return RC_OK;
}

rc
card_lists_to_read(db *d, arena *a, fault *f, const actor *who, card_lists *out)
{
	card_lists_to_rows rows;

	*out = (card_lists){0};
	TRY(sql_card_lists_to(d, a, f, &(card_lists_to_in){who->tenant, who->office}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (card_list){.id = rows.v[i].id,
					       .office = rows.v[i].office,
					       .target = who->office,
					       .n = rows.v[i].n,
					       .day = rows.v[i].day,
					       .mail = rows.v[i].mail,
					       .other = rows.v[i].other,
					       .received = STR("")};
	return RC_OK;
}

rc
card_lists_from_read(db *d, arena *a, fault *f, const actor *who, int64_t n, card_lists *out)
{
	card_lists_from_rows rows;

	*out = (card_lists){0};
	TRY(sql_card_lists_from(d, a, f, &(card_lists_from_in){who->tenant, who->office, n}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (card_list){.id = rows.v[i].id,
					       .office = who->office,
					       .target = rows.v[i].target,
					       .n = rows.v[i].n,
					       .day = rows.v[i].day,
					       .mail = rows.v[i].mail,
					       .other = rows.v[i].other,
					       .received = rows.v[i].received};
	return RC_OK;
}

rc
card_list_read(db *d, arena *a, fault *f, const actor *who, int64_t id, card_list *out, card_views *cards)
{
	card_list_one_row r;
	card_on_list_rows rows;

	*cards = (card_views){0};
	TRY(sql_card_list_one(d, a, f, &(card_list_one_in){who->tenant, id, who->office}, &r));
	*out = (card_list){.id = id,
			   .office = r.office,
			   .target = r.target,
			   .n = r.n,
			   .day = r.day,
			   .mail = r.mail,
			   .sender = r.sender,
			   .other = r.other,
			   .received = r.received};
	TRY(sql_card_on_list(d, a, f, &(card_on_list_in){who->tenant, id}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, cards) = (card_view){.person = rows.v[i].person,
						 .id = rows.v[i].id,
						 .run = rows.v[i].run,
						 .serial = rows.v[i].serial,
						 .region = rows.v[i].region,
						 .holder = rows.v[i].holder,
						 .state = (card_state)rows.v[i].state,
						 .name = rows.v[i].name,
						 .since = rows.v[i].since};
	return RC_OK;
}

rc
card_left_read(db *d, arena *a, fault *f, const actor *who, bool all, str until, int64_t n, card_views *out)
{
	card_left_rows rows;

	*out = (card_views){0};
	TRY(sql_card_left(d, a, f, &who->scope, &(card_left_in){who->tenant, all ? 0 : who->office, until, n},
			  &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (card_view){.person = rows.v[i].person,
					       .id = rows.v[i].id,
					       .run = rows.v[i].run,
					       .serial = rows.v[i].serial,
					       .region = rows.v[i].region,
					       .holder = rows.v[i].holder,
					       .state = CARD_IS_HERE,
					       .name = rows.v[i].name,
					       .since = rows.v[i].since,
					       .where = rows.v[i].place};
	return RC_OK;
}
