# expect 7: untranslated text: make it a message of locale/ and write {msg id}
template page_x
  s str
  list list str
---
<p>{s}</p>
<p>姓名</p>
