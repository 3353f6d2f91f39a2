/* thread.h - what a thread tells the system of itself. */
#pragma once

/* From now on the calling thread runs when those that people wait for do not want the processor: for what
 * works behind the pages. It cannot be taken back. */
void thread_stand_back(void);
