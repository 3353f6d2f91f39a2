# expect 6: "t" is not a parameter of "page_x"
template page_x
  s str
  list list str
---
<p>{t}</p>
