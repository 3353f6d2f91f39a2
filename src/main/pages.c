/* pages.c - see pages.h: the tables of routes, one a module. */
#include "main/pages.h"

#include "app/errand/bench.h"
#include "web/account/apply.h"
#include "web/account/mine.h"
#include "web/account/pages.h"
#include "web/account/record.h"
#include "web/admin/admin.h"
#include "web/assess/assess.h"
#include "web/asset.h"
#include "web/audit/audit.h"
#include "web/desk/cards.h"
#include "web/desk/counter.h"
#include "web/desk/desk.h"
#include "web/desk/import.h"
#include "web/desk/letters.h"
#include "web/desk/notices.h"
#include "web/desk/tasks.h"
#include "web/policy/policy.h"
#include "web/public/public.h"
#include "web/session.h"
#include "web/visits/visits.h"

const web_route *const pages_tables[] = {
	account_routes,   admin_account_routes, admin_calendar_routes, admin_home_routes,
	admin_job_routes, admin_office_routes,  admin_post_routes,     apply_routes,
	audit_routes,     case_routes,          counter_routes,        desk_letter_routes,
	entitled_routes,  holder_routes,        home_routes,           record_routes,
	search_routes,    import_routes,        mine_routes,           notice_routes,
	people_routes,    places_routes,        roster_routes,         service_routes,
	task_routes,      board_routes,         track_routes,          text_routes,
	visit_routes,     definition_routes,    tables_routes,         draft_routes,
	card_routes,      assessor_routes,      schedule_routes,       NULL,
};

rc
pages_start(fault *f, house *h, const char *address, web_app **out)
{
	str spool = h->bench ? bench_dir(h->bench) : STR("");
	web_config config = {
		.http.listen = str_of(address),
		.tables = pages_tables,
		.assets = web_assets,
		.hooks = house_hooks(h, session_who),
		.form_key = h->site->form_key,
	};

	config.hooks.keep = me_keep_post;
	if (spool.n)
		config.http.spool = spool.p;
	return web_start(f, &config, out);
}
