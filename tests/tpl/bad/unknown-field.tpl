# expect 6: there is no "z" in what stands before the dot
template page_x
  s str
  list list str
---
<p>{s.z}</p>
