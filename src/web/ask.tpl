# A village, chosen without scripts: part of its name is typed, then one of the places found is picked, level by level. `now`
# is what stands; `offered` are the places to pick from, `few` of them as radio buttons. The search goes on inside `within`.
template ask_place
  name    str
  label   text
  which   text?
  hint    text?
  error   text?
  heading bool?
  now     text?
  keep    str
  within  str
  typed   str
  few     bool
  offered list choice
---
<input type="hidden" name="{name}-keep" value="{keep}">
{if offered}
  <input type="hidden" name="{name}-within" value="{within}">
  {if few}
  {use radios name=name legend=which choices=offered error=error heading=heading /}
  {else}
  {use select name=name label=which choices=offered error=error heading=heading /}
  {/if}
  {use details summary="{msg ask.place.again}"}
    {use text_input name="{name}-text" label="{msg ask.place.search}" value=typed hint=hint width=20 /}
  {/use}
{else}
  {use text_input name="{name}-text" label=label value=typed hint=hint error=error heading=heading width=20 /}
  {if now}
  {use inset}<p class="govuk-body">{now}</p>{/use}
  {/if}
{/if}
