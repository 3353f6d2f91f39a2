#!/usr/bin/env python3
"""decimal.t - arithmetic of FEEL is exact to 34 digits: expressions made from a seed, computed by `zhucan feel` and by
Python's decimal of the same precision, rounded half to even after each operation. 4,000, or 40,000 where ZHUCAN_TESTS
is "all". One that differs is told with both answers."""
import decimal
import os
import random
import subprocess
import sys

decimal.setcontext(decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[]))
D = decimal.Decimal
SEED, BATCH = 20261122, 1000
draw = random.Random(SEED)


def literal():
    """Money, rates, whole numbers, and what fills all 34 digits; sometimes negative."""
    digits = draw.choice((1, 2, 3, 5, 8, 12, 17, 25, 33, 34))
    scale = draw.choice((0, 0, 1, 2, 2, 4, 9, 20, 30))
    n = draw.randrange(10 ** (digits - 1), 10 ** digits)
    text = str(n) if scale == 0 else f"{n:0{scale + 1}d}"[:-scale] + "." + f"{n:0{scale + 1}d}"[-scale:]
    value = D(text)
    return (f"(-{text})", -value) if draw.random() < 0.25 else (text, value)


def rounded(how, sign):
    """round half up (…, scale) and its like, of a number that has the room for it."""
    text, value = tree(1)
    scale = draw.randrange(0, 6)
    if not value.is_finite() or abs(value) > D(10) ** 25:
        return None
    return f"{how}({text}, {scale})", value.quantize(D(1).scaleb(-scale), rounding=sign)


def call():
    """A function of one number, or of several."""
    what = draw.randrange(9)
    if what < 3:
        how = (("round half up", decimal.ROUND_HALF_UP), ("decimal", decimal.ROUND_HALF_EVEN),
               ("round down", decimal.ROUND_DOWN))[what]
        return rounded(*how)
    parts = [tree(1) for _ in range(draw.randrange(1, 6))]
    texts, values = ", ".join(p[0] for p in parts), [p[1] for p in parts]
    if not all(v.is_finite() for v in values):
        return None
    if what == 3:
        return f"abs({parts[0][0]})", abs(values[0])
    if what == 4:
        return f"min([{texts}])", min(values)
    if what == 5:
        return f"max([{texts}])", max(values)
    if what == 6 and abs(values[0]) < D(10) ** 33:
        return f"floor({parts[0][0]})", values[0].to_integral_value(decimal.ROUND_FLOOR)
    if what == 7 and abs(values[0]) < D(10) ** 33:
        return f"ceiling({parts[0][0]})", values[0].to_integral_value(decimal.ROUND_CEILING)
    if what == 8 and values[0] >= 0:
        return f"sqrt({parts[0][0]})", values[0].sqrt()
    return None


def power():
    """A whole exponent, as long as the answer is exact."""
    n, k = draw.randrange(-999, 1000), draw.randrange(0, 8)
    value = D(n).scaleb(-draw.randrange(0, 3))
    return f"({value:f}) ** {k}", value ** k


def tree(depth):
    """An expression and its value."""
    made = None
    if depth > 0 and draw.random() < 0.25:
        made = call() if draw.random() < 0.8 else power()
    if made is None and (depth == 0 or draw.random() < 0.2):
        made = literal()
    if made is None:
        (x, a), (y, b) = tree(depth - 1), tree(depth - 1)
        sign = draw.choice("+-*/")
        made = f"({x} {sign} {y})", {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__}[sign](b)
    return made if made[1].is_finite() else (made[0], D("NaN"))  # x / 0 is null in FEEL, and stays it


def answers(expressions):
    """What zhucan says of each; None for null."""
    run = subprocess.run([os.environ["ZHUCAN"], "feel", "-"], input="[" + ",\n".join(expressions) + "]",
                         capture_output=True, text=True, encoding="utf-8", check=False)
    said = run.stdout.strip()
    if not said.startswith("[") or not said.endswith("]"):
        sys.exit(f"zhucan feel ended with {run.returncode}: {said[:200]} {run.stderr[:500]}")
    return [None if part == "null" else D(part) for part in said[1:-1].split(", ")]


def main():
    total = 40000 if os.environ.get("ZHUCAN_TESTS") == "all" else 4000
    wrong, nulls, long = [], 0, 0
    for _ in range(total // BATCH):
        made = [tree(3) for _ in range(BATCH)]
        got = answers([m[0] for m in made])
        if len(got) != BATCH:
            sys.exit(f"{len(got)} answers to {BATCH} expressions")
        for (text, want), said in zip(made, got):
            want = want if want.is_finite() else None
            nulls += want is None
            long += want is not None and len(want.as_tuple().digits) == 34
            if (said is None) != (want is None) or (said is not None and said != want):
                wrong.append(f"{text} is {want}, not {said}")
    for line in wrong[:20]:
        print("#", line)
    print("not ok" if wrong else "ok", f"1 - {total} expressions are exact to 34 digits")
    print("not ok" if long < total // 5 or nulls > total // 5 else "ok",
          "2 - a fifth of the answers and more fill all 34 digits, few have none")
    print("1..2")
    return bool(wrong)


sys.exit(main())
