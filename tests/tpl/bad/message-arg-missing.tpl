# expect 6: the message "t.rows" needs who=
template page_x
  s str
  list list str
---
<p>{msg t.rows n=1}</p>
