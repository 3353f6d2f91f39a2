#!/usr/bin/env python3
"""Pages of a site with many people: requests a second, beside nginx with a file of the same size in the same run.

    bench/pages.py [--site DIR] [--people N] [--seconds S] [--database URL] [--page PATH]... [--keep] [--build DIR]

Makes the demo site DIR (a temporary folder) with N people in each of its three counties (333,334: a million in all) when
it is not there, starts the server, and tells: how long a start takes, the person page looked at again and for the first
time, further pages of --page, memory, size on disk. The server and nginx are pinned to the first core, the generator
(bench/load.c) to the second. Replies are not compressed. Nothing is kept unless --keep or a --site that stood before.
"""
import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(ROOT, "tests", "browser"))
from demo_site import Site  # noqa: E402

SERVER_CORE, LOAD_CORE = "0", "1"
CLERK = "county.clerk"
FIRST_LOOKS = 4000  # a round: what the server remembers of purposes is bounded
PURPOSE = "核对信息"

NGINX = """
daemon off; master_process off; pid {dir}/nginx.pid; error_log {dir}/error.log;
events {{ worker_connections 512; }}
http {{ access_log off; keepalive_requests 100000000; sendfile on; tcp_nopush on;
  client_body_temp_path {dir}; proxy_temp_path {dir}; fastcgi_temp_path {dir}; uwsgi_temp_path {dir}; scgi_temp_path {dir};
  server {{ listen 127.0.0.1:{port}; root {dir}; }} }}
"""


