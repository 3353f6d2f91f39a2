# expect 6: no blocks inside an address: give the template a whole url
template page_x
  s str
  list list str
---
<a href="/{if s}a{/if}">{s}</a>
