# expect 6: the filter "money" does not fit here
template page_x
  s str
  list list str
---
<p>{s | money}</p>
