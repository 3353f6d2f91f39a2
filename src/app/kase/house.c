/* house.c - what commands lean on, read from the store: made again when a definition or a notice is
 * published. */
#include "app/calendar/calendar.h"
#include "app/definition/definition.h"
#include "app/kase/kase.h"
#include "app/service/effects.h"

rc
kase_house_read(db *d, arena *a, fault *f, const catalogue *fields, const roles *all, int32_t today,
		kase_house *out)
{
	const service_ask with = {.fields = fields, .roles = all, .effects = kase_effects};
	definition_services services;
	const calendar *days = NULL;
	const parameters *set = NULL;
	policy_layers policies;

	TRY(calendar_load(d, a, f, &days));
	TRY(definition_services_read(d, a, f, &with, today, &services));
	TRY(definition_parameters_read(d, a, f, fields, today, &set));
	TRY(definition_policies_read(d, a, f, &policies));
	*out = (kase_house){.fields = fields,
			    .roles = all,
			    .calendar = days,
			    .service = services.v,
			    .nservices = services.n,
			    .parameters = set,
			    .policies = policies};
	return RC_OK;
}
