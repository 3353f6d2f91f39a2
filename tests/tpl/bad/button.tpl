# expect 6: <button> without type
template page_x
  s str
  list list str
---
<button>{s}</button>
