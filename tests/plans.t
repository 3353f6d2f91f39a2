#!/usr/bin/env python3
"""plans.t - no statement reads a table, or a whole federation of it, from end to end, but those named here with a reason.

What SQLite says it will do (EXPLAIN QUERY PLAN) for each statement of src/**/*.sql, on a new site of this program: a full
SCAN, or a SEARCH by the federation alone, is fast on the day it is written and slow in the tenth year."""
import glob
import os
import re
import subprocess

WHOLE = {
    # what a federation has few of
    "delegations_about": "delegations in force",
    "staff_accounts": "the list of a federation's staff",
    "staff_posts": "the same list",
    "staff_factors": "the same list",
    "errand_list": "uploads and sheets of some days",
    "intake_imports": "imports of a federation, newest first, a page of them",
    "offices_open": "offices of a federation",
    "trainings_of": "courses of a federation, some a year",
    "tenant_areas_of": "places of a federation",
    "blank_runs": "some dozens in ten years",
    "blank_issues": "the same",
    "site_heads": "ten of the days",
    "site_counts": "the page of the administrator, who asked for the numbers",
    # the program's own clock, over what is swept by it
    "sessions_sweep": "once an hour",
    "delays_sweep": "once an hour",
    "outbox_old": "in its order, a hundred at most",
    "outbox_count": "messages of some days",
    "errand_due": "uploads and sheets of some days",
    "errand_expired": "the same",
    "job_list": "jobs of some days",
    # the same for all, and small
    "calendar_open_days": "a row a year",
    "calendar_all_years": "a row a year",
    "definitions_all": "what the offices work by",
    "kase_house_stamp": "years, and how many definitions have begun, off an index of it",
    "definition_hand": "two names on a page of policy",
    "intake_topmost": "federations",
    "region_names": "all names, read once for the search",
    "region_ends": "changes of divisions",
    "region_sets_all": "the sets of divisions",
    # walked in the order of an index and left when the page is full
    "kases_of_place": "the newest first, to the page's end",
    # the check of the ledger
    "person_tenants": "in a rebuilt copy",
}


def statements():
    """(name, text) of each; `$name` is a name to SQLite, too."""
    for path in sorted(glob.glob("src/**/*.sql", recursive=True)):
        name, text = None, ""
        for line in [] if "/migrations/" in path else open(path, encoding="utf-8"):
            head = re.match(r"-- @(?:one|many|exec) (\w+)", line)
            if head:
                name, text = head.group(1), ""
            elif name and not line.startswith("--"):
                text += line
                if line.rstrip().endswith(";"):
                    yield name, text
                    name = None


def whole(plan):
    """The steps of a plan that read all there is; what the statement made itself may be walked."""
    made = {m.group(1) for m in (re.match(r"(?:CO-ROUTINE|MATERIALIZE) (\w+)", line) for line in plan) if m}
    for line in plan:
        step = re.match(r"(SCAN|SEARCH) (\w+)(.*)", line)
        if not step or step.group(2) in made or line.startswith("SCAN CONSTANT ROW"):
            continue
        if step.group(1) == "SCAN" or "(tenant=?)" in step.group(3) or "(owner=?)" in step.group(3):
            yield line


def refused(plan):
    return any(step.startswith("! ") for step in plan)


def plans(database, texts):
    """For each text the steps of its plan, or one line that begins with "! "."""
    explain = os.path.join(os.path.dirname(os.environ["ZHUCAN"]), "../../tests/explain")
    said = subprocess.run([explain, database], input="".join(t + "\0" for t in texts), check=True, capture_output=True,
                          text=True).stdout
    return [plan.splitlines() for plan in re.split(r"^\.\n", said, flags=re.M)[:-1]]


def main():
    site = os.path.join(os.environ["ZHUCAN_TMP"], "site")
    subprocess.run([os.environ["ZHUCAN"], "site", "init", site], check=True, capture_output=True)
    named = list(statements())
    texts = [text for _, text in named]
    n = broken = 0
    for (name, _), of_site, of_keys in zip(named, plans(site + "/site.db", texts), plans(site + "/keys.db", texts), strict=True):
        found = of_keys if refused(of_site) else of_site
        n += 1
        bad = found if refused(found) else list(whole(found))
        good = bool(bad) == (name in WHOLE)
        broken += not good
        print(f"{'ok' if good else 'not ok'} {n} - {name}{': ' + WHOLE[name] if name in WHOLE else ''}")
        if not good:
            print("# " + ("; ".join(bad) or "reads no more than it should: its line here is not needed"))
    print(f"1..{n}")
    raise SystemExit(1 if broken or n < 100 else 0)


main()
