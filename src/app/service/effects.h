/* effects.h - what an act may cause, by name: the few things that a service's file can ask the program to do.
 *
 * publicity.open      the notice hangs from today; its last day is so many working days on
 * publicity.close     it is taken down
 * assessment.record   what the doctors found and who they are
 * person.register     the applicant into the register, if he is not there yet
 * certificate.issue   certificate, components and number; after person.register
 * person.facts        answers that the register keeps as dated facts go into it, from the day of application
 * policy.decide       what every policy about a person comes to for him; after what the register is to know
 * entitlement.grant   what the service serves is his from the month of application; after policy.decide */
#pragma once
#include "app/service/service.h"

typedef enum kase_effect {
	EFFECT_PUBLICITY_OPEN,
	EFFECT_PUBLICITY_CLOSE,
	EFFECT_ASSESSMENT_RECORD,
	EFFECT_PERSON_REGISTER,
	EFFECT_CERTIFICATE_ISSUE,
	EFFECT_PERSON_FACTS,
	EFFECT_POLICY_DECIDE,
	EFFECT_ENTITLEMENT_GRANT,
	KASE_EFFECTS
} kase_effect;

/* For service_ask.effects. */
extern const service_effect kase_effects[KASE_EFFECTS + 1];
