/* letters.h - codes on paper, handed out at a counter: to sign in, to have a certificate checked. */
#pragma once
#include "web/house.h"

extern const web_route desk_letter_routes[];
