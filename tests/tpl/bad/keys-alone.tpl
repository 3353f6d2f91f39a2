# expect 6: {keys} stands in a form
template page_x
  s str
  list list str
---
<p>{keys}</p>
