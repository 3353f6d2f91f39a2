# expect 7: <b> of line 7 is not closed before {else}
template page_x
  s str
  list list str
---
{if s}
<b>{s}{else}</b>{/if}
