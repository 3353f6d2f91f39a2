# expect 6: only text, numbers, dates and html can be written; use {for} or {if}
template page_x
  s str
  list list str
---
<p>{list}</p>
