# expect 6: there is no template "nothing"
template page_x
  s str
  list list str
---
{use nothing /}
