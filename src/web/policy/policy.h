/* policy.h - the pages of policy editors and publishers. */
#pragma once
#include "web/house.h"

extern const web_route definition_routes[];
