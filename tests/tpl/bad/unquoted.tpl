# expect 6: the value of "class" stands between double quotes
template page_x
  s str
  list list str
---
<p class=a>{s}</p>
