"""Ways of a case through several hands and days: steps as in journeys/, and

  {"as": "wuchang.clerk"}           from here on this account; each keeps its own page
  {"as": "wuchang.clerk", "tab": "two"}   a second window of the same session
  {"as": "wuchang.clerk", "anew": true}   signs in once more
  {"advance": 8}                    so many days pass: the server stops, the site's clock moves on, everybody signs in anew
  {"zhucan": ["import", "persons", "tests/…"]}   a command on the site; the server stops for it too
  {"again": true}                   the last post once more, byte for byte
  {"pdf": "button text"}            presses the button and wants a PDF
  {"picture": "words for it"}       the picture of the page that has these words in its place is one

What {"keep": …} has kept holds in all windows and after the days.
"""
import json
import os
import subprocess

from demo_site import HERE, ROOT

FOLDER = os.path.join(HERE, "ways")
OWN = {"as", "tab", "anew", "pdf", "picture"}


class Way:
    def __init__(self, site):
        self.site, self.windows, self.jars, self.now = site, {}, {}, None
        self.kept, self.looks = {"password": site.password}, {}

    def window(self, login, tab):
        """A window of this account, signed in when it is its first."""
        if (login, tab) not in self.windows:
            c = self.site.visitor()
            if login:
                if login not in self.jars:
                    self.jars[login] = self.site.sign_in(login).jar
                c = type(c)(self.site.base, jar=self.jars[login], handlers=[self.site.audit])
            c.kept, c.looks = self.kept, self.looks
            self.windows[login, tab] = c
        return self.windows[login, tab]

    def meanwhile(self, *words):
        """A command on the site while nobody is there."""
        if self.site.stop() != 0:
            raise AssertionError("the server did not end in order")
        went = subprocess.run([self.site.program, *words, "--site", self.site.folder], capture_output=True, text=True)
        if went.returncode != 0:
            raise AssertionError(f"zhucan {' '.join(words)}: {went.stderr[-1000:]}")
        if words[:2] == ("demo", "advance"):
            self.site.ahead += int(words[2][:-1]) * 86400
        self.site.serve()
        self.windows.clear()
        self.jars.clear()
        self.now = None

    def cookie(self):
        return "; ".join(f"{k.name}={k.value}" for k in self.now.jar)

    def file(self, press, kind, begins):
        """The answer is no page, so it is asked beside the window."""
        form = self.now.form_for(press, [])
        if form is None:
            raise AssertionError(f"no button {press!r}")
        pairs = [(e.a["name"], e.a.get("value", "")) for e in form.all("input") if e.a.get("name")]
        body = "&".join(f"{k}={v.replace('+', '%2B').replace('/', '%2F').replace('=', '%3D')}" for k, v in pairs)
        r = self.site.ask("POST", form.a["action"], cookie=self.cookie(), body=body.encode(),
                          headers={"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"})
        if r.status != 200 or r.header("Content-Type") != kind or not r.body.startswith(begins):
            raise AssertionError(f"no {kind}: {r.status} {r.header('Content-Type')}")

    def picture(self, words):
        img = next((i for i in self.now.doc.all("img") if i.a.get("alt") == words), None)
        if img is None:
            raise AssertionError(f"no picture {words!r}")
        r = self.site.ask("GET", img.a["src"], cookie=self.cookie())
        if r.status != 200 or r.header("Content-Type") != "image/png" or not r.body.startswith(b"\x89PNG"):
            raise AssertionError(f"no picture: {r.status} {r.header('Content-Type')}")

    def step(self, s):
        if "advance" in s:
            return self.meanwhile("demo", "advance", f"{s['advance']}d")
        if "zhucan" in s:
            return self.meanwhile(*(os.path.join(ROOT, w) if w.startswith("tests/") else w for w in s["zhucan"]))
        if "anew" in s:
            self.windows = {k: v for k, v in self.windows.items() if k[0] != s["as"]}
            self.jars.pop(s["as"], None)
        if "as" in s:
            self.now = self.window(s["as"], s.get("tab", ""))
        if "pdf" in s:
            self.file(s["pdf"], "application/pdf", b"%PDF")
        if "picture" in s:
            self.picture(s["picture"])
        if s.keys() - OWN:
            self.now.step({k: v for k, v in s.items() if k not in OWN})


def walk(site, file):
    """Runs one file; the pages it looked at, as [(name, url, html)]."""
    way = Way(site)
    with open(file, encoding="utf-8") as f:
        steps = json.load(f)["steps"]
    for i, s in enumerate(steps):
        try:
            way.step(s)
        except Exception as e:
            c = way.now
            at = f"{c.url} ({c.status})\n{c.doc.text()[:400]}" if c and c.doc else "nowhere"
            raise AssertionError(f"step {i + 1} {json.dumps(s, ensure_ascii=False)}: {e} at {at}") from e
    return [(name, url, html) for name, (url, html) in way.looks.items()]
