# expect 6: {else} was already here
template page_x
  s str
  list list str
---
{if s}{else}{else}{/if}
