# expect 6: "z" is not a parameter of "other"
template page_x
  s str
  list list str
---
{use other w="{msg t.name}" z=s /}

template other
  w text
---
<b>{w}</b>
