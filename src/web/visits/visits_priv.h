/* visits_priv.h - what the files of this folder share. */
#pragma once
#include "web/visits/visits.h"

rc visit_form_get(web_req *rq);
rc visit_form_post(web_req *rq);
