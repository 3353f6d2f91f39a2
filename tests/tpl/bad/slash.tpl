# expect 6: only the elements of an svg end with />
template page_x
  s str
  list list str
---
<div/>
