/* decide_person.c - zhucan decide --site DIR --person REF: what the published policies come to for somebody
 * of the register, as the effect policy.decide would have it; nothing is kept but that somebody looked. */
#include <stdio.h>

#include "app/audit/audit.h"
#include "app/decision/decision.h"
#include "app/definition/definition.h"
#include "base/date.h"
#include "io/json.h"
#include "locale/msg_ids.h"
#include "main/eval.h"

typedef struct asking {
	site *s;
	int64_t tenant, person;
	int32_t day;
	int64_t now; /* an instant of that day */
	decision_views all;
	size_t said; /* decisions that were printed */
} asking;

static actor
console(const asking *k)
{
	static const interval everywhere = {0, 1000000000000};
	actor w = {.kind = ACTOR_CONSOLE, .tenant = k->tenant, .scope = {.v = &everywhere, .n = 1}};

	perms_add(&w.perms, PERM_PERSON_READ);
	return w;
}

/* 420106-901266171494400007 */
static rc
read_words(cli *c, asking *k)
{
	str rest = c->person, tenant;

	(void)str_next(&rest, '-', &tenant);
	if (!str_to_i64(tenant, &k->tenant) || !str_to_i64(rest, &k->person) || k->person <= 0)
		return FAIL(&c->f, RC_INVALID, "feelcli.person", FA_STR("text", c->person));
	k->day = date_of_instant(site_now(k->s));
	if (c->on.n && !date_parse(c->on, &k->day))
		return FAIL(&c->f, RC_INVALID, "feelcli.on", FA_STR("text", c->on));
	k->now = c->on.n ? date_start_instant(k->day) : site_now(k->s);
	return RC_OK;
}

/* Before anything of him is read: the look that he will see. */
static rc
look(cli *c, asking *k)
{
	const look_row row = {.tenant = k->tenant,
			      .person = k->person,
			      .what = STR("person"),
			      .purpose = STR("9:zhucan decide")};
	const look_list looks = {.v = &row, .n = 1};
	store_command command = {.fn = audit_look, .in = &looks, .a = c->a, .now = site_now(k->s)};

	return store_write(k->s->store, &c->f, &command);
}

static int64_t
registered_at(const person_view *v, str day)
{
	for (size_t i = 0; i < v->places.n; i++) {
		const place_view *p = &v->places.v[i];
		if (p->kind == PLACE_REGISTRATION && str_cmp(p->valid_from, day) <= 0 &&
		    (p->valid_to.n == 0 || str_cmp(p->valid_to, day) >= 0))
			return p->region;
	}
	return 0;
}

static rc
find(cli *c, asking *k, db *d)
{
	const actor who = console(k);
	const person_ref *ref;

	rc r = person_open(d, c->a, &c->f, &who, k->tenant, k->person, &ref);
	if (r == RC_NOT_FOUND)
		return FAIL(&c->f, r, "feelcli.nobody", FA_STR("text", c->person));
	return r;
}

static rc
decide(cli *c, asking *k, db *d)
{
	const actor who = console(k);
	const catalogue *fields = NULL;
	const person_ref *ref;
	policy_layers layers;
	person_view v;

	TRY(catalogue_load(c->a, &c->f, &pack_all, &fields));
	TRY(definition_policies_read(d, c->a, &c->f, &layers));
	TRY(person_open(d, c->a, &c->f, &who, k->tenant, k->person, &ref));
	TRY(person_read(d, c->a, &c->f, ref, &v));
	decision_names of;
	const decision_ask ask = {.policies = &layers,
				  .fields = fields,
				  .tenant = k->tenant,
				  .person = k->person,
				  .region = registered_at(&v, date_str(c->a, k->day))};
	decision_policies(c->a, &ask, k->day, &of);
	for (size_t i = 0; i < of.n; i++)
		if (c->policy.n == 0 || str_eq(c->policy, of.v[i]))
			TRY(decision_preview(d, c->a, &c->f, &ask, of.v[i], k->now, vec_add(c->a, &k->all)));
	return RC_OK;
}

static rc
reading(cli *c, asking *k, rc (*what)(cli *, asking *, db *))
{
	db *d = NULL;

	TRY(store_read(k->s->store, c->a, &c->f, &d));
	rc r = what(c, k, d);
	store_read_end(k->s->store, d);
	return r;
}

/* ---- printing ---- */

static void
put_text(buf *b, const char *key, str s)
{
	buf_fmt(b, "\"%s\":", key);
	json_quote(b, s);
}

static void
put_values(buf *b, const decision_values *seen)
{
	buf_lit(b, "\"values\":[");
	for (size_t i = 0; i < seen->n; i++) {
		const decision_value *v = &seen->v[i];
		buf_put(b, i ? STR(",{") : STR("{"));
		put_text(b, "name", v->name);
		buf_lit(b, ",\"value\":");
		(void)feel_print_json(b, v->value);
		buf_c(b, ',');
		put_text(b, "from", v->from);
		buf_c(b, ',');
		put_text(b, "source", v->source);
		buf_c(b, '}');
	}
	buf_lit(b, "],");
}

static void
put_decision(cli *c, buf *b, const decision_result *x)
{
	if (c->explain && x->why) {
		policy_explain_json(b, x->why);
		return;
	}
	buf_c(b, '{');
	put_text(b, "decision", x->name);
	buf_lit(b, ",\"result\":");
	(void)feel_print_json(b, x->why ? x->why->result : feel_null(NULL));
	buf_c(b, '}');
}

/* {"policy": …, "versions": …, "values": […], "decisions": […]}, a line each */
static void
print(cli *c, asking *k, const decision_view *d)
{
	buf b = buf_in(c->a);
	size_t said = 0;

	buf_c(&b, '{');
	put_text(&b, "policy", d->policy);
	buf_c(&b, ',');
	put_text(&b, "versions", d->versions);
	buf_c(&b, ',');
	put_values(&b, &d->seen);
	buf_lit(&b, "\"decisions\":[");
	for (size_t i = 0; i < d->results.n; i++) {
		if (c->choice.p && !str_eq(c->choice, d->results.v[i].name))
			continue;
		buf_put(&b, said++ ? STR(",") : STR(""));
		put_decision(c, &b, &d->results.v[i]);
	}
	buf_lit(&b, "]}\n");
	if (said)
		fwrite(b.p, 1, b.n, stdout);
	k->said += said;
}

static int
run(cli *c)
{
	asking k = {0};

	if (cli_site(c, &k.s) != RC_OK || read_words(c, &k) != RC_OK || reading(c, &k, find) != RC_OK ||
	    look(c, &k) != RC_OK || reading(c, &k, decide) != RC_OK)
		return cli_fail(c);
	for (size_t i = 0; i < k.all.n; i++)
		print(c, &k, &k.all.v[i]);
	CLI_RESULT(c, MSG_FEELCLI_DECIDED, FA_INT("n", k.said), FA_STR("day", date_str(c->a, k.day)));
	return k.said ? EXIT_YES : EXIT_NO;
}

int
cmd_decide_person(cli *c)
{
	return eval_deep(c, run);
}
