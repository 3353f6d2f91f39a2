# expect 6: a < that begins no tag: write &lt;
template page_x
  s str
  list list str
---
<p>{s} < 3</p>
