/* assess.h - pages of who may assess, and where and when: the register of institutions and doctors. */
#pragma once
#include "web/house.h"

extern const web_route assessor_routes[];
extern const web_route schedule_routes[];
