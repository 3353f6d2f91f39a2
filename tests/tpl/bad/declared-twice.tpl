# expect 4: "s" is declared twice
template page_x
  s str
  s int
---
<hr>
