"""Every address, every role: who may not see a thing cannot tell it from one that is not there; no post but our own.

Each function returns what is wrong, in words; an empty list is a pass. Headers, caching and cookies of every reply are
seen by demo_site.Audit on the way.
"""
import html
import re
import urllib.parse

import sheets
from pages import route_of

UNLINKED = {"/sign-in/next": "comes by itself after the password", "/demo/outbox": "typed by who tries a demo"}
FORMS = "a form"
GIVEN = ("pages.txt", FORMS)  # on no page
LINKS = 6  # addresses of one route that are kept for one account
OTHER_HOST = "https://other.example"


def masked(reply, *paths):
    """The text without what differs in every reply, and without the address that was asked."""
    t = re.sub(r'(name="(?:csrf|request-key)" value=")[^"]*', r"\1", reply.text())
    t = re.sub(r'(name="back" value=")[^"]*', r"\1", t)
    for p in paths:
        t = t.replace(html.escape(p), "").replace(p, "")
    return t


def same(a, a_path, b, b_path):
    return a.status == b.status and masked(a, a_path) == masked(b, b_path) and len(a.fields) == len(b.fields)


def token_of(site, cookie):
    """A form token of the session behind this cookie, and the cookie with the visitor's name if it had none."""
    r = site.ask("GET", "/", cookie=cookie)
    for k, v in r.fields:
        if k.lower() == "set-cookie" and v.startswith("zc-visitor="):
            cookie = "; ".join(filter(None, [cookie, v.split(";")[0]]))
    return re.search(r'name="csrf" value="([^"]+)"', r.text()).group(1), cookie


# ---- what there is

class Found:
    def __init__(self):
        self.by = {}      # account -> route path -> addresses
        self.broken = {}  # address -> (status, page it stood on)
        self.linked = set()  # addresses of routes that some page leads to
        self.pages = 0


def crawl(site, table, listed, accounts, pending=()):
    """Follows the links of every page, as every account, from pages.txt on and from where forms have led it."""
    out = Found()
    for login in accounts:
        role = site.account(login)["role"] if login else "visitor"
        first = [site.fill(p.path, login) for p in listed if role in p.roles]
        todo = [(path, "pages.txt") for path in first if "{" not in path]
        todo += [(path, FORMS) for path in dict.fromkeys(site.been.get(login, []))]
        seen, kept, passed = set(), out.by.setdefault(login, {}), {}
        cookie = site.cookies(login)
        while todo:
            path, on = todo.pop(0)
            route = route_of(table, path)
            mine = kept.setdefault(route.path, []) if route else None
            on_way = passed.setdefault(route.path, []) if route else None
            if route and on not in GIVEN and on.split("?")[0] != path:
                out.linked.add(route.path)
            if path in seen or (mine is not None and len(mine) + len(on_way) >= LINKS and on not in GIVEN):
                continue
            seen.add(path)
            r = site.ask("GET", path, cookie=cookie)
            out.pages += 1
            if r.status not in (200, 303):
                if path not in pending and on != FORMS:  # what a form made may be gone
                    out.broken[path] = (r.status, on)
                continue
            if mine is not None:
                (mine if r.status == 200 else on_way).append(path)
            if r.header("Content-Type").startswith("text/html"):
                for h in re.findall(r'<(?:a [^>]*href|img [^>]*src)="([^"]+)"', r.text()):
                    to = urllib.parse.urljoin(path, html.unescape(h)).split("#")[0]
                    if to.startswith("/") and not sheets.is_sheet(to):  # those are looked at with their tables
                        todo.append((to, path))
        for path, those in passed.items():  # after those that show a page themselves
            kept[path] += those
    return out


# ---- looks

def by_permission(site, table, may, staff):
    """Pages without a parameter: who holds the permission comes in, who does not finds nothing, a visitor is sent to sign in."""
    wrong = []
    for r in table:
        if r.method != "GET" or r.params or r.permission == "open":
            continue
        for role in staff:
            cookie = site.cookies(role)
            got, none = site.ask("GET", r.path, cookie=cookie), site.ask("GET", r.path + "-not-there", cookie=cookie)
            if r.permission in may[role]:
                if got.status not in (200, 303):
                    wrong.append(f"{role} holds {r.permission}, and {r.path} answers {got.status}")
            elif none.status != 404 or not same(got, r.path, none, r.path + "-not-there"):
                wrong.append(f"{role} without {r.permission}: {r.path} is not like a page that is not there ({got.status})")
        got = site.ask("GET", r.path)
        if got.status != 303 or not re.match(r"/(me/)?sign-in\?back=", got.header("Location")):
            wrong.append(f"a visitor at {r.path}: {got.status} {got.header('Location')}")
    return wrong


