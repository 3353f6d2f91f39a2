# expect 7: </p> closes nothing that was opened here
template page_x
  s str
  list list str
---
<p>
{if s}</p>{/if}
