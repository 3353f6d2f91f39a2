/* notices.h - what hangs in which village until when. */
#pragma once
#include "web/desk/desk.h"

extern const web_route notice_routes[];
