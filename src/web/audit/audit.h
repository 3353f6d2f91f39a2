/* audit.h - who looked at whom, who did what: for auditors, and for the person concerned. */
#pragma once
#include "web/desk/desk.h"

extern const web_route audit_routes[];
