# expect 7: "c" is not a parameter of "page_x"
template page_x
  s str
  list list str
---
{for c in list}<b>{c}</b>{/for}
{c}
