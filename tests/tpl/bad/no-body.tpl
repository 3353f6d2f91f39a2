# expect 2: template "a" has no body: a line --- begins it
template a
  s str
