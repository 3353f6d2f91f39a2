struct account_row
  href   url
  login  str
  name   str
  posts  str
  used   str
  factor text

template accounts
  saved    text?
  may_write bool
  q        str
  found    int
  columns  list column
  rows     list account_row
  base     url
  previous int
  next     int
  pages    int
  page     int
  links    list page_link
  none     list kept
---
{use layout title="{msg admin.accounts}" back="/admin" wide=true}
  {if saved}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{saved}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg admin.accounts}</h1>
  {if may_write}{use button_link label="{msg admin.account.new}" href="/admin/accounts/new" /}{/if}
  <form class="zc-fields" method="get" action="/admin/accounts">
    {use text_input name="q" label="{msg admin.account.part}" value=q width=20 /}
    {use button label="{msg admin.filter}" kind="secondary" /}
  </form>
  <p class="govuk-body" role="status">{msg admin.found n=found}</p>
  {if rows}
  {use data_table name="accounts" caption="{msg admin.list}" columns=columns compact=true}
    {for r in rows}
    <tr class="govuk-table__row">
      {for c, i in columns}
      {if i == 1}<th scope="row" class="govuk-table__header" data-label="{c.label}"><a class="govuk-link" href="{r.href}">{r.login}</a></th>{/if}
      {if i == 2}<td class="govuk-table__cell" data-label="{c.label}">{r.name}</td>{/if}
      {if i == 3}<td class="govuk-table__cell" data-label="{c.label}">{r.posts}</td>{/if}
      {if i == 4}<td class="govuk-table__cell zc-nowrap" data-label="{c.label}">{r.used}</td>{/if}
      {if i == 5}<td class="govuk-table__cell" data-label="{c.label}">{r.factor}</td>{/if}
      {/for}
    </tr>
    {/for}
  {/use}
  {/if}
  {if pages > 1}{use pagination base=base previous=previous next=next pages=pages current=page links=links kept=none /}{/if}
{/use}

template account_form
  title  text
  action url
  back   url
  bad    bool
  errors list field_error
  login  str
  name   str
  login_error text?
  name_error  text?
---
{use layout title=title back=back error=bad}
  {if errors}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{title}</h1>
  <form method="post" action="{action}" novalidate>
    {keys}
    {use text_input name="login" label="{msg admin.account.login}" hint="{msg admin.account.login_hint}" value=login error=login_error complete="off" width=20 /}
    {use text_input name="name" label="{msg admin.account.name}" value=name error=name_error complete="off" width=20 /}
    {use button label="{msg admin.continue}" /}
  </form>
{/use}

struct post_row
  title   str
  office  str
  dates   str
  more    str
  end     url
  deputy  url

struct deputy_row
  title str
  who   str
  dates str
  end   url

template account_page
  saved     text?
  name      str
  answers   list answer
  may_write bool
  may_grant bool
  posts     list post_row
  deputies  list deputy_row
  rename    url
  reset     url
  close     url
  give      url
---
{use layout title=name back="/admin/accounts"}
  {if saved}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{saved}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{name}</h1>
  {use summary_list answers=answers /}
  {if may_write}
  <div class="govuk-button-group">
    {use button_link label="{msg admin.account.rename}" href=rename kind="secondary" /}
    {use button_link label="{msg admin.account.reset}" href=reset kind="secondary" /}
    {use button_link label="{msg admin.account.close}" href=close kind="warning" /}
  </div>
  {/if}
  <h2 class="govuk-heading-m">{msg admin.posts}</h2>
  {if not posts}{use inset}<p class="govuk-body">{msg admin.posts.none}</p>{/use}{/if}
  <ul class="govuk-list govuk-list--spaced">
    {for p in posts}
    <li>
      <strong>{p.title}</strong><br>{p.office} &middot; {p.dates}<br>{p.more}
      {if may_grant}<br><a class="govuk-link" href="{p.end}">{msg admin.post.end}<span class="govuk-visually-hidden">{p.title}</span></a> &middot; <a class="govuk-link" href="{p.deputy}">{msg admin.deputy.name}<span class="govuk-visually-hidden">{p.title}</span></a>{/if}
    </li>
    {/for}
  </ul>
  {if may_grant}{use button_link label="{msg admin.post.give}" href=give /}{/if}
  {if deputies}
  <h2 class="govuk-heading-m">{msg admin.deputies}</h2>
  <ul class="govuk-list govuk-list--spaced">
    {for d in deputies}
    <li><strong>{d.title}</strong><br>{d.who} &middot; {d.dates}{if may_grant}<br><a class="govuk-link" href="{d.end}">{msg admin.deputy.end}<span class="govuk-visually-hidden">{d.who}</span></a>{/if}</li>
    {/for}
  </ul>
  {/if}
{/use}

