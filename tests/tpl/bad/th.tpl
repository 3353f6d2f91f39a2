# expect 6: <th> without scope
template page_x
  s str
  list list str
---
<table><caption>{s}</caption><tr><th>{s}</th></tr></table>
