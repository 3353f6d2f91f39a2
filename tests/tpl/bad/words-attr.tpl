# expect 6: untranslated text: make it a message of locale/ and write {msg id}
template page_x
  s str
  list list str
---
<p title="Name">{s}</p>
