/* actor.c - see actor.h. */
#include "app/role/actor.h"

/* Every division of the country: codes are of 12 digits. */
static const interval everywhere = {100000000000, 1000000000000};

static bool
covers(const scope *s, interval area)
{
	if (area.lo >= area.hi)
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (area.lo >= s->v[i].lo && area.hi <= s->v[i].hi)
			return true;
	return false;
}

bool
may(const actor *who, perm p, int64_t region)
{
	if (who->kind == ACTOR_NOBODY || !perms_has(&who->perms, p))
		return false;
	return region == REGION_NONE || scope_has(&who->scope, region);
}

bool
may_over(const actor *who, perm p, interval area)
{
	return who->kind != ACTOR_NOBODY && perms_has(&who->perms, p) && covers(&who->scope, area);
}

bool
actor_line_ok(const actor *who, str line)
{
	if (who->role == NULL || line.n == 0 || !role_has_line(who->role->all, who->role, line))
		return false;
	return who->line.n == 0 || str_eq(who->line, line);
}

actor
actor_console(int64_t tenant)
{
	actor w = {
		.kind = ACTOR_CONSOLE, .tenant = tenant, .name = STR("console"), .scope = {&everywhere, 1}};

	perms_add(&w.perms, PERM_ACCOUNT_READ);
	perms_add(&w.perms, PERM_ACCOUNT_WRITE);
	perms_add(&w.perms, PERM_ACCOUNT_GRANT);
	perms_add(&w.perms, PERM_OFFICE_WRITE);
	return w;
}
