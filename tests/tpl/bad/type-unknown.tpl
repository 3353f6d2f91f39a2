# expect 3: "colour" is not a type
template page_x
  s colour
---
<hr>
