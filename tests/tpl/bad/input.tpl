# expect 6: <input> without a label
template page_x
  s str
  list list str
---
<input id="a" name="a">
