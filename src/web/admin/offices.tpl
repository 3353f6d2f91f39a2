struct office_row
  href   url
  name   str
  kind   text
  level  text
  region str
  phone  str

template offices
  saved    text?
  kinds    list choice
  q        str
  found    int
  columns  list column
  rows     list office_row
  base     url
  previous int
  next     int
  pages    int
  page     int
  links    list page_link
  none     list kept
---
{use layout title="{msg admin.offices}" back="/admin" wide=true}
  {if saved}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{saved}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg admin.offices}</h1>
  {use button_link label="{msg admin.office.new}" href="/admin/offices/new" /}
  <form class="zc-fields" method="get" action="/admin/offices">
    {use select name="kind" label="{msg admin.office.kind}" choices=kinds /}
    {use text_input name="q" label="{msg admin.office.name_part}" value=q width=20 /}
    {use button label="{msg admin.filter}" kind="secondary" /}
  </form>
  <p class="govuk-body" role="status">{msg admin.found n=found}</p>
  {if rows}
  {use data_table name="offices" caption="{msg admin.list}" columns=columns compact=true}
    {for r in rows}
    <tr class="govuk-table__row">
      {for c, i in columns}
      {if i == 1}<th scope="row" class="govuk-table__header" data-label="{c.label}"><a class="govuk-link" href="{r.href}">{r.name}</a></th>{/if}
      {if i == 2}<td class="govuk-table__cell" data-label="{c.label}">{r.kind}</td>{/if}
      {if i == 3}<td class="govuk-table__cell" data-label="{c.label}">{r.level}</td>{/if}
      {if i == 4}<td class="govuk-table__cell" data-label="{c.label}">{r.region}</td>{/if}
      {if i == 5}<td class="govuk-table__cell zc-nowrap" data-label="{c.label}">{r.phone}</td>{/if}
      {/for}
    </tr>
    {/for}
  {/use}
  {/if}
  {if pages > 1}{use pagination base=base previous=previous next=next pages=pages current=page links=links kept=none /}{/if}
{/use}

# An office: a new one, or what of one may change.
template office_form
  title  text
  action url
  back   url
  fresh  bool
  bad    bool
  errors list field_error
  kinds  list choice
  levels list choice
  region str
  name   str
  phone  str
  address str
  areas  str
  kind_error    text?
  level_error   text?
  region_error  text?
  name_error    text?
  phone_error   text?
  address_error text?
  areas_error   text?
---
{use layout title=title back=back error=bad}
  {if errors}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{title}</h1>
  <form method="post" action="{action}" novalidate>
    {keys}
    {if fresh}
    {use select name="kind" label="{msg admin.office.kind}" choices=kinds error=kind_error /}
    {use select name="level" label="{msg admin.office.level}" choices=levels error=level_error /}
    {use text_input name="region" label="{msg admin.office.region}" hint="{msg admin.office.region_hint}" value=region error=region_error width=20 /}
    {/if}
    {use text_input name="name" label="{msg admin.office.name}" value=name error=name_error width=30 /}
    {use text_input name="phone" label="{msg admin.office.phone}" hint="{msg admin.optional}" value=phone kind="tel" mode="tel" error=phone_error width=20 /}
    {use text_input name="address" label="{msg admin.office.address}" hint="{msg admin.optional}" value=address error=address_error /}
    {use textarea name="areas" label="{msg admin.office.areas}" hint="{msg admin.office.areas_hint}" value=areas error=areas_error rows=3 most=500 /}
    {use button label="{msg admin.continue}" /}
  </form>
{/use}

template office_page
  saved   text?
  name    str
  answers list answer
  edit    url
  close   url
---
{use layout title=name back="/admin/offices"}
  {if saved}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{saved}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{name}</h1>
  {use summary_list answers=answers /}
  <div class="govuk-button-group">
    {use button_link label="{msg admin.office.change}" href=edit kind="secondary" /}
    {use button_link label="{msg admin.office.close}" href=close kind="warning" /}
  </div>
{/use}
