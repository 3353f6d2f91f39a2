# expect 6: "other" takes no body: end it with /}
template page_x
  s str
  list list str
---
{use other w=s}{/use}

template other
  w text
---
<b>{w}</b>
