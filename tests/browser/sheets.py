"""Every list exports back as a sheet: each table that any page shows to anybody, beside its CSV and its workbook."""
import csv
import html
import io
import re
import urllib.parse
import zipfile

# Tables that are no lists, and why. Whoever adds one says so here and in docs/user.md.
NONE = {"columns": "a form in the shape of a table: its cells are asked for", "cells": "another; the table beside it has one"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUNS = "=+-@\t\r\n＝＋－＠"  # what a spreadsheet would take for a formula, full width too


def is_sheet(address):
    return bool(re.search(r"[?&]as=(csv|xlsx)(&|$)", address))


def plain(fragment):
    """What is read of a cell: no hidden words, blocks apart, blanks as one."""
    t = re.sub(r'<span class="govuk-visually-hidden">[^<]*</span>|<svg.*?</svg>|<span [^>]*aria-hidden="true">[^<]*</span>', "", fragment, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", t)).split())


def tables(page):
    """Name -> (headings, rows) of the tables of a page, without what is no more than a box to tick."""
    out = {}
    for t in re.findall(r"<table .*?</table>", page, re.S):
        name = re.search(r'id="([^"]+)-caption"', t).group(1)
        heads = re.findall(r'<th scope="col"([^>]*)>(.*?)</th>', t, re.S)
        keep = [i for i, (attrs, _) in enumerate(heads) if "zc-act" not in attrs]
        rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", r, re.S) for r in re.findall(r"<tr.*?</tr>", t.split("<tbody")[1], re.S)]
        out[name] = ([plain(heads[i][1]) for i in keep], [[plain(r[i]) for i in keep] for r in rows])
    return out


def same_cell(shown, kept):
    """A page may space what it shows, and group digits; a sheet disarms formulas."""
    def bare(t):
        return re.sub(r"\s", "", t)
    shown, kept = bare(shown), bare(kept)
    if shown[:1] and shown[0] in RUNS and not re.fullmatch(r"-?[0-9,.]+", shown):
        return kept == "'" + shown
    return kept in (shown, shown.replace(",", ""))


def of_table(site, path, cookie, page, name, heads, rows):
    """What is wrong with the sheets of one table."""
    link = {form: html.unescape(h) for h, form in re.findall(r'href="([^"]*[?&;]list=' + name + r'&amp;as=(csv|xlsx))"', page)}
    if sorted(link) != ["csv", "xlsx"]:
        return [f"{path}: the table {name} has no sheet"]
    wrong = []
    r = site.ask("GET", urllib.parse.urljoin(path, link["csv"]), cookie=cookie)
    got = list(csv.reader(io.StringIO(r.body.decode("utf-8-sig")))) if r.status == 200 else []
    if r.status != 200 or not r.header("Content-Type").startswith("text/csv") or "attachment" not in r.header("Content-Disposition"):
        return [f"{link['csv']}: {r.status} {r.header('Content-Type')}"]
    if got[0] != heads:
        wrong.append(f"{link['csv']}: headings {got[0]}, not {heads}")
    first = "page=" not in path and "after=" not in path and "due=" not in path and "last=" not in path
    if len(got) <= len(rows) and first:
        wrong.append(f"{link['csv']}: {len(got) - 1} rows, the page has {len(rows)}")
    for shown, kept in zip(rows, got[1:]) if first else ():
        wrong += [f"{link['csv']}: {k!r} is not {s!r}" for s, k in zip(shown, kept) if not same_cell(s, k)]
    r = site.ask("GET", urllib.parse.urljoin(path, link["xlsx"]), cookie=cookie)
    if r.status != 200 or r.header("Content-Type") != XLSX:
        return wrong + [f"{link['xlsx']}: {r.status} {r.header('Content-Type')}"]
    sheet = zipfile.ZipFile(io.BytesIO(r.body)).read("xl/worksheets/sheet1.xml").decode()
    if "<f>" in sheet:
        wrong.append(f"{link['xlsx']}: a formula")
    if len(re.findall(r"<row ", sheet)) != len(got):
        wrong.append(f"{link['xlsx']}: {len(re.findall('<row ', sheet))} rows, the CSV has {len(got)}")
    return wrong


def check(site, found):
    """(what is wrong, routes that had a list). Each address that links led anybody to is opened as him; of a route every
    name of a table counts once an account."""
    wrong, seen, had = [], set(), set()
    for login, kept in found.by.items():
        cookie = site.cookies(login)
        for route, addresses in kept.items():
            for path in addresses[:3]:
                r = site.ask("GET", path, cookie=cookie)
                if r.status != 200 or not r.header("Content-Type").startswith("text/html"):
                    continue
                for name, (heads, rows) in tables(r.text()).items():
                    if name in NONE or (route, login, name) in seen:
                        continue
                    seen.add((route, login, name))
                    had.add(route)
                    wrong += of_table(site, path, cookie, r.text(), name, heads, rows)
    return wrong, had
