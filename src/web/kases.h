/* kases.h - pages of cases: the house that commands and readings of cases lean on. */
#pragma once
#include "app/kase/held.h"
#include "web/house.h"

/* As of now, held until the request ends: it may be handed to a command and used in `then`. Failures as
 * kase_house_read. */
rc kases_of(web_req *rq, const kase_house **out) MUST_USE;
