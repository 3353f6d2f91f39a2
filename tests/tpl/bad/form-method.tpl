# expect 6: <form> without method
template page_x
  s str
  list list str
---
<form action="/a"></form>
