# expect 6: <textarea> without a label
template page_x
  s str
  list list str
---
<textarea id="{s}"></textarea><label for="{s}-x">{msg t.name}</label>
