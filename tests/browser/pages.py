"""pages.txt, beside the program's own table of routes."""
import os
import re
import subprocess

from demo_site import HERE, ROOT

PSEUDO = ("visitor", "enrolling", "coding")
OWN = "own.read"  # what applicants hold and nobody else


class Page:
    """`absent`: roles that hold the permission and to whom the page is as if it were not there, because nothing of theirs is."""

    def __init__(self, path, roles, name, words):
        self.path, self.name, self.words = path, name, words
        self.roles = [r for r in roles if not r.startswith("-")]
        self.absent = [r[1:] for r in roles if r.startswith("-")]
        self.file = words[0][1:] if words and words[0].startswith("=") else ""  # the kind of what is no page


class Route:
    def __init__(self, line):
        self.method, self.path, self.permission, self.summary = line.split("\t")
        self.pattern = re.compile("/".join("[^/]+" if p.startswith("{") else re.escape(p) for p in self.path.split("/")) + "$")
        self.params = re.findall(r"\{([^}]+)\}", self.path)

    def fits(self, path):
        return self.pattern.match(path.split("?")[0])


def routes(program):
    out = subprocess.run([program, "routes"], check=True, capture_output=True, text=True).stdout
    return [Route(line) for line in out.splitlines()]


def route_of(table, path):
    """Whom the program would ask; literal segments win, as there."""
    fits = [r for r in table if r.method == "GET" and r.fits(path)]
    return min(fits, key=lambda r: len(r.params), default=None)


def permissions():
    """Role -> what it may, from lists/roles.yaml, in the order of the file."""
    out = {}
    with open(os.path.join(ROOT, "lists", "roles.yaml"), encoding="utf-8") as f:
        text = f.read().split("\nroles:\n")[1]
    for m in re.finditer(r"^  (\S+):\n((?:    .*\n|\n)+)", text, re.M):
        may = re.search(r"may: \[([^\]]*)\]", m.group(2))
        own = "reach: own" in m.group(2)
        out[m.group(1)] = (set() if own or not may else {p.strip() for p in may.group(1).split(",")})
    return out


def pages(staff, file=os.path.join(HERE, "pages.txt")):
    out = []
    with open(file, encoding="utf-8") as f:
        for line in f:
            word = line.split()
            if not word or word[0].startswith("#"):
                continue
            roles = [r for w in word[1].split(",") for r in (staff if w == "staff" else [w])]
            out.append(Page(word[0], roles, word[2], word[3:]))
    return out


def complete(table, listed, may, staff, excused=()):
    """What the list lacks or has too much of, in words."""
    wrong = []
    for r in table:
        if r.method != "GET" or r.path in excused:
            continue
        lines = [p for p in listed if route_of(table, p.path) is r]
        if not lines:
            wrong.append(f"{r.path} has no line in tests/browser/pages.txt")
            continue
        named = {role for p in lines for role in p.roles + p.absent}
        if r.permission == "open":
            continue
        holds = {role for role in staff if r.permission in may[role]} | ({"applicant"} if r.permission == OWN else set())
        if not any(p.file for p in lines):  # a file hangs on a page, and one who sees that is enough
            wrong += [f"{r.path} is for {role} too: pages.txt does not say so" for role in sorted(holds - named)]
        wrong += [f"{r.path} is not for {role}, whom pages.txt names" for role in sorted(named - holds)]
    for p in listed:
        if not route_of(table, p.path):
            wrong.append(f"pages.txt: there is no page {p.path}")
        wrong += [f"pages.txt: {p.name}: no role {r}" for r in p.roles + p.absent if r not in may and r not in PSEUDO]
    names = [p.name for p in listed]
    return wrong + [f"pages.txt: two pages are called {n}" for n in sorted(set(names)) if names.count(n) > 1]
