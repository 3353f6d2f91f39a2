# expect 6: untranslated text: make it a message of locale/ and write {msg id}
template page_x
  s str
  list list str
---
{use other w="姓名" /}

template other
  w text
---
<b>{w}</b>
