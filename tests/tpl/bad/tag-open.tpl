# expect 6: the tag <p does not end
template page_x
  s str
  list list str
---
<p class="a"
