# What was answered, shown before it takes effect; two ways on: do it, or mend it. Without `kept` there is nothing to mend.
template admin_check
  title   text
  action  url
  back    url
  warning text?
  go      text
  danger  bool
  bad     bool
  errors  list field_error
  answers list answer
  kept    list kept
---
{use layout title=title back=back error=bad}
  {if errors}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{title}</h1>
  {use summary_list answers=answers /}
  {if warning}{use warning words=warning /}{/if}
  <form method="post" action="{action}" id="check" novalidate>
    {keys}
    {for k in kept}
    <input type="hidden" name="{k.name}" value="{k.value}">
    {/for}
    <div class="govuk-button-group">
      {if danger}{use button label=go kind="warning" name="step" value="save" /}{else}{use button label=go name="step" value="save" /}{/if}
      {if kept}{use button label="{msg admin.edit}" kind="secondary" name="step" value="edit" /}{/if}
    </div>
  </form>
{/use}

# What this post may do here.
template admin_home
  who   text
  doors list door
---
{use layout title="{msg admin.title}"}
  <h1 class="govuk-heading-l">{msg admin.title}</h1>
  <p class="govuk-body">{who}</p>
  {use doors doors=doors /}
{/use}

# A head of the ledger as it was last signed.
struct head_row
  tenant int
  chain  text
  seq    int
  at     str

# How the site stands.
template admin_status
  answers list answer
  columns list column
  rows    list head_row
---
{use layout title="{msg admin.status.title}" back="/admin" wide=true}
  <h1 class="govuk-heading-l">{msg admin.status.title}</h1>
  {use summary_list answers=answers /}
  {if rows}
  {use data_table name="heads" caption="{msg admin.status.heads}" columns=columns compact=true}
    {for r in rows}
    <tr class="govuk-table__row">
      {for c, i in columns}
      {if i == 1}<th scope="row" class="govuk-table__header" data-label="{c.label}">{r.tenant}</th>{/if}
      {if i == 2}<td class="govuk-table__cell" data-label="{c.label}">{r.chain}</td>{/if}
      {if i == 3}<td class="govuk-table__cell zc-num" data-label="{c.label}">{r.seq | grouped}</td>{/if}
      {if i == 4}<td class="govuk-table__cell zc-nowrap" data-label="{c.label}">{r.at}</td>{/if}
      {/for}
    </tr>
    {/for}
  {/use}
  {/if}
{/use}
