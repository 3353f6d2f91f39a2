/* thread.c - see thread.h. On Linux each thread has a priority of its own. */
#include "io/thread.h"

#include <sys/resource.h>

enum { BEHIND = 10 }; /* about a tenth of the processor beside a thread that wants all of it */

void
thread_stand_back(void)
{
	(void)setpriority(PRIO_PROCESS, 0, BEHIND);
}
