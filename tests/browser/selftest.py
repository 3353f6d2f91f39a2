"""A server that does everything wrong: each check of security.py, and the audit of replies, must say so."""
import http.server
import threading

import security
from demo_site import Audit, Site
from matrix import Matrix, Thing, lists, nobody
from pages import Page, Route, complete

STAFF = ["county.clerk", "leader"]
MAY = {"county.clerk": {"case.read", "site.operate"}, "leader": {"case.read"}}
ROUTES = [Route("GET\t/\topen\tfront door"), Route("GET\t/admin/secret\tsite.operate\tfor one role"),
          Route("GET\t/desk/cases/{ref}\tcase.read\tof one county"), Route("POST\t/desk/cases\tcase.read\tno guard"),
          Route("GET\t/nobody/comes\topen\tno link")]

LOST = Route("GET\t/desk/lost/{ref}\tcase.read\tnobody says where its things are")


class Careless(http.server.BaseHTTPRequestHandler):
    """Shows everything to everybody, takes every post, keeps pages in caches, hands its cookie to scripts."""

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        gone = self.path in ("/dead", "/not-there") or self.path.endswith(("-not-there", "-99"))
        text = (f'<input name="csrf" value="same-for-all"><a href="/desk/cases/1-42">{self.path}</a>'
                f'<a href="/dead">x</a> {"absent" if gone else "here"}').encode()
        self.send_response(404 if gone else 200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Cache-Control", "public")
        self.send_header("Set-Cookie", "zc-session=1")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = answer

    def log_message(self, *args):
        pass


class Fake(Site):
    """That server in the place of a site, with one account in each of two counties."""

    def __init__(self, port):
        self.port, self.base, self.audit, self.jars, self.recovery = port, f"http://127.0.0.1:{port}", Audit(), {}, {}
        self.been = {}
        self.offices = {k: {"key": k, "in": v, "level": w} for k, v, w in
                        (("one", "420106", "county"), ("two", "440103", "county"), ("far", "440000", "province"))}
        self.accounts = [{"login": "one.clerk", "role": "county.clerk", "office": "one"},
                         {"login": "two.clerk", "role": "county.clerk", "office": "two"},
                         {"login": "far.leader", "role": "leader", "office": "far"}]

    def cookies(self, who, modes=""):
        return f"zc-session={who}"


def blind():
    """The checks that did not see what is wrong; an empty list is a pass."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Careless)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = Fake(server.server_address[1])
    listed = [Page("/", ["visitor", "county.clerk", "leader"], "home", []), Page("/admin/secret", ["leader"], "secret", []),
              Page("/gone", ["visitor"], "gone", [])]
    found = security.crawl(site, ROUTES, listed, ["one.clerk", "two.clerk", "far.leader"])
    where = {"one.clerk": ([(420106 * 10 ** 6, 420107 * 10 ** 6)], 420106 * 10 ** 6), "far.leader": ([(44 * 10 ** 10, 45 * 10 ** 10)], 44 * 10 ** 10)}
    things = {"/desk/cases/{ref}": [Thing([f"1-4{n}"], [region * 10 ** 6]) for n, region in enumerate((420106, 420881, 420000, 440103))]}
    cells = Matrix(site, [*ROUTES, LOST], MAY, ["one.clerk", "far.leader"], things, where)
    elsewhere = cells.run()
    seen, _, _ = lists(site, found, things, where, lambda login: [])
    denied = security.by_permission(site, ROUTES, MAY, STAFF)
    posts = security.posts(site, ROUTES, MAY, STAFF)
    odd = security.odd_requests(site)
    lines = complete(ROUTES, listed, MAY, STAFF)
    server.shutdown()
    faults = " ".join(site.audit.faults)
    want = {
        "a link that leads nowhere": "/dead" in found.broken,
        "a page of another county": any("one.clerk: GET /desk/cases/1-41 (sibling)" in w for w in elsewhere),
        "a page of the province": any("one.clerk: GET /desk/cases/1-42 (parent)" in w for w in elsewhere),
        "a page of another province": any("far.leader: GET /desk/cases/1-40 (foreign)" in w for w in elsewhere),
        "a route whose things are nowhere": any("/desk/lost/{ref}: where are its things" in w for w in elsewhere),
        "a row of another province": any("one.clerk: / leads to /desk/cases/1-42" in w for w in seen),
        "a page without its permission": any("leader without site.operate" in w for w in denied),
        "a visitor inside": any("a visitor at /admin/secret" in w for w in denied),
        "a post without a token": any("without a token" in w for w in posts),
        "a post from another site": any("from another site" in w for w in posts),
        "a token of another session": any("another session" in w for w in posts),
        "a method that is not there": any("PUT /" in w for w in odd),
        "a page without a policy": "Content-Security-Policy" in faults,
        "a page that is kept": "Cache-Control" in faults,
        "a cookie for scripts": "HttpOnly" in faults,
        "a route without a line": any("/nobody/comes has no line" in w for w in lines),
        "a role that is not named": any("/admin/secret is for county.clerk too" in w for w in lines),
        "a role too many": any("/admin/secret is not for leader" in w for w in lines),
        "a line without a page": any("there is no page /gone" in w for w in lines),
        "a page that nothing leads to": "/nobody/comes" not in found.linked,
        "the address of nobody": nobody(["1-42"]) == ["1-99"] and nobody(["7", "photo"]) == ["7", "zzzzz"],
    }
    return [what for what, seen in want.items() if not seen]
