/* public.h - the pages that need no sign-in. */
#pragma once
#include "web/house.h"

extern const web_route home_routes[];
extern const web_route places_routes[];
extern const web_route service_routes[];
extern const web_route board_routes[];
extern const web_route text_routes[];
extern const web_route track_routes[];
extern const web_route search_routes[];
