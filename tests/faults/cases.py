"""Applications and acts at a desk while the machine fails: prepared, sent, and what became of each."""
import concurrent.futures
import html
import re
import urllib.parse

from roster import FAMILY, GIVEN, check_digit

SERVICE, PHONE, VILLAGE = "certificate-new", "13800139000", "420106001001"
HANDS = 6  # who fills in at once


def number(i):
    """Person i, born in 1960 and after. 9901 78 is used by nothing else."""
    body = f"990178{1960 + i % 40}{1 + i % 12:02}{1 + i % 28:02}{i // 40 * 2 + 1:03}"
    return body + check_digit(body)


def inputs(text, action):
    """What the form of a page with this action would send."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', text.text(), re.S).group(1)
    return [(m.group(1), html.unescape(m.group(2))) for m in re.finditer(r'name="([^"]+)"[^>]* value="([^"]*)"', form)]


class Desk:
    """Somebody who is signed in and sends forms, each with a key of its own."""

    def __init__(self, town, cookie, page):
        self.town, self.cookie = town, cookie
        self.csrf = re.search(r'name="csrf" value="([^"]+)"', self.get(page).text()).group(1)

    def get(self, path):
        return self.town.ask("GET", path, cookie=self.cookie)

    def post(self, path, fields, word):
        body = [*fields, ("csrf", self.csrf), ("request-key", self.town.key_of(word))]
        return self.town.ask("POST", path, cookie=self.cookie, body=urllib.parse.urlencode(body),
                             headers={"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"})


class Applications(Desk):
    """One who helps many: their applications, filled in up to the check."""

    def __init__(self, town, n):
        c = town.visitor()
        c.step({"get": "/me/sign-in", "status": 200})
        c.step({"fill": {"您的手机号码": PHONE}, "press": "发送短信", "status": 200})
        c.step({"peek": "/demo/outbox", "keep": {"code": r"(\d{6})"}})
        c.step({"fill": {"短信里的 6 位数字": "{code}"}, "press": "登录", "status": 200, "at": "/me"})
        super().__init__(town, "; ".join(f"{k.name}={k.value}" for k in c.jar), "/me")
        with concurrent.futures.ThreadPoolExecutor(HANDS) as hands:
            self.drafts = list(hands.map(self.draft, range(n)))

    def draft(self, i):
        """The address of application i."""
        def put(path, *fields):
            r = self.post(path, fields, f"{i}.{path[-8:]}")
            if r.status != 303:
                raise AssertionError(f"{path} {fields}: {r.status} {r.text()[-1500:]}")
            return r.header("Location")

        at = put("/applications", ("service", SERVICE), ("as", "helper"), ("place-text", VILLAGE))
        for field, value in (("name", FAMILY[i % 10] + GIVEN[i % 20] + GIVEN[i * 7 % 20]), ("id_number", number(i)), ("ethnic", "01"),
                             ("phone", f"139{i:08}"), ("claimed_category", "4")):
            put(f"{at}/questions/{field}", (field, value))
        for paper, *more in (("id_card", ("state", "shared")), ("household_booklet", ("state", "shared")),
                             ("photo", ("state", "later"), ("due-year", "2027"), ("due-month", "12"), ("due-day", "1"))):
            put(f"{at}/papers/{paper}", *more)
        return at

    def submit(self, at):
        """Whether it is acknowledged. OSError when nobody answered."""
        r = self.post(at + "/check", [("agreed", "1")], at)
        return r.status == 303 and r.header("Location") == at + "/receipt"

    def filed(self, some):
        """Address -> the number on its receipt, "" where the program leads back to the check."""
        def number_of(at):
            r = self.get(at + "/receipt")
            if r.status == 303 and r.header("Location") == at + "/check":
                return ""
            found = re.search(r"\d{6}-\d{4}-\d{6}-\w{6}", re.sub(r"<[^>]*>", "", r.text())) if r.status == 200 else None
            return found.group() if found else f"{r.status}"

        with concurrent.futures.ThreadPoolExecutor(HANDS) as hands:
            return dict(zip(some, hands.map(number_of, some)))

    def documents(self, number):
        """The documents that the applicant's page of a case shows."""
        return set(re.findall(r'href="(/cases/[^"]+/documents/\d+)"', self.get(f"/cases/{number}").text()))


class Clerk(Desk):
    """The officer of their county, who accepts many at once."""
    ACT = f"{SERVICE}/accept/accept"

    def __init__(self, town):
        town.client("wuchang.clerk")
        super().__init__(town, town.cookies("wuchang.clerk"), "/desk/tasks")

    def waiting(self, refs):
        """Of these, the lines of the to-do list that are to be accepted: tenant-id -> as the list sends it."""
        out, path = {}, f"/desk/tasks?service={SERVICE}&at=accept"
        while path:
            text = self.get(path).text()
            for item in re.findall(r'name="item" type="checkbox" value="([^"]+)"', text):
                out[item.rsplit("-", 1)[0]] = item
            more = re.findall(r'href="(/desk/tasks\?[^"]*&amp;id=\d+)"', text)
            path = html.unescape(more[0]) if more else ""
        return {ref: item for ref, item in out.items() if ref in refs}

    def ready(self, items):
        """What the page that asks for a confirmation would send."""
        r = self.post("/desk/tasks", [("act", self.ACT), *(("item", i) for i in items)], "check" + items[0])
        office = re.search(r'name="office"[^>]*value="(\d+)"', r.text()).group(1)
        return [("act", self.ACT), *(("item", i) for i in items), ("office", office), ("step", "save")]

    @staticmethod
    def told(reply):
        """(numbers that the page says are done, numbers it says are not)"""
        done, _, rest = reply.text().partition("跳过的，和原因")
        return [set(re.findall(r"\d{6}-\d{4}-\d{6}-\w{6}", part)) for part in (done, rest)]
