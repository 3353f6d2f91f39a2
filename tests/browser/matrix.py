"""Every route with a parameter × every role × a real thing of one's own, a sibling's, a parent's and a foreign place.

What may not be seen answers byte for byte (but for tokens and the address itself) like a thing that is not there, to GET
and to POST; and a list that somebody may see names nothing of another place. A route whose parameter stands in none of
the tables below fails and says so: whoever adds one says here where its things are.
"""
import collections
import contextlib
import html
import re
import sqlite3
import urllib.parse

from security import KINDS, masked, token_of

# What a parameter stands for, by the route up to and including it: the segments to fill in (one for each parameter), and
# every division where the thing is. `who` is the account that it belongs to, where that counts and not the place.
THINGS = {
    "/desk/people/{ref}":
        "SELECT owner || '-' || person, '', group_concat(region), 0 FROM place WHERE valid_to = '' GROUP BY owner, person",
    "/admin/accounts/{ref}":
        "SELECT a.tenant || '-' || a.id, '', group_concat(g.lo), 0 FROM account a JOIN role_grant g"
        " ON g.tenant = a.tenant AND g.account = a.id WHERE a.kind = 'staff' GROUP BY a.tenant, a.id",
    "/admin/accounts/{ref}/posts/{post}":
        "SELECT tenant || '-' || account, id, lo, 0 FROM role_grant",
    "/admin/accounts/{ref}/deputies/{deputy}":
        "SELECT d.tenant || '-' || g.account, d.id, d.lo, 0 FROM delegation d JOIN role_grant g ON g.tenant = d.tenant AND g.id = d.post",
    "/admin/offices/{ref}":
        "SELECT tenant || '-' || id, '', region, 0 FROM office WHERE closed = ''",
    "/desk/assessors/{ref}":
        "SELECT tenant || '-' || id, '', region, 0 FROM office WHERE closed = '' AND kind = 'hospital'",
    "/desk/assessors/{ref}/designations/{id}":
        "SELECT o.tenant || '-' || o.id, x.id, o.region, 0 FROM designation x JOIN office o ON o.tenant = x.tenant AND o.id = x.office",
    "/desk/assessors/{ref}/doctors/{id}":
        "SELECT o.tenant || '-' || o.id, x.id, o.region, 0 FROM doctor x JOIN office o ON o.tenant = x.tenant AND o.id = x.office",
    "/desk/assessors/{ref}/doctors/{doctor}":
        "SELECT o.tenant || '-' || o.id, x.id, o.region, 0 FROM doctor x JOIN office o ON o.tenant = x.tenant AND o.id = x.office",
    "/desk/assessors/{ref}/licences/{id}":
        "SELECT o.tenant || '-' || o.id, l.id, o.region, 0 FROM licence l JOIN doctor x ON x.tenant = l.tenant AND x.id = l.doctor"
        " JOIN office o ON o.tenant = x.tenant AND o.id = x.office",
    "/desk/trainings/{ref}":
        "SELECT x.tenant || '-' || x.id, '', t.region, 0 FROM training x JOIN tenant t ON t.id = x.tenant",
    "/desk/schedule/{ref}":
        "SELECT o.tenant || '-' || x.id, '', o.region, 0 FROM occasion x JOIN office o ON o.tenant = x.tenant AND o.id = x.office",
    # made by the journey `import`
    "/desk/people/{ref}/photo":
        "SELECT l.owner || '-' || l.person, '', group_concat(l.region), 0 FROM place l JOIN person p ON p.tenant = l.owner"
        " AND p.id = l.person WHERE l.valid_to = '' AND p.photo <> '' GROUP BY l.owner, l.person",
    "/desk/roster/{id}":
        "SELECT e.id, '', o.region, 0 FROM errand e JOIN office o ON o.tenant = e.tenant AND o.id = e.office"
        " WHERE e.kind = 'roster' ORDER BY e.id",
    "/desk/imports/{id}":
        "SELECT i.id, '', o.region, 0 FROM import i JOIN office o ON o.tenant = i.tenant AND o.id = i.office ORDER BY i.id",
    "/desk/imports/files/{id}":
        "SELECT e.id, '', o.region, 0 FROM errand e JOIN office o ON o.tenant = e.tenant AND o.id = e.office"
        " WHERE e.kind = 'import' ORDER BY e.id",
    "/desk/cases/{ref}":
        "SELECT tenant || '-' || id, '', region, 0 FROM kase",
    "/desk/cases/{ref}/files/{file}":
        "SELECT k.tenant || '-' || k.id, p.id, k.region, 0 FROM kase k JOIN paper p ON p.tenant = k.tenant AND p.kase = k.id",
    # made by the journey `cards`
    "/desk/cards/batches/{id}":
        "SELECT b.id, '', o.region, 0 FROM card_batch b JOIN office o ON o.tenant = b.tenant AND o.id = b.office ORDER BY b.id",
    "/desk/cards/lists/{id}":
        "SELECT l.id, '', o.region || coalesce(',' || r.region, ''), 0 FROM card_list l JOIN office o ON o.tenant = l.tenant"
        " AND o.id = l.office LEFT JOIN office r ON r.tenant = l.tenant AND r.id = l.target ORDER BY l.id",
    # an applicant's: no officer comes in here, wherever the case is
    "/applications/{ref}":
        "SELECT tenant || '-' || id, '', region, filed_by FROM kase",
    "/applications/{ref}/questions/{field}":
        "SELECT k.tenant || '-' || k.id, a.field, k.region, k.filed_by FROM kase k, (SELECT DISTINCT field FROM kase_answer) a"
        " ORDER BY k.state, k.id",
    "/applications/{ref}/papers/{paper}":
        "SELECT k.tenant || '-' || k.id, p.paper, k.region, k.filed_by FROM kase k, (SELECT DISTINCT paper FROM kase_paper) p"
        " ORDER BY k.state, k.id",
    "/applications/{ref}/files/{file}":
        "SELECT k.tenant || '-' || k.id, p.id, k.region, k.filed_by FROM kase k JOIN paper p ON p.tenant = k.tenant AND p.kase = k.id",
    "/cases/{number}":
        "SELECT number, '', region, filed_by FROM kase WHERE number <> ''",
    "/cases/{number}/documents/{document}":
        "SELECT k.number, d.id, k.region, k.filed_by FROM kase k JOIN document d ON d.tenant = k.tenant AND d.kase = k.id",
    "/desk/applications/{ref}":
        "SELECT tenant || '-' || id, '', region, 0 FROM kase",
    "/desk/applications/{ref}/{section}":
        "SELECT tenant || '-' || id, 'person', region, 0 FROM kase",
    "/visits/{ref}/{form}":
        "SELECT tenant || '-' || id, 'limb', region, 0 FROM kase",
    # for everybody where it may be on the web, and for nobody where it may not: as of no place at all
    "/notices/{ref}":
        "SELECT tenant || '-' || id, '', 0, 0 FROM publicity WHERE on_web = 0 OR closed <> ''",
}
SHARED = {"/places/{code}": "divisions are the same for all", "/services/{id}": "so are the guides", "/services/{id}/easy": "in easy words too",
          "/policy/definitions/{kind}/{id}": "and what the offices work by", "/policy/definitions/{kind}/{id}/{version}": "in versions",
          "/policy/tables/{id}": "a table of what is published", "/policy/tables/{id}/tests/{number}": "and its test persons",
          "/desk/cards/blanks/{act}": "what is written into the books of one's own office",
          # the address names a table that all may read; whose draft it is, is asked of who acts (src/app/draft)
          **{"/policy/tables/{id}/draft" + below: "the draft of one's own office"
             for below in ("", "/rows", "/rows/{row}", "/tests", "/tests/{number}", "/laws", "/laws/{law}", "/sheet",
                           "/sheet/xlsx", "/sheet/csv", "/grid", "/difference")}}
