# expect 6: {for} goes through a list, which this is not
template page_x
  s str
  list list str
---
{for c in s}{/for}
