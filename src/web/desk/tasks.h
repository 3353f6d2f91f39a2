/* tasks.h - what an office has to do: the list, numbers of it for other pages, many at once. */
#pragma once
#include "web/desk/desk.h"
#include "web/people_tpl.h"

extern const web_route task_routes[];

/* How much of this officer's list is overdue, due today, and there at all; with links. Empty: he has none. */
rc tasks_tallies(web_req *rq, tpl_list_tally *out) MUST_USE;
