# expect 6: the message "t.name" has no {n}
template page_x
  s str
  list list str
---
<p>{msg t.name n=1}</p>
