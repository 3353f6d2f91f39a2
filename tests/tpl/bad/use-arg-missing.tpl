# expect 6: "other" needs w=
template page_x
  s str
  list list str
---
{use other /}

template other
  w text
---
<b>{w}</b>
