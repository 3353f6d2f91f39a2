# expect 5: "a" is already declared in FILE:2
template a
---
<hr>
struct a
  s str
