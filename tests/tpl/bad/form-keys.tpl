# expect 7: <form method="post"> without {keys}
template page_x
  s str
  list list str
---
<p>{s}</p>
<form method="POST" action="/a"><button type="submit">{s}</button></form>
