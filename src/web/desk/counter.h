/* counter.h - applications that staff take at the counter. */
#pragma once
#include "web/desk/desk.h"

extern const web_route counter_routes[];
