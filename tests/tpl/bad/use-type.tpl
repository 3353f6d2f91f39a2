# expect 6: "w" of "other" is of another type
template page_x
  s str
  list list str
---
{use other w=3 /}

template other
  w text
---
<b>{w}</b>
