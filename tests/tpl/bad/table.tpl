# expect 6: <table> without <caption>
template page_x
  s str
  list list str
---
<table><tr><td>{s}</td></tr></table>
