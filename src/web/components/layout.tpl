# A place of the main navigation.
struct nav_link
  href    url
  label   text
  current bool

# What every page knows of its request: in templates it is called `page`. `sign_out` is there when somebody is signed in;
# `who` may still be empty, for an applicant who is known only by a telephone. `sheets` is where its tables are as sheets.
struct page
  site      text
  home      url
  path      url
  sheets    url?
  text_size str
  contrast  bool
  nav       list nav_link
  who       text?
  account   url?
  sign_out  url?
  acting    text?

# The house of every page. `back` puts the link back above the content, `error` says in the title that something is to be
# mended, `wide` is for the lists of the staff, `top` stands between navigation and content (breadcrumbs).
template layout
  title text
  back  url?
  error bool?
  wide  bool?
  top   html?
  body  html
---
<!doctype html>
<html lang="{msg ui.lang.tag}" class="govuk-template{if page.text_size == "large"} zc-large{/if}{if page.text_size == "xlarge"} zc-xlarge{/if}{if page.contrast} zc-contrast{/if}">
<head>
  <meta charset="utf-8">
  <title>{if error}{msg ui.title.error}{/if}{title} - {page.site}</title>
  <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
  <meta name="color-scheme" content="{if page.contrast}dark{else}light{/if}">
  <link rel="icon" href="{asset favicon.svg}" type="image/svg+xml">
  <link rel="stylesheet" href="{asset govuk.css}">
  <link rel="stylesheet" href="{asset theme.css}">
</head>
<body class="govuk-template__body{if wide} zc-wide{/if}">
<script src="{asset init0.js}"></script>
<a href="#main" class="govuk-skip-link" data-module="govuk-skip-link">{msg ui.skip}</a>
<header>
  <div class="zc-bar">
    <div class="govuk-width-container zc-bar__row">
      <form class="zc-bar__modes" method="post" action="/preferences" aria-label="{msg ui.modes}">
        {keys}
        <input type="hidden" name="back" value="{page.path}">
        <button type="submit" name="set" value="{if page.text_size == "large"}text-normal{else}text-large{/if}" aria-pressed="{if page.text_size == "large"}true{else}false{/if}">{msg ui.modes.large}</button>
        <button type="submit" name="set" value="{if page.text_size == "xlarge"}text-normal{else}text-xlarge{/if}" aria-pressed="{if page.text_size == "xlarge"}true{else}false{/if}">{msg ui.modes.xlarge}</button>
        <button type="submit" name="set" value="{if page.contrast}contrast-normal{else}contrast-high{/if}" aria-pressed="{if page.contrast}true{else}false{/if}">{msg ui.modes.contrast}</button>
        <button type="submit" name="set" value="{msg ui.lang.other-set}" lang="{msg ui.lang.other-tag}">{msg ui.lang.other}</button>
      </form>
      {if page.sign_out}
      <div class="zc-bar__who">
        {if page.account}<a href="{page.account}">{if page.who}<span class="govuk-visually-hidden">{msg my.title} </span>{page.who}{else}{msg my.title}{/if}</a>{elif page.who}<span>{page.who}</span>{/if}
        <form method="post" action="{page.sign_out}">{keys}<button type="submit">{msg ui.sign-out}</button></form>
      </div>
      {/if}
    </div>
  </div>
  <div class="govuk-generic-header">
    <div class="govuk-generic-header__container govuk-width-container">
      <div class="govuk-generic-header__logo">
        <a href="{page.home}" class="govuk-generic-header__homepage-link"><svg class="zc-logo" viewBox="0 0 48 48" width="40" height="40" aria-hidden="true" focusable="false"><path d="M9 42C18 32 31 23.5 31 14A7 7 0 1 0 17 14C17 23.5 30 32 39 42" fill="none" stroke="currentColor" stroke-width="4.5" stroke-linecap="round"/></svg><span>{page.site}</span></a>
      </div>
    </div>
  </div>
</header>
{if page.nav}
<div class="govuk-service-navigation">
  <div class="govuk-width-container">
    <nav aria-label="{msg ui.nav}" class="govuk-service-navigation__wrapper">
      <ul class="govuk-service-navigation__list">
        {for n in page.nav}
        <li class="govuk-service-navigation__item{if n.current} govuk-service-navigation__item--active{/if}"><a class="govuk-service-navigation__link" href="{n.href}"{if n.current} aria-current="page"{/if}>{n.label}</a></li>
        {/for}
      </ul>
    </nav>
  </div>
</div>
{/if}
{if page.acting}
<div class="zc-acting" role="region" aria-label="{msg ui.acting}"><div class="govuk-width-container"><p class="govuk-body">{page.acting}</p></div></div>
{/if}
<div class="govuk-width-container">
  {if back}
  <nav aria-label="{msg ui.back.nav}"><a href="{back}" class="govuk-back-link">{msg ui.back}</a></nav>
  {/if}
  {top}
  <main class="govuk-main-wrapper" id="main" tabindex="-1">
    {body}
  </main>
</div>
<footer class="govuk-footer">
  <div class="govuk-width-container">
    <h2 class="govuk-visually-hidden">{msg ui.footer}</h2>
    <p class="zc-help">{msg ui.footer.help}</p>
    <ul class="govuk-footer__inline-list">
      <li class="govuk-footer__inline-list-item"><a class="govuk-footer__link" href="/help">{msg ui.footer.how}</a></li>
      <li class="govuk-footer__inline-list-item"><a class="govuk-footer__link" href="/accessibility">{msg ui.footer.accessibility}</a></li>
      <li class="govuk-footer__inline-list-item"><a class="govuk-footer__link" href="/privacy">{msg ui.footer.privacy}</a></li>
      <li class="govuk-footer__inline-list-item"><a class="govuk-footer__link" href="/contact">{msg ui.footer.contact}</a></li>
    </ul>
  </div>
</footer>
<script type="module" src="{asset init.js}"></script>
</body>
</html>

# A step of the way from the top to this page; the last has no href.
struct crumb
  label text
  href  url?

template breadcrumbs
  crumbs list crumb
---
<nav class="govuk-breadcrumbs" aria-label="{msg ui.breadcrumbs}">
  <ol class="govuk-breadcrumbs__list">
    {for c in crumbs}
    <li class="govuk-breadcrumbs__list-item"{if not c.href} aria-current="page"{/if}>{if c.href}<a class="govuk-breadcrumbs__link" href="{c.href}">{c.label}</a>{else}{c.label}{/if}</li>
    {/for}
  </ol>
</nav>
