/* policy.h - the pages of policy editors and publishers. */
#pragma once
#include "web/house.h"

extern const web_route definition_routes[];
extern const web_route tables_routes[];
extern const web_route draft_routes[];
