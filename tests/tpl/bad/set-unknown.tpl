# expect 6: "boxed" has no html parameter "foot"
template page_x
  s str
  list list str
---
{use boxed}{set foot}{/set}{/use}

template boxed
  body html
---
<b>{body}</b>
