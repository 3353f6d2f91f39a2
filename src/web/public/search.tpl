# Services and help, by what people call them.
template search
  q     str
  asked bool
  count int
  doors list door
---
{use layout title="{msg search.title}"}
  <h1 class="govuk-heading-l">{msg search.title}</h1>
  <form method="get" action="/search" role="search" novalidate>
    {use text_input name="q" label="{msg search.label}" hint="{msg search.hint}" value=q width=20 /}
    {use button label="{msg search.go}" /}
  </form>
  {if doors}
  <p class="govuk-body" role="status">{msg search.found n=count}</p>
  {use doors doors=doors /}
  {elif asked}
  <div role="status">{use inset}<p class="govuk-body">{msg search.nothing}</p>{/use}</div>
  <p class="govuk-body"><a class="govuk-link zc-target" href="/services">{msg search.all}</a></p>
  {/if}
{/use}