class Bench:
    def __init__(self, ask, tmp):
        self.ask, self.tmp = ask, tmp
        self.program = os.path.join(ask.build, "src", "main", "zhucan")
        self.generator = os.path.join(ask.build, "bench", "load")
        self.site = Site(self.program, ask.site)

    def make(self):
        if os.path.exists(self.ask.site):
            return
        more = ["--database", self.ask.database, "--keys", self.ask.database] if self.ask.database else []
        since = time.time()
        self.site.make(self.ask.people, more=more)
        print(f"made the site in {time.time() - since:.0f} s", flush=True)

    def start(self):
        since = time.time()
        self.site.serve()
        took = time.time() - since
        self.busy = self.site.server
        subprocess.run(["taskset", "-a", "-p", "-c", SERVER_CORE, str(self.site.server.pid)], check=True, stdout=subprocess.DEVNULL)
        return took

    def load(self, port, lines, cookie="", seconds=0, status=200):
        name = os.path.join(self.tmp, "requests")
        with open(name, "w", encoding="ascii") as f:
            f.write("\n".join(lines) + "\n")
        cmd = ["taskset", "-c", LOAD_CORE, self.generator, str(port), name, "-c", str(self.ask.connections), "-e", str(status)]
        if cookie:
            cmd += ["-H", "Cookie: " + cookie]
        if seconds:
            cmd += ["-s", str(seconds)]
        before = self.processor()
        r = subprocess.run(cmd, stdout=subprocess.PIPE, text=True)
        if r.returncode:
            raise SystemExit(f"the load generator ended with {r.returncode}: {r.stdout}")
        asked = int(re.search(r"(\d+) requests of", r.stdout).group(1))
        return f"{r.stdout.strip()}   {(self.processor() - before) / asked * 1e6:.0f} us of processor each"

    def processor(self):
        """Seconds of processor time the server has used: what tells on a machine that others use as well."""
        with open(f"/proc/{self.busy.pid}/stat", encoding="ascii") as f:
            words = f.read().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def people(self, n):
        """Addresses of people registered in the clerk's county, spread over it."""
        at = self.site.office_of(CLERK)["at"].rstrip("0")
        sql = ("SELECT owner, person FROM place WHERE kind = 1 AND region >= %s AND region < %s ORDER BY person LIMIT %d"
               % (at.ljust(12, "0"), str(int(at) + 1).ljust(12, "0"), n))
        if self.ask.database:
            out = subprocess.run(["psql", "-XAt", "-F", "-", "-c", sql, self.ask.database], check=True, stdout=subprocess.PIPE, text=True).stdout
            return ["/desk/people/" + line for line in out.split()]
        import sqlite3
        with sqlite3.connect(f"file:{self.ask.site}/site.db?mode=ro", uri=True) as d:
            return ["/desk/people/%d-%d" % row for row in d.execute(sql)]

    def purpose(self, paths, cookie):
        """Says what each record is about to be opened for; nothing is looked at yet."""
        page = self.site.ask("GET", paths[0] + "/purpose", cookie=cookie).text()
        inputs = [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<input [^>]*>", page)]
        form = {k: next(i["value"] for i in inputs if i.get("name") == k) for k in ("csrf", "purpose")}
        form["purpose-words"] = PURPOSE
        body = urllib.parse.urlencode(form)
        self.load(self.site.port, [f"POST {p} {body}" for p in paths], cookie, status=303)

    def tell(self, what, result):
        print(f"{what:34} {result}", flush=True)

    def pages(self):
        cookie = self.site.cookies(CLERK)
        people = self.people(200000)
        again, rest = people[:100], people[100:]
        self.purpose(again, cookie)
        self.load(self.site.port, [f"GET {p}" for p in again], cookie)
        self.tell("person page, looked at again", self.load(self.site.port, [f"GET {p}" for p in again], cookie, self.ask.seconds))
        for k in range(self.ask.rounds):
            some = rest[k * FIRST_LOOKS:(k + 1) * FIRST_LOOKS]
            self.purpose(some, cookie)
            self.tell("person page, first look", self.load(self.site.port, [f"GET {p}" for p in some], cookie))
        for path in self.ask.page or []:
            self.tell(path, self.load(self.site.port, [f"GET {path}"], cookie, self.ask.seconds))
        return len(self.site.ask("GET", again[0], cookie=cookie).body)

    def nginx(self, size):
        with open(os.path.join(self.tmp, "page.html"), "wb") as f:
            f.write(b"x" * size)
        os.chmod(self.tmp, 0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        conf = os.path.join(self.tmp, "nginx.conf")
        with open(conf, "w", encoding="ascii") as f:
            f.write(NGINX.format(dir=self.tmp, port=port))
        server = subprocess.Popen(["taskset", "-c", SERVER_CORE, "nginx", "-p", self.tmp, "-c", conf])
        self.busy = server
        time.sleep(1)
        self.tell(f"nginx, a file of {size} bytes", self.load(port, ["GET /page.html"], seconds=self.ask.seconds))
        server.terminate()
        server.wait()

    def memory(self):
        with open(f"/proc/{self.site.server.pid}/smaps_rollup", encoding="ascii") as f:
            kb = sum(int(n) for n in re.findall(r"^Private_(?:Clean|Dirty): +(\d+)", f.read(), re.M))
        self.tell("private memory", f"{kb / 1024:.0f} MB")

    def disk(self):
        if self.ask.database:
            return
        import sqlite3
        with sqlite3.connect(f"file:{self.ask.site}/site.db?mode=ro", uri=True) as d:
            n = d.execute("SELECT count(*) FROM person").fetchone()[0]
        size = sum(os.path.getsize(os.path.join(self.ask.site, f)) for f in ("site.db", "keys.db"))
        self.tell("on disk, divisions and all", f"{size / n:.0f} bytes for each of {n} people")

    def run(self):
        self.make()
        starts = []
        for _ in range(3):
            starts.append(self.start())
            if self.site.stop() != 0:
                raise SystemExit("the server did not stop as it should")
        self.start()
        self.tell("start of serve", "  ".join(f"{t * 1000:.0f} ms" for t in starts))
        try:
            size = self.pages()
            self.memory()
            self.nginx(size)
            self.disk()
        finally:
            self.site.stop()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--site")
    p.add_argument("--people", type=int, default=333334)
    p.add_argument("--seconds", type=float, default=10)
    p.add_argument("--rounds", type=int, default=3, help="of first looks, %d people each" % FIRST_LOOKS)
    p.add_argument("--connections", type=int, default=32)
    p.add_argument("--database", default="")
    p.add_argument("--page", action="append")
    p.add_argument("--keep", action="store_true")
    p.add_argument("--build", default=os.path.join(ROOT, "build"))
    ask = p.parse_args()
    tmp = tempfile.mkdtemp(prefix="zhucan-pages-")
    ask.site = os.path.abspath(ask.site or os.path.join(tmp, "site"))
    stood = os.path.exists(ask.site)
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}", flush=True)
    try:
        Bench(ask, tmp).run()
    finally:
        print(f"load of the machine after: {os.getloadavg()[0]:.1f}")
        shutil.rmtree(tmp, ignore_errors=True)
        if not stood and not ask.keep:
            shutil.rmtree(ask.site, ignore_errors=True)


main()
