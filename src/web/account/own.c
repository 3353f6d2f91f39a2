/* own.c - see own.h. */
#include "web/account/own.h"

#include "locale/msg_ids.h"
#include "web/components_tpl.h"
#include "web/kases.h"

/* Above every page about a ward stands whose it is. */
static void
say_acting(web_req *rq, str name)
{
	struct tpl_page *p = arena_new(rq->a, struct tpl_page);
	html_out *o = web_html(rq);

	*p = *o->page;
	p->acting = house_words_of(rq, MSG_APPLY_ACTING_GUARDIAN, "name", name);
	o->page = p;
}

str
own_ref(arena *a, const person_ref *p)
{
	return str_fmt(a, "%lld-%lld", (long long)person_ref_tenant(p), (long long)person_ref_id(p));
}

str
own_href(arena *a, const char *path, const person_ref *ward)
{
	return ward ? str_cat(a, str_of(path), str_cat(a, STR("?person="), own_ref(a, ward))) : str_of(path);
}

str
own_log_title(const web_req *rq, const own *o)
{
	return o->name.n ? house_words_of(rq, MSG_MINE_LOOKED_OF, "name", o->name)
			 : house_words(rq, MSG_MINE_LOOKED);
}

static rc
find_ward(web_req *rq, own *o, str asked)
{
	for (size_t i = 0; i < o->wards.n; i++) {
		const kase_ward *w = &o->wards.v[i];
		if (!str_eq(own_ref(rq->a, w->ref), asked))
			continue;
		o->ref = w->ref;
		o->name = w->name;
		o->ward = w->ref;
		say_acting(rq, w->name);
		return RC_OK;
	}
	return RC_NOT_FOUND;
}

rc
own_of(web_req *rq, str ward, own *out)
{
	const actor *who = house_actor(rq);
	const kase_house *h = NULL;
	db *d = NULL;

	*out = (own){.name = STR("")};
	TRY(house_read(rq, &d));
	if (who->kind == ACTOR_APPLICANT) {
		TRY(kases_of(rq, &h));
		TRY(kase_wards_read(d, rq->a, rq->fault, who, h, rq->now, &out->wards));
	}
	if (ward.n)
		return find_ward(rq, out, ward);
	if (who->person <= 0)
		return RC_OK;
	return person_open(d, rq->a, rq->fault, who, who->home, who->person, &out->ref);
}

rc
own_open(web_req *rq, own *out)
{
	return own_of(rq, web_query(rq, STR("person")), out);
}
