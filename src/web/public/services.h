/* services.h - the services as doors, for the list and the front page. */
#pragma once
#include "web/components_tpl.h"
#include "web/kases.h"

struct tpl_door service_door(web_req *rq, const service *s);
/* Those that can be asked for today, the newest version of each. */
tpl_list_door service_doors(web_req *rq, const kase_house *h);
