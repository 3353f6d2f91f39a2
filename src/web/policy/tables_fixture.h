/* tables_fixture.h - for tests: a town whose offices work by a small policy, and who reads, edits and
 * publishes it. */
#pragma once
#include "app/policy/sample.h"
#include "web/policy/policy.h"

#include <unistd.h>

#include "app/account/account_fixture.h"
#include "app/definition/definition.h"
#include "web/room_fixture.h"
#include "web/session.h"

#define TABLE "/policy/tables/sample~d1"
#define DRAFT TABLE "/draft"

typedef enum who { EDITOR, EDITOR_2, PUBLISHER, READER, PEOPLE } who;

typedef struct bureau {
	town w;
	room *m;
	int64_t account[PEOPLE];
} bureau;

/* Who asks from now on. */
static inline void
as(bureau *k, who i)
{
	room_actor = (actor){.kind = ACTOR_STAFF,
			     .tenant = COUNTY,
			     .account = k->account[i],
			     .office = k->w.federation,
			     .name = STR("李明")};
	perms_add(&room_actor.perms, PERM_POLICY_READ);
	if (i == EDITOR || i == EDITOR_2)
		perms_add(&room_actor.perms, PERM_POLICY_EDIT);
	if (i == PUBLISHER)
		perms_add(&room_actor.perms, PERM_POLICY_PUBLISH);
}

/* Published by the console, as a demo does. */
static inline void
published(bureau *k, const char *dmn, const char *tests)
{
	const service_file file[] = {{STR("policy.dmn"), str_of(dmn)},
				     {STR("citations.yaml"), STR(SAMPLE_CITATIONS)},
				     {STR("tests.csv"), str_of(tests)}};
	service_files all = {0};
	char hash[65];
	actor by = actor_console(0);
	int64_t version = 0;

	for (size_t i = 0; i < LEN(file); i++)
		*vec_add(k->m->x->a, &all) = file[i];
	service_sha256(&(service_ask){.file = all.v, .nfiles = all.n}, hash);
	const definition_new n = {.by = &by,
				  .kind = STR(DEFINITION_POLICY),
				  .id = STR("sample"),
				  .sha256 = str_of(hash),
				  .text = service_files_join(k->m->x->a, &all),
				  .alone = true};
	OK(&k->w, run(&k->w, definition_propose, &n, &version));
}

static inline bureau
opened(fixture *x)
{
	static const web_route *const tables[] = {definition_routes, tables_routes, draft_routes, NULL};
	static const char *const logins[PEOPLE] = {"zhang", "lisi", "wang", "zhao"};
	bureau k = {.w = town_open(x), .m = room_new(x)};

	OK(&k.w, door_open(x->a, &x->f, k.m->house.roles, &k.m->house.door));
	for (size_t i = 0; i < PEOPLE; i++)
		k.account[i] = open_account(&k.w, COUNTY, logins[i]);
	k.m->spool = fixture_path(x, "");
	room_serve(k.m, tables);
	return k;
}

static inline str
get(bureau *k, const char *path)
{
	return browser_get(&k->m->b, str_of(path));
}

/* What stands behind <main of a page: the forms before it are the frame's. */
static inline str
main_of(str page)
{
	ptrdiff_t at = str_find(page, STR("<main"));

	return str_from(page, at < 0 ? 0 : (size_t)at);
}
