# expect 6: a note is written {# so #}
template page_x
  s str
  list list str
---
<p>{s}</p><!-- -->
