# expect 6: the attribute "style" is not allowed: scripts and styles live in assets/
template page_x
  s str
  list list str
---
<p style="color:red">{s}</p>
