# expect 7: <img> without alt
template page_x
  s str
  list list str
---
<p>{s}</p>
<img src="/a.svg">
