/* visits.h - the doctors' pages: what is to be assessed, and the forms of an assessment. */
#pragma once
#include "web/desk/desk.h"

extern const web_route visit_routes[];
