struct row
  id   str
  due  date
  fen  int
  link url

# Every kind of hole in every place it may stand.
template holes
  s    str
  w    text
  u    url
  n    int
  yes  bool
  day  date
  safe html
  rows list row
  tags list str
  one  row?
---
{# nothing of this note goes out: <b> 汉字 #}
<p title="{s}" data-day="{day}" data-n="{n}">{s}|{w}|{u}|{n}|{day}|{day | iso}|{n | money}|{n | grouped}|{s | spelled}|{safe}</p>
<a href="{u}">{msg t.title}</a> <a href="/cases/{s}?page={n}#{s}" title="{msg t.rows n=n who=s}">{msg t.rows n=n who=s}</a>
{if yes and not (n == 2 or s == "x")}
<i>a</i>
{elif n >= 3}
<i>b</i>
{else}
<i>c</i>
{/if}
{if one}{one.id}{/if}{if rows}<ul>{for r, i in rows}<li>{i}:{r.id} {r.due | iso} {r.fen | money}</li>{/for}</ul>{/if}
{for t in tags}<b>{t}</b>{/for}
<p>{msg t.tag}</p>

template uses
  s       str
  choices list choice
  rows    list row
---
{for r in rows}
{use card title="{msg t.title}"}
  <p>{r.id}: {s}</p>
  {set aside}<a href="{r.link}">{msg t.name}</a>{/set}
  {use rule /}
{/use}
{/for}
{use radios name="sex" legend="{msg t.name}" hint="{s} / {msg t.rows n=2 who=s}" choices=choices /}

template form
  to url
---
<form action="{to}" method="post">
  {keys}
  <label for="a">{msg t.name}</label><input id="a" name="a">
  <label><input type="checkbox" name="b"> {msg t.title}</label>
  <textarea aria-label="{msg t.name}" name="c"></textarea>
  <img src="/x.svg" alt="">
  <button type="submit">{msg t.title}</button>
</form>
<table>
  <caption>{msg t.title}</caption>
  <tr><th scope="row">{msg t.name}</th><td>&nbsp;&times; 3</td></tr>
</table>
<svg viewBox="0 0 1 1" aria-hidden="true"><path d="M0 0h1"/></svg>
