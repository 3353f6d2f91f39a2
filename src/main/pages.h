/* pages.h - all pages of the program under one server. */
#pragma once
#include "web/house.h"

/* The tables of all modules; ends with NULL. The frame's own rows come on top: web_own_routes. */
extern const web_route *const pages_tables[];

/* Starts serving every page at `address` ("127.0.0.1:8080"; port 0: any). Failures as web_start. */
rc pages_start(fault *f, house *h, const char *address, web_app **out) MUST_USE;
