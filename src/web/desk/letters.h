/* letters.h - letters with a sign-in code, handed out at a counter. */
#pragma once
#include "web/house.h"

extern const web_route desk_letter_routes[];
