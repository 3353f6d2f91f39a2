/* cards.h - certificates out of the printer: what waits, blanks, printers, handing over. */
#pragma once
#include "web/house.h"

extern const web_route card_routes[];
