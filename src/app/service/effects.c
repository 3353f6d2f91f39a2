/* effects.c - see effects.h. */
#include "app/service/effects.h"

static const char *const none[] = {NULL};
static const char *const needs_assessment[] = {"assessed_on", "doctor", NULL};
static const char *const needs_person[] = {"name", "id_number", "sex", "born", "registration_place", NULL};
static const char *const needs_certificate[] = {"name", "id_number", "assessed_category", "assessed_level",
						NULL};

const service_effect kase_effects[KASE_EFFECTS + 1] = {
	{STR("publicity.open"), none, true, EFFECT_PUBLICITY_OPEN},
	{STR("publicity.close"), none, true, EFFECT_PUBLICITY_CLOSE},
	{STR("assessment.record"), needs_assessment, false, EFFECT_ASSESSMENT_RECORD},
	{STR("person.register"), needs_person, false, EFFECT_PERSON_REGISTER},
	{STR("certificate.issue"), needs_certificate, false, EFFECT_CERTIFICATE_ISSUE},
	{STR("policy.decide"), none, false, EFFECT_POLICY_DECIDE},
	{.name = {0}},
};
