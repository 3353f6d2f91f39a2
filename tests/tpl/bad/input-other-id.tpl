# expect 7: <input> without a label
template page_x
  s str
  list list str
---
<label for="b">{msg t.name}</label>
<input id="a" name="a">
