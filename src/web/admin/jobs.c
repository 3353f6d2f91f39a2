/* jobs.c - what runs behind the pages, how far it is, and what stopped it. */
#include "web/admin/admin.h"

#include "base/date.h"
#include "locale/msg_ids.h"
#include "store/job.h"
#include "web/admin_tpl.h"
#include "web/table.h"

enum { SHOWN = 100 };

/* job.ledger.sign → its name for people; a kind without one shows as it is. */
static str
name_of(web_req *rq, str kind)
{
	int msg = msg_find(str_cat(rq->a, STR("job.name."), kind));

	return msg < 0 ? kind : msg_text(rq->a, rq->lang, msg, NULL);
}

static struct tpl_job_line
line_of(web_req *rq, const job_state *j)
{
	bool failed = str_eq(j->state, STR("failed")), done = str_eq(j->state, STR("done"));
	bool running = !failed && !done && j->done > 0, again = !failed && !done && j->tries > 0;
	int state = failed    ? MSG_JOBS_FAILED
		    : done    ? MSG_JOBS_DONE
		    : again   ? MSG_JOBS_AGAIN
		    : running ? MSG_JOBS_RUNNING
			      : MSG_JOBS_WAITING;

	return (struct tpl_job_line){
		.name = name_of(rq, j->kind),
		.state = msg_text(rq->a, rq->lang, state, NULL),
		.colour = failed  ? STR("red")
			  : done  ? STR("green")
			  : again ? STR("orange")
				  : STR("blue"),
		.progress = j->total ? str_fmt(rq->a, "%lld / %lld", (long long)j->done, (long long)j->total)
				     : str_fmt(rq->a, "%lld", (long long)j->done),
		.due = instant_str(rq->a, j->due, false),
		.said = j->fault,
	};
}

static rc
jobs(web_req *rq)
{
	static const int label[] = {MSG_JOBS_NAME, MSG_JOBS_STATE, MSG_JOBS_PROGRESS, MSG_JOBS_DUE,
				    MSG_JOBS_SAID};
	struct tpl_column *column = arena_array(rq->a, struct tpl_column, LEN(label));
	job_states all;
	db *d = NULL;

	TRY(house_read(rq, &d));
	const size_t most = table_rows(rq, SHOWN);
	TRY(job_states_read(d, rq->a, rq->fault, (int64_t)most + 1, &all));
	TRY(table_whole(rq, all.n > most, most));
	all.n = MIN(all.n, most);
	struct tpl_job_line *line = arena_array(rq->a, struct tpl_job_line, all.n);
	for (size_t i = 0; i < all.n; i++)
		line[i] = line_of(rq, &all.v[i]);
	for (size_t i = 0; i < LEN(label); i++)
		column[i].label = msg_text(rq->a, rq->lang, label[i], NULL);
	tpl_jobs(web_html(rq), &(struct tpl_jobs){.columns = {.v = column, .n = LEN(label)},
						  .rows = {.v = line, .n = all.n}});
	return web_page(rq, 200);
}

const web_route admin_job_routes[] = {
	{"GET", "/admin/jobs", jobs, "site.operate", "Work behind the pages and its progress"},
	{0},
};
