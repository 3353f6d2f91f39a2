/* import.h - the stock import: a county's sheets into the register, page by page; rosters out of it. */
#pragma once
#include "web/route.h"

extern const web_route import_routes[];
extern const web_route roster_routes[];
