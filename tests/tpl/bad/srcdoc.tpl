# expect 6: the attribute "srcdoc" is not allowed: scripts and styles live in assets/
template page_x
  s str
  list list str
---
<iframe srcdoc="{s}"></iframe>
