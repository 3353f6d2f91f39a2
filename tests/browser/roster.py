"""A county's own list for the journeys: people who do not exist, as a spreadsheet writes them, with some planted faults.

Written once beside the site under test; a journey names the files as {files}/roster.csv. Identity numbers begin with 99.
"""
import io
import os
import struct
import zipfile
import zlib

HEADINGS = "序号,残疾人姓名,性别,身份证号码,残疾证号,户籍所在村（社区）代码,家庭住址,手机号码,学历,低保情况,发证时间,有效期,经办人意见"
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平"
VILLAGE = "420106001001"


def check_digit(body):
    return "10X98765432"[sum(int(d) * w for d, w in zip(body, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))) % 11]


def number(i):
    """Person i: born in 1950 and after, a man when i is even. 9901 77 is used by nothing else of the demo."""
    body = f"990177{1950 + i % 50}{1 + i % 12:02}{1 + i % 28:02}{(i // 50) * 2 + 1 + i % 2:03}"
    return body + check_digit(body)


def person(i):
    nid = number(i)
    return [str(i + 1), FAMILY[i % 10] + GIVEN[i % 20] + GIVEN[i * 7 % 20], "女" if i % 2 else "男", nid, f"{nid}4{1 + i % 4}", VILLAGE,
            f"示范路{i + 1}号", f"139{i:08}", "小学教育", "无", "2019-05-06", "" if i % 25 == 0 else "2029-05-05", "同意"]


def sheet(people, planted=()):
    """`planted`: (person, column, text)."""
    rows = []
    for i in range(people):
        cells = person(i)
        for who, column, text in planted:
            if who == i:
                cells[column] = text
        rows.append(",".join(cells))
    return "持证残疾人名单\n" + HEADINGS + "\n" + "\n".join(rows) + "\n"


def picture(width=120, height=160):
    """A head and shoulders of nobody, as a PNG."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b""
    for y in range(height):
        rows += b"\0"
        for x in range(width):
            head = (x - 60) ** 2 + (y - 60) ** 2 < 30 ** 2
            body = (x - 60) ** 2 / 50 ** 2 + (y - 160) ** 2 / 60 ** 2 < 1
            rows += bytes([90 if head or body else 215])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + \
        chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def photos(names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for n in names:
            z.writestr(n, picture())
    return out.getvalue()


def write(folder, people=300):
    os.makedirs(folder, exist_ok=True)
    faults = [(3, 3, "9.90177E+17"), (10, 1, ""), (11, 6, ""), (20, 11, "1999-01-01"), (30, 9, "富裕")]
    changed = faults + [(40, 7, "13700000040"), (41, 8, "大学专科教育"), (42, 7, "13700000042")]
    files = {
        "roster.csv": sheet(people, faults).encode(),
        "roster-changed.csv": sheet(people, changed).encode("gb18030"),
        "photos.zip": photos([number(0) + ".png", number(1) + "_李芳.png", "无名氏.png"]),
        "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "empty.csv": b"",
    }
    for name, content in files.items():
        with open(os.path.join(folder, name), "wb") as f:
            f.write(content)
