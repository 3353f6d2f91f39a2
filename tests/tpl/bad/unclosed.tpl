# expect 7: <p> of line 7 is not closed before the end of the template
template page_x
  s str
  list list str
---
<div>{s}</div>
<p>{s}

