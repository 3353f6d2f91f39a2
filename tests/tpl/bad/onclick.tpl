# expect 7: the attribute "onclick" is not allowed: scripts and styles live in assets/
template page_x
  s str
  list list str
---
<p
 onclick="x()">{s}</p>
