# expect 6: <select> without a label
template page_x
  s str
  list list str
---
<select name="a"></select>
