/* admin.h - the pages of those who run a site. */
#pragma once
#include "web/house.h"

extern const web_route admin_calendar_routes[];
extern const web_route admin_job_routes[];
extern const web_route admin_home_routes[];
extern const web_route admin_office_routes[];
extern const web_route admin_account_routes[];
extern const web_route admin_post_routes[];