PLACES = ("own", "sibling", "parent", "foreign")
APPLICANT = "applicant"
OWN_TRIES = 24  # of one's own, until EACH were seen
EACH = 2  # things of one place for one account and route


class Thing:
    def __init__(self, values, regions, who=0):
        self.values, self.regions, self.who = values, regions, who


def read(folder):
    """Prefix -> things, from the database of the site."""
    out = {}
    with contextlib.closing(sqlite3.connect(f"file:{folder}/site.db?mode=ro", uri=True)) as d:
        for prefix, query in THINGS.items():
            out[prefix] = [Thing([str(v) for v in (one, two) if v != ""], [int(r) for r in str(regions).split(",")], who)
                           for one, two, regions, who in d.execute(query)]
    return out


def account_of(site, folder):
    """The account of the applicant who is signed in: who filed the case that his own page shows first."""
    number = re.search(r"/cases/([^\"/?#]+)", site.ask("GET", "/me", cookie=site.cookies(APPLICANT)).text()).group(1)
    with contextlib.closing(sqlite3.connect(f"file:{folder}/site.db?mode=ro", uri=True)) as d:
        return d.execute("SELECT filed_by FROM kase WHERE number = ?", (number,)).fetchone()[0]


def scopes(folder):
    """Login -> (intervals, the division of the office)."""
    out = collections.defaultdict(lambda: ([], 0))
    with contextlib.closing(sqlite3.connect(f"file:{folder}/site.db?mode=ro", uri=True)) as d:
        for login, lo, hi, region in d.execute(
                "SELECT a.login, g.lo, g.hi, o.region FROM account a JOIN role_grant g ON g.tenant = a.tenant AND g.account = a.id"
                " JOIN office o ON o.tenant = g.tenant AND o.id = g.office"):
            out[login] = (out[login][0] + [(lo, hi)], region)
    return dict(out)


