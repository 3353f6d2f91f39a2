/* record.h - one's own record: every detail with its source and date, and what is wrong in it. */
#pragma once
#include "web/web.h"

extern const web_route record_routes[];
