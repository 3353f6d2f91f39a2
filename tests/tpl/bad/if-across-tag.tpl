# expect 6: the block of line 6 began elsewhere in the tag than it ends
template page_x
  s str
  list list str
---
{if s}<b{/if}>{s}</b>