def around(region):
    """The codes of a division and of all below it, as the digits of its code say."""
    width = next(w for w in (10 ** 10, 10 ** 8, 10 ** 6, 10 ** 3, 1) if region % w == 0)
    return region, region + width


def place_of(thing, intervals, at, me=0):
    """Which of PLACES the thing is, for one who works there; "own" where one of its divisions is his. For an applicant,
    `me`, his own is what he filed, and all else is foreign."""
    if me:
        return "own" if thing.who == me else "foreign"
    if any(lo <= r < hi for r in thing.regions for lo, hi in intervals):
        return "own"
    for r in thing.regions:
        lo, hi = around(r)
        if lo <= at < hi and r != at:
            return "parent"
    return "sibling" if any(r // 10 ** 10 == at // 10 ** 10 for r in thing.regions) else "foreign"


def prefix_of(route, tables):
    """The longest entry of the tables that names all parameters of the route."""
    fits = [p for p in tables if route.path == p or route.path.startswith(p + "/")]
    fits = [p for p in fits if p.count("{") == len(route.params)]
    return max(fits, key=len, default=None)


def fill(route, values):
    left = list(values)
    return "/".join(left.pop(0) if s.startswith("{") else s for s in route.path.split("/"))


def nobody(values):
    """The same, with the last number one that nobody has."""
    last = re.sub(r"\d+(?!.*\d)", lambda m: "9" * len(m.group()), values[-1])
    return [*values[:-1], last if last != values[-1] else "z" * len(last)]


def forms(reply):
    """Action -> the fields that its form would send."""
    out = {}
    for m in re.finditer(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', reply.text(), re.S):
        sent = {}
        for tag in re.findall(r"<(?:input|textarea|button|select)[^>]*>", m.group(2)):
            name, value = (re.search(rf' {k}="([^"]*)"', tag) for k in ("name", "value"))
            if name and name.group(1) not in sent:
                sent[html.unescape(name.group(1))] = html.unescape(value.group(1)) if value else "1"
        out[html.unescape(m.group(1))] = sent
    return out


class Matrix:
    def __init__(self, site, table, may, accounts, things, where, me=0):
        """`accounts`: logins, APPLICANT, "" for a visitor; `where`: what scopes() gives; `me`: the applicant's account."""
        self.me = {APPLICANT: me}
        self.site, self.table, self.may, self.accounts = site, table, may, accounts
        self.things, self.where = things, where
        self.asked = collections.Counter()  # (method, place) -> how many
        self.had, self.seen = set(), set()  # routes of which somebody had a thing of his own, and saw it
        self.wrong = []
        self.sent = {}  # (login, route of a POST) -> fields, from the page that has the form
        self.filled = 0  # posts that carried those

    def holds(self, login, route):
        return bool(login) and route.permission in self.may[self.site.account(login)["role"]]

    def ask(self, method, path, cookie, token, fields=None):
        if method == "GET":
            return self.site.ask("GET", path, cookie=cookie)
        body = urllib.parse.urlencode({**(fields or {}), "csrf": token}).encode()
        head = {"Sec-Fetch-Site": "same-origin", "Content-Type": KINDS[0][0]}
        r = self.site.ask(method, path, cookie=cookie, headers=head, body=body)
        if r.status in (413, 415):  # it takes another kind of body
            kind, made = KINDS[1]
            r = self.site.ask(method, path, cookie=cookie, headers={**head, "Content-Type": kind}, body=made(token))
        return r

    def own(self, login, route, thing, cookie):
        """What is his he may open, if it is at a stage for it; its page tells what its forms send. True: he saw it."""
        r = self.site.ask("GET", fill(route, thing.values), cookie=cookie)
        self.asked["GET", "own"] += 1
        self.had.add(route.path)
        if r.status in (200, 303):
            self.seen.add(route.path)
        for action, fields in forms(r).items() if r.status == 200 else ():
            path = urllib.parse.urljoin(fill(route, thing.values), action).split("?")[0]
            for post in self.table:
                if post.method != "GET" and post.fits(path):
                    self.sent.setdefault((login, post.path), fields)
        return r.status in (200, 303)

    def absent(self, login, route, values, place, cookie, token, none):
        path = fill(route, values)
        fields = self.sent.get((login, route.path))
        got = self.ask(route.method, path, cookie, token, fields)
        self.filled += bool(fields)
        self.asked[route.method, place] += 1
        if got.status != none[0].status or masked(got, path) != masked(*none) or len(got.fields) != len(none[0].fields):
            self.wrong.append(f"{login or 'a visitor'}: {route.method} {path} ({place}) answers {got.status}, "
                              f"one that is not there {none[0].status}")
        elif self.holds(login, route) and route.method == "GET" and got.status != 404:
            self.wrong.append(f"{login}: {path} that is not there answers {got.status}")

    def cell(self, login, route, by_place, cookie, token):
        """One account at one route: its own things, then what is elsewhere beside what is nowhere."""
        some = next((v[0] for v in by_place.values() if v), None)
        path = fill(route, nobody(some.values))
        none = (self.ask(route.method, path, cookie, token, self.sent.get((login, route.path))), path)
        own = by_place["own"][0].values if by_place["own"] else None
        for place in PLACES[1:]:
            for thing in by_place[place][:EACH]:
                self.absent(login, route, thing.values, place, cookie, token, none)
                mixed = [*own[:-1], thing.values[-1]] if own and len(own) > 1 else None
                if mixed and mixed not in [t.values for t in by_place["own"]]:  # another's below one's own
                    self.absent(login, route, mixed, place, cookie, token, none)

    def account(self, login, routes):
        intervals, at = self.where.get(login, ([], 0))
        cookie = self.site.cookies(login)
        token, cookie = token_of(self.site, cookie)
        sorted_by = {}
        for prefix, things in self.things.items():
            by_place = sorted_by[prefix] = {p: [] for p in PLACES}
            for t in things:
                by_place[place_of(t, intervals, at, self.me.get(login, 0))].append(t)
        for route, prefix in routes:
            seen = 0
            for thing in sorted_by[prefix]["own"][:OWN_TRIES] if route.method == "GET" and self.holds(login, route) else ():
                seen += self.own(login, route, thing, cookie)
                if seen == EACH:
                    break
        for route, prefix in routes:
            self.cell(login, route, sorted_by[prefix], cookie, token)

    def run(self):
        """Everything; what is wrong, in words."""
        routes = []
        for r in self.table:
            if not r.params or r.path in SHARED:
                continue
            prefix = prefix_of(r, self.things)
            if not prefix:
                self.wrong.append(f"{r.path}: where are its things? Please add them to THINGS in tests/browser/matrix.py")
            elif not self.things[prefix]:
                self.wrong.append(f"{r.path}: the demo site has none; please give it some")
            else:
                routes.append((r, prefix))
        for login in self.accounts:
            self.account(login, routes)
        self.wrong += [f"{path}: nobody saw one of his own; nothing is proved" for path in sorted(self.had - self.seen)]
        return self.wrong

    def count(self):
        total = sum(self.asked.values())
        return f"{total} looks and posts: " + ", ".join(f"{n} {m} {p}" for (m, p), n in sorted(self.asked.items())) + \
            f"; {self.filled} posts with what their form sends"


# ---- lists

def names(things, intervals, at, prefixes):
    """What a page for somebody who works there must not hold: references to what is elsewhere."""
    out = set()
    for prefix in prefixes:
        for t in things[prefix]:
            if place_of(t, intervals, at) != "own":
                out.add(t.values[0])
    return out


def lists(site, found, things, where, words):
    """No page that an account found names a thing of another place. `words`: login -> other words it must not hold."""
    wrong, pages, rows = [], 0, 0
    for login, kept in found.by.items():
        if login not in where:
            continue
        intervals, at = where[login]
        forbidden = {p: names(things, intervals, at, [p]) for p in things}
        cookie = site.cookies(login)
        for pattern, paths in kept.items():
            for path in paths:
                text = site.ask("GET", path, cookie=cookie).text()
                pages += 1
                for prefix, refs in forbidden.items():
                    head = prefix.split("{")[0]
                    linked = set(re.findall(re.escape(head) + r"([^\"/?#]+)", text))
                    rows += len(linked)
                    wrong += [f"{login}: {path} leads to {head}{r}, which is not his" for r in sorted(linked & refs)]
                wrong += [f"{login}: {path} says {w}" for w in words(login) if w in text]
    return wrong, pages, rows


def foreign_words(site, where):
    """Login -> the logins and names of offices that stand in another county or province: what no list of his may say."""
    def of(login):
        intervals, at = where[login]
        out = []
        for a in site.accounts:
            other_at = where[a["login"]][1]
            mine = any(lo <= other_at < hi for lo, hi in intervals)
            above = around(other_at)[0] <= at < around(other_at)[1]
            if not mine and not above:
                out += [a["login"], site.offices[a["office"]]["name"]]
        return sorted(set(out))
    return of
