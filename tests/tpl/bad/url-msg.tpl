# expect 6: a message cannot be part of an address
template page_x
  s str
  list list str
---
<a href="/{msg t.name}">{s}</a>
