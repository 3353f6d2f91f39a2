"""The site under test: a small demo site, served on loopback, and people signed in to it as people do."""
import base64
import contextlib
import copy
import hashlib
import hmac
import http.client
import http.cookiejar
import json
import os
import re
import select
import sqlite3
import struct
import subprocess
import sys
import time
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, os.path.join(ROOT, "tests", "ux")]
import roster  # noqa: E402
from nojs_journey import Client  # noqa: E402

# What every reply carries; Strict-Transport-Security only over https.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
                               "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


# What stands in an address of pages.txt, between two codes of divisions.
FILLED = {
    "{person}": "SELECT owner, person FROM place WHERE kind = 1 AND region >= ? AND region < ? ORDER BY region, person LIMIT 1",
    "{case}": "SELECT tenant, id FROM kase WHERE line = 'certificate' AND number <> '' AND region >= ? AND region < ? ORDER BY id LIMIT 1",
    "{deciding}": "SELECT tenant, id FROM kase WHERE step = 'decide' AND region >= ? AND region < ? ORDER BY id LIMIT 1",
    "{draft}": "SELECT tenant, id FROM kase WHERE line = 'certificate' AND state = 1 AND region >= ? AND region < ? ORDER BY id LIMIT 1",
}


def totp(secret, at, digits=6, seconds=30):
    """RFC 6238 over HMAC-SHA-1, as every authenticator does."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(at) // seconds), hashlib.sha1).digest()
    n = struct.unpack(">I", mac[mac[-1] & 15:][:4])[0] & 0x7FFFFFFF
    return str(n % 10 ** digits).zfill(digits)


def listed(text, keys):
    """The lines `- {key: value, …}` of our demo files, as dicts of these keys."""
    out = []
    for line in text.splitlines():
        m = re.match(r"\s*- \{(.*)\}\s*$", line)
        row = dict(re.findall(r"(\w+): *([^,}]+)", m.group(1))) if m else {}
        if all(k in row for k in keys):
            out.append({k: v.strip() for k, v in row.items()})
    return out


def databases(server, *names):
    """--database and --keys of a site: two new databases of this PostgreSQL."""
    for name in names:
        subprocess.run(["psql", "-X", "-q", server, "-c", f"DROP DATABASE IF EXISTS zhucan_{name}", "-c", f"CREATE DATABASE zhucan_{name}"],
                       check=True, capture_output=True)
    return [w for option, name in zip(("--database", "--keys"), names)
            for w in (option, re.sub(r"///\w+", f"///zhucan_{name}", server))]


class Audit(urllib.request.BaseHandler):
    """Sees every reply: what is wrong with its headers stands in `faults`, once for each kind."""
    handler_order = 100

    def __init__(self):
        self.replies, self.faults = 0, {}

    def fault(self, what, path):
        self.faults.setdefault(what, path)

    def reply(self, path, status, fields):
        """`fields`: pairs of name and value. What is refused before it is a request at all is a line of plain text."""
        self.replies += 1
        have = {}
        for k, v in fields:
            have.setdefault(k.lower(), []).append(v)
        plain = status in (400, 408, 413, 414, 431) and have.get("content-type") == ["text/plain; charset=utf-8"]
        for name, value in HEADERS.items():
            if plain and name != "X-Content-Type-Options":
                continue
            if have.get(name.lower()) != [value]:
                self.fault(f"{name} is {have.get(name.lower())}", path)
        asset = path.startswith("/assets/") and status in (200, 304)
        cache = "public, max-age=31536000, immutable" if asset else "no-store"
        if have.get("cache-control") != [cache]:
            self.fault(f"Cache-Control is {have.get('cache-control')}, not {cache}", path)
        for c in have.get("set-cookie", []):
            words = {w.strip().lower() for w in c.split(";")[1:]}
            if "httponly" not in words or "path=/" not in words or not words & {"samesite=lax", "samesite=strict"}:
                self.fault(f"cookie {c.split('=')[0]} without HttpOnly, SameSite or Path=/", path)
            if c.startswith("zc-session=") and "samesite=strict" not in words and not path.startswith("/me/"):
                self.fault("a session of staff that is not SameSite=Strict", path)
        for leak in ("server", "x-powered-by"):
            if leak in have:
                self.fault(f"{leak} says {have[leak]}", path)

    def http_response(self, request, response):
        self.reply(urllib.parse.urlsplit(request.full_url).path, response.status, response.getheaders())
        return response


class Reply:
    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, fields, body

    def header(self, name):
        return next((v for k, v in self.fields if k.lower() == name.lower()), "")

    def text(self):
        return self.body.decode("utf-8", "replace")


class Site:
    def __init__(self, program, folder):
        self.program, self.folder, self.files = program, folder, folder + ".files"
        with open(os.path.join(ROOT, "lists", "demo", "site.yaml"), encoding="utf-8") as f:
            text = f.read()
        self.password = re.search(r"^password: *(\S+)", text, re.M).group(1)
        self.offices = {o["key"]: o for o in listed(text, ("key", "in", "level"))}
        self.accounts = listed(text, ("login", "role", "office"))
        self.audit = Audit()
        self.recovery = {}
        self.jars = {}
        self.been = {}  # login -> pages it came to by forms
        self.server = None
        self.ahead = 0  # seconds by which the site's clock runs before ours

    def make(self, people=300, provinces="42,44,99", more=()):
        roster.write(self.files)
        made = subprocess.run([self.program, "demo", self.folder, "--provinces", provinces, "--people", str(people),
                               *more], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if made.returncode != 0:
            raise SystemExit(f"the demo ended with {made.returncode}: {made.stderr.decode(errors='replace')[-2000:]}")

    def serve(self, port=0):
        self.log = open(self.folder + ".log", "ab")
        self.server = subprocess.Popen([self.program, "serve", "--port", str(port), "--site", self.folder],
                                       stdout=subprocess.PIPE, stderr=self.log)
        ready, _, _ = select.select([self.server.stdout], [], [], 60)
        line = self.server.stdout.readline().decode() if ready else ""
        m = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if not m:
            raise SystemExit(f"no address in {line!r}")
        self.port = int(m.group(1))
        self.base = f"http://127.0.0.1:{self.port}"

    def stop(self):
        """Stops the server; its exit status."""
        if not self.server:
            return 0
        self.server.terminate()
        try:
            return self.server.wait(30)
        except subprocess.TimeoutExpired:
            self.server.kill()
            return self.server.wait()

    def said(self):
        with open(self.folder + ".log", encoding="utf-8", errors="replace") as f:
            return f.read()

    # ---- people

    def office_of(self, role):
        return self.offices[self.account(role)["office"]]

    def account(self, role):
        """The first account of a role, or the one of this name."""
        if role == "applicant":
            return {"login": role, "role": role, "office": None}
        return next(a for a in self.accounts if role in (a["role"], a["login"]))

    def fill(self, path, who):
        """`{person}`, `{case}`, `{deciding}` and `{draft}` of pages.txt: those that are where this account works."""
        word = next((w for w in FILLED if w in path), None)
        if not word:
            return path
        at = self.offices[self.account(who or "county.clerk")["office"]]["at"].rstrip("0")
        with contextlib.closing(sqlite3.connect(f"file:{self.folder}/site.db?mode=ro", uri=True)) as d:
            row = d.execute(FILLED[word], (int(at.ljust(12, "0")), int(at.ljust(12, "9")) + 1)).fetchone()
        return path.replace(word, "{}-{}".format(*row))

    def roles(self):
        return list(dict.fromkeys(a["role"] for a in self.accounts))

    def visitor(self):
        return Client(self.base, handlers=[self.audit])

    def client(self, who):
        """A browser signed in as a role or an account; the same session for all who ask."""
        if who == "applicant" and who not in self.jars:
            c = self.applicant()
            self.jars[who], self.been[who] = c.jar, c.been
        if who not in self.jars:
            self.jars[who] = self.sign_in(self.account(who)["login"]).jar
        return Client(self.base, jar=self.jars[who], handlers=[self.audit])

    def applicant(self):
        """Somebody known by a phone alone: one application was filed and accepted, another is ready to be sent."""
        with open(os.path.join(HERE, "journeys", "apply-self.json"), encoding="utf-8") as f:
            # not the phone of the journey: who asks for codes one after the other is made to wait
            steps = json.loads(f.read().replace("13800138002", "13800138999"))["steps"]
        begin = next(i for i, s in enumerate(steps) if "为本人申请" in s.get("fill", {}))
        check = next(i for i, s in enumerate(steps) if s.get("look") == "apply-check")
        c = self.visitor()
        for s in steps + [{"get": "/applications/new?service=certificate-new"}] + steps[begin:check + 1]:
            c.step({k: v for k, v in s.items() if k != "look"})
        clerk = self.client("wuchang.clerk")
        clerk.step({"get": next(p for p in c.been if p.startswith("/cases/")).replace("/cases/", "/desk/cases/"), "status": 200})
        for s in ({"press": "受理"}, {"fill": {"武昌示例综合医院": "on"}, "press": "下一步"}, {"press": "确认受理"}):
            clerk.step({**s, "status": 200})
        return c

    def sign_in(self, login, until="/desk"):
        """A new session. `until` "code" or "factor": stops before that step."""
        c = self.visitor()
        c.step({"get": "/sign-in", "status": 200})
        c.step({"fill": {"登录名": login, "密码": self.password}, "press": "登录"})
        path = urllib.parse.urlsplit(c.url).path
        if path == "/sign-in/next" and any(i.a.get("name") == "secret" for i in c.doc.all("input")):
            if until != "factor":
                self.enrol(c, login)
        elif path == "/sign-in/next":
            if until != "code":
                c.step({"fill": {"请输入动态口令": self.recovery[login].pop()}, "press": "登录", "at": "/desk", "status": 200})
        elif path != "/desk":
            raise AssertionError(f"{login} signed in and came to {path}: {c.status}")
        return c

    def enrol(self, c, login):
        shown = next(n for n in c.doc.all("span") if n.a.get("class") == "zc-spelled")
        secret = "".join(shown.text().split())
        c.step({"fill": {"显示的 6 位数字": totp(secret, time.time() + self.ahead)}, "press": "完成设置", "status": 200})
        self.recovery[login] = ["".join(n.text().split()) for n in c.doc.all("span") if n.a.get("class") == "zc-spelled"]
        if len(self.recovery[login]) != 10:
            raise AssertionError(f"{login}: no second factor: {c.doc.text()[:200]}")

    def cookies(self, who, modes=""):
        """The Cookie header of a role, "" for a visitor, with the look of `modes`."""
        kept = {} if not who else {k.name: k.value for k in self.client(who).jar}
        kept.pop("zc-modes", None)
        if modes:
            kept["zc-modes"] = modes
        return "; ".join(f"{k}={v}" for k, v in kept.items())

    def keep_alive(self):
        """Uses every session, which the quiet ones would otherwise lose after a quarter of an hour."""
        for who in list(self.jars):
            self.ask("GET", "/", cookie=self.cookies(who))

    # ---- one request, as it is

    def ask(self, method, path, cookie="", headers=None, body=None):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        head = {"User-Agent": "browser-tests", **({"Cookie": cookie} if cookie else {}), **(headers or {})}
        c.request(method, urllib.parse.quote(path, safe="/%?=&-._~"), body=body, headers=head)
        r = c.getresponse()
        reply = Reply(r.status, r.getheaders(), r.read())
        c.close()
        self.audit.reply(path.split("?")[0], reply.status, reply.fields)
        return reply

    def copy_of(self, jar):
        fresh = http.cookiejar.CookieJar()
        for k in jar:
            fresh.set_cookie(copy.copy(k))
        return fresh