# ---- posts

KINDS = (
    ("application/x-www-form-urlencoded", lambda token: urllib.parse.urlencode({"csrf": token} if token else {}).encode()),
    ("multipart/form-data; boundary=zzzz", lambda token: (
        (f'--zzzz\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token}\r\n' if token else "") + "--zzzz--\r\n").encode()),
    ("application/octet-stream", lambda token: b"x"),
)


def post(site, path, cookie, token, headers):
    """The reply to a post in the form that the address takes: the first of the three that is not refused as a body."""
    r = None
    for kind, body in KINDS:
        head = {"Content-Type": kind, **({"X-CSRF-Token": token} if token else {}), **headers}
        r = site.ask("POST", path, cookie=cookie, headers=head, body=body(token))
        if r.status not in (400, 411, 413, 415, 422):
            return r
    return r


def posts(site, table, may, staff):
    """Refused: without a token, with another session's, from another site; and whoever lacks the permission."""
    wrong = []
    here = {"Sec-Fetch-Site": "same-origin"}
    for r in table:
        if r.method == "GET":
            continue
        path = re.sub(r"\{[^}]+\}", "1", r.path)
        holders = staff if r.permission == "open" else [s for s in staff if r.permission in may[s]]
        for who in ([""] if r.permission == "open" else []) + holders[:3]:
            token, cookie = token_of(site, site.cookies(who))
            other, _ = token_of(site, site.cookies(next(s for s in staff if s != who)))
            for what, t, head in (
                ("without a token", "", here),
                ("with a token of another session", other, here),
                ("with a broken token", token[:-4] + "AAAA", here),
                ("with the cookie and no token, from another site", "", {"Sec-Fetch-Site": "cross-site"}),
                ("from another site", token, {"Sec-Fetch-Site": "cross-site"}),
                ("from a neighbouring host", token, {"Sec-Fetch-Site": "same-site"}),
                ("from another origin", token, {"Origin": OTHER_HOST}),
                ("from an origin that hides", token, {"Origin": "null"}),
            ):
                got = post(site, path, cookie, t, head)
                if got.status != 403:
                    wrong.append(f"{r.method} {r.path} by {who or 'a visitor'} {what}: {got.status}")
        if r.permission != "open":
            for who in [s for s in staff if s not in holders]:
                token, cookie = token_of(site, site.cookies(who))
                got = post(site, path, cookie, token, here)
                if got.status != 404:
                    wrong.append(f"{r.method} {r.path} by {who} without {r.permission}: {got.status}")
    return wrong


# ---- what is no page

def odd_requests(site):
    """Replies that no page makes carry the same headers; none of them is the program falling over."""
    wrong = []
    for method, path, want in (
        ("GET", "/not-there", 404), ("GET", "/assets/not-there.css", 404), ("GET", "/places/", 308), ("PUT", "/", 405),
        ("DELETE", "/sign-in", 405), ("PATCH", "/preferences", 405), ("GET", "/places/%E5%8C%BA", 404),
        ("GET", "/../../etc/passwd", 404), ("GET", "/%2e%2e/%2e%2e/etc/passwd", 404), ("GET", "/sign-in?back=//other.example", 200),
        ("GET", "/?lang=xx", 200), ("POST", "/not-there", 404),
    ):
        got = site.ask(method, path, body=b"" if method != "GET" else None)
        if got.status != want and not (want == 404 and got.status == 400):
            wrong.append(f"{method} {path}: {got.status}, not {want}")
    r = site.ask("GET", "/")
    for asset in re.findall(r'(?:href|src)="(/assets/[^"]+)"', r.text()):
        if site.ask("GET", asset).status != 200:
            wrong.append(f"{asset} is missing")
    return wrong
