"""How long pages take while many people look at once.

    python -m benchmarks.pages http://127.0.0.1:8000 --email demo@… --password … /squads/x/ /dashboards/1/

`--users` threads share one sign-in (many at once would be taken for an attack) and ask the pages in turn, `--rounds`
times, one request outstanding a thread. Bounded in count; prints p50, p95 and requests a second of each page. Run it
by hand, on the commit you report.
"""

from __future__ import annotations

import argparse
import re
import time
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from itertools import chain, repeat
from statistics import median, quantiles
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def main() -> None:
    asked = arguments()
    with ThreadPoolExecutor(asked.users) as pool:
        people = [sign_in(asked.base, asked.email, asked.password)] * asked.users
        for path in asked.paths:
            url = asked.base + path
            began = time.perf_counter()
            took = list(chain.from_iterable(pool.map(look, people, repeat(url), repeat(asked.rounds))))
            report(path, took, time.perf_counter() - began)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--email", required=True)
    parser.add_argument("--password", required=True)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=20)
    return parser.parse_args()


def sign_in(base: str, email: str, password: str) -> OpenerDirector:
    """A browser's worth of cookies for this person."""
    who = build_opener(HTTPCookieProcessor(CookieJar()))
    url = f"{base}/accounts/login/"
    page = who.open(url, timeout=30).read().decode()
    found = TOKEN.search(page)
    if found is None:
        raise SystemExit(f"{url} shows no sign-in form.")
    fields = {"csrfmiddlewaretoken": found.group(1), "login": email, "password": password}
    answer = who.open(Request(url, urlencode(fields).encode(), {"Referer": url}), timeout=30)
    if "/accounts/login/" in answer.url:
        raise SystemExit("The sign-in was refused.")
    return who


def look(who: OpenerDirector, url: str, rounds: int) -> list[float]:
    """Seconds that each request took, body included."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        who.open(url, timeout=30).read()
        took.append(time.perf_counter() - began)
    return took


def report(path: str, took: list[float], seconds: float) -> None:
    p50, p95 = median(took) * 1000, quantiles(took, n=20)[-1] * 1000
    print(f"{path:40} {len(took):5} requests  p50 {p50:7.1f} ms  p95 {p95:7.1f} ms  {len(took) / seconds:6.1f}/s")


if __name__ == "__main__":
    main()
