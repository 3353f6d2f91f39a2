# One answer of several.
struct choice
  value   str
  label   text
  checked bool

# A group with a body and a second hole.
template card
  title text
  aside html?
  body  html
---
<section class="card">
  <h2>{title}</h2>
  {body}
  {if aside}
  <aside>{aside}</aside>
  {/if}
</section>

template radios
  name    str
  legend  text
  choices list choice
  hint    text?
---
<fieldset{if hint} aria-describedby="{name}-hint"{/if}>
  <legend>{legend}</legend>
  {if hint}
  <p id="{name}-hint">{hint}</p>
  {/if}
  {for c, i in choices}
  <input type="radio" id="{name}-{i}" name="{name}" value="{c.value}"{if c.checked} checked{/if}>
  <label for="{name}-{i}">{c.label}</label>
  {/for}
</fieldset>

template rule
---
<hr>
