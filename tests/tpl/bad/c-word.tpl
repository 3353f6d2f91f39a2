# expect 3: "inline" is a word of C: choose another name
template a
  inline bool
---
<hr>
