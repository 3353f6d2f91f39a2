# expect 6: the block of line 6 is not closed before {for}
template page_x
  s str
  list list str
---
{if s}<b>{s}</b>{/for}
