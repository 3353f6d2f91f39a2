# expect 6: {if} belongs to nothing
template page_x
  s str
  list list str
---
<b>{s}</b>{/if}
