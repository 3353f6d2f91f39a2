/* effects.h - what an act may cause, by name: the few things that a service's file can ask the program to do.
 *
 * publicity.open      the notice hangs from today; its last day is so many working days on
 * publicity.close     it is taken down
 * assessment.record   what the doctors found and who they are
 * person.register     the applicant into the register, if he is not there yet
 * certificate.issue   the first certificate, components and number; after person.register
 * certificate.renew   a new one in the place of the one he has: with what was assessed in this case, or as it
 * was certificate.lose    reported lost: its number is no longer good certificate.find    it turned up
 * certificate.reissue a new one for a lost one, with the next B
 * certificate.cancel  it is over, for the reason that is answered or set
 * certificate.revoke  the same of one that was obtained by fraud
 * certificate.freeze, certificate.unfreeze   suspended, and good again
 * person.died         the day of death goes into the register
 * person.amend        what is answered otherwise than the register has it goes into it from today; a field
 * new_X amends X, and with the identity number the certificate's changes person.facts        answers that the
 * register keeps as dated facts go into it, from the day of application policy.decide       what every policy
 * about a person comes to for him; after what the register is to know entitlement.grant   what the service
 * serves is his from the month of application; after policy.decide entitlement.end     all that was granted
 * to him ends with the month: he has lost what it rests on */
#pragma once
#include "app/service/service.h"

typedef enum kase_effect {
	EFFECT_PUBLICITY_OPEN,
	EFFECT_PUBLICITY_CLOSE,
	EFFECT_ASSESSMENT_RECORD,
	EFFECT_PERSON_REGISTER,
	EFFECT_CERTIFICATE_ISSUE,
	EFFECT_CERTIFICATE_RENEW,
	EFFECT_CERTIFICATE_LOSE,
	EFFECT_CERTIFICATE_FIND,
	EFFECT_CERTIFICATE_REISSUE,
	EFFECT_CERTIFICATE_CANCEL,
	EFFECT_CERTIFICATE_REVOKE,
	EFFECT_CERTIFICATE_FREEZE,
	EFFECT_CERTIFICATE_UNFREEZE,
	EFFECT_PERSON_DIED,
	EFFECT_PERSON_AMEND,
	EFFECT_PERSON_FACTS,
	EFFECT_POLICY_DECIDE,
	EFFECT_ENTITLEMENT_GRANT,
	EFFECT_ENTITLEMENT_END,
	KASE_EFFECTS
} kase_effect;

/* For service_ask.effects. */
extern const service_effect kase_effects[KASE_EFFECTS + 1];
