# expect 7: the block of line 6 is not closed before the end of the template
template page_x
  s str
  list list str
---
{if s}
<b>{s}</b>
