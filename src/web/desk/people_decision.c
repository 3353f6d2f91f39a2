/* people_decision.c - what policies came to for a person, and why, as an officer sees it. */
#include "locale/msg_ids.h"
#include "web/decisions.h"
#include "web/desk/people_priv.h"
#include "web/kases.h"

bool
person_decisions_seen(const web_req *rq)
{
	return dossier_sees(rq, STR("level")) && dossier_sees(rq, STR("economic_type"));
}

static rc
show_decisions(web_req *rq)
{
	const person_page *how = rq->work;
	const kase_house *h = NULL;
	tpl_list_decided_policy shown;
	decision_views all = {0};
	db *d = NULL;

	TRY(kases_of(rq, &h));
	TRY(house_read(rq, &d));
	if (person_decisions_seen(rq)) {
		rc r = decisions_read(d, rq->a, rq->fault, &h->policies, person_ref_tenant(how->ref),
				      person_ref_id(how->ref), &all);
		if (r != RC_NOT_FOUND) /* his key is gone, and with it what was decided */
			TRY(r);
	}
	TRY(decisions_shown(rq, &all, &shown));
	tpl_decisions(web_html(rq),
		      &(struct tpl_decisions){.title = house_words(rq, MSG_DECISION_TITLE_DESK),
					      .whose = desk_words_of(rq, MSG_PEOPLE_RECORD, "ref",
								     dossier_ref(rq->a, how->ref)),
					      .hidden = !person_decisions_seen(rq),
					      .back = dossier_href(rq->a, how->ref, ""),
					      .policies = shown});
	return web_page(rq, 200);
}

rc
person_decisions_get(web_req *rq)
{
	return person_enter_page(rq, show_decisions);
}
