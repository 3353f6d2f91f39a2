# expect 6: these two cannot be compared with ==
template page_x
  s str
  list list str
---
{if s == 3}{/if}
