# expect 6: an address begins with a url or as it is written; other holes come after
template page_x
  s str
  list list str
---
<a href="{s}">{s}</a>