# A new code for the account's owner.
template account_reset
  action url
  back   url
  login  str
  bad    bool
  errors list field_error
  factor list choice
---
{use layout title="{msg admin.account.reset}" back=back error=bad}
  {if errors}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg admin.account.reset}</h1>
  <p class="govuk-body">{msg admin.reset.words login=login}</p>
  <form method="post" action="{action}" novalidate>
    {keys}
    {use checkboxes name="factor" legend="{msg admin.reset.factor}" choices=factor /}
    {use button label="{msg admin.reset.go}" kind="warning" /}
  </form>
{/use}

# The code, this once; to be printed and handed over.
template account_code
  back  url
  site  text
  login str
  name  str
  code  str
  until str
---
{use layout title="{msg admin.code.title}" back=back}
  <h1 class="govuk-heading-l">{msg admin.code.title}</h1>
  {use warning words="{msg admin.code.once}" /}
  <p class="govuk-body">{site}</p>
  <p class="govuk-body">{msg admin.account.login} <strong>{login}</strong> &middot; {name}</p>
  {use inset}<p class="govuk-body-l"><strong>{code}</strong></p>{/use}
  <p class="govuk-body">{msg admin.code.words until=until}</p>
{/use}

template post_form
  action  url
  back    url
  who     text
  bad     bool
  errors  list field_error
  roles   list choice
  offices list choice
  lines   list choice
  sensitive list choice
  area    str
  from_year str
  from_month str
  from_day str
  until_year str
  until_month str
  until_day str
  role_error   text?
  office_error text?
  line_error   text?
  area_error   text?
  from_error   text?
  until_error  text?
  sensitive_error text?
---
{use layout title="{msg admin.post.give}" back=back error=bad}
  {if errors}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg admin.post.give}</h1>
  <p class="govuk-body">{who}</p>
  <form method="post" action="{action}" novalidate>
    {keys}
    {use select name="role" label="{msg admin.post.role}" choices=roles error=role_error /}
    {use select name="office" label="{msg admin.post.office}" choices=offices error=office_error /}
    {use select name="line" label="{msg admin.post.line}" choices=lines error=line_error /}
    {use text_input name="area" label="{msg admin.post.area}" hint="{msg admin.post.area_hint}" value=area error=area_error mode="numeric" width=20 /}
    {use date_input name="from" legend="{msg admin.post.from}" year=from_year month=from_month day=from_day error=from_error /}
    {use date_input name="until" legend="{msg admin.post.until}" hint="{msg admin.post.until_hint}" year=until_year month=until_month day=until_day error=until_error /}
    {use checkboxes name="sensitive" legend="{msg admin.post.fields}" choices=sensitive error=sensitive_error /}
    {use button label="{msg admin.continue}" /}
  </form>
{/use}

template deputy_form
  action   url
  back     url
  post     text
  bad      bool
  errors   list field_error
  accounts list choice
  reasons  list choice
  from_year str
  from_month str
  from_day str
  until_year str
  until_month str
  until_day str
  account_error text?
  reason_error  text?
  from_error    text?
  until_error   text?
---
{use layout title="{msg admin.deputy.name}" back=back error=bad}
  {if errors}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg admin.deputy.name}</h1>
  <p class="govuk-body">{post}</p>
  <form method="post" action="{action}" novalidate>
    {keys}
    {use select name="account" label="{msg admin.deputy.who}" choices=accounts error=account_error /}
    {use radios name="reason" legend="{msg admin.deputy.reason}" choices=reasons error=reason_error /}
    {use date_input name="from" legend="{msg admin.post.from}" year=from_year month=from_month day=from_day error=from_error /}
    {use date_input name="until" legend="{msg admin.post.until}" hint="{msg admin.deputy.until_hint}" year=until_year month=until_month day=until_day error=until_error /}
    {use button label="{msg admin.continue}" /}
  </form>
{/use}
