# expect 6: </div> does not close <b> of line 6
template page_x
  s str
  list list str
---
<div><b>{s}</div></b>
