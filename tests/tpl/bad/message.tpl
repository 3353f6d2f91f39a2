# expect 6: no file in the locale folder defines the message "t.none"
template page_x
  s str
  list list str
---
<p>{msg t.none}</p>
