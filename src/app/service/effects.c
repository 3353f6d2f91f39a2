/* effects.c - see effects.h. */
#include "app/service/effects.h"

static const char *const none[] = {NULL};
static const char *const needs_assessment[] = {"assessed_on", "doctor", NULL};
static const char *const needs_person[] = {"name", "id_number", "sex", "born", "registration_place", NULL};
static const char *const needs_certificate[] = {"name", "id_number", "assessed_category", "assessed_level",
						NULL};
static const char *const needs_reason[] = {"cancel_reason", NULL};
static const char *const needs_death[] = {"died", NULL};

const service_effect kase_effects[KASE_EFFECTS + 1] = {
	{STR("publicity.open"), none, true, false, EFFECT_PUBLICITY_OPEN},
	{STR("publicity.close"), none, true, false, EFFECT_PUBLICITY_CLOSE},
	{STR("assessment.record"), needs_assessment, false, false, EFFECT_ASSESSMENT_RECORD},
	{STR("person.register"), needs_person, false, false, EFFECT_PERSON_REGISTER},
	{STR("certificate.issue"), needs_certificate, false, false, EFFECT_CERTIFICATE_ISSUE},
	{STR("certificate.renew"), none, false, false, EFFECT_CERTIFICATE_RENEW},
	{STR("certificate.lose"), none, false, false, EFFECT_CERTIFICATE_LOSE},
	{STR("certificate.find"), none, false, false, EFFECT_CERTIFICATE_FIND},
	{STR("certificate.reissue"), none, false, false, EFFECT_CERTIFICATE_REISSUE},
	{STR("certificate.cancel"), needs_reason, false, false, EFFECT_CERTIFICATE_CANCEL},
	{STR("certificate.revoke"), needs_reason, false, false, EFFECT_CERTIFICATE_REVOKE},
	{STR("certificate.freeze"), none, false, false, EFFECT_CERTIFICATE_FREEZE},
	{STR("certificate.unfreeze"), none, false, false, EFFECT_CERTIFICATE_UNFREEZE},
	{STR("person.amend"), none, false, false, EFFECT_PERSON_AMEND},
	{STR("person.died"), needs_death, false, false, EFFECT_PERSON_DIED},
	{STR("person.facts"), none, false, false, EFFECT_PERSON_FACTS},
	{STR("policy.decide"), none, false, false, EFFECT_POLICY_DECIDE},
	{STR("entitlement.grant"), none, false, true, EFFECT_ENTITLEMENT_GRANT},
	{STR("entitlement.end"), none, false, false, EFFECT_ENTITLEMENT_END},
	{.name = {0}},
};
