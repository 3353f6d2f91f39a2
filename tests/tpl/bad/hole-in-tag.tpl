# expect 6: inside a tag only {if} can stand; put the value between quotes
template page_x
  s str
  list list str
---
<p {s}>{s}</p>
