# expect 7: html cannot stand inside an attribute
template page_x
  s str
  list list str
  h html
---
<p title="{h}">{s}</p>
