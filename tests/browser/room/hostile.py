"""Three hundred texts that would do something if they were anything else than text."""

from __future__ import annotations

ELSEWHERE = "//elsewhere.invalid"
SEEDS = (
    "<script>hit()</script>",
    "<img src=x onerror=hit()>",
    '"><svg onload=hit()>',
    "' autofocus onfocus='hit()",
    '" autofocus onfocus="hit()',
    "</textarea><script>hit()</script>",
    "</title><script>hit()</script>",
    "</template><img src=x onerror=hit()>",
    f"<iframe src={ELSEWHERE}></iframe>",
    "<iframe srcdoc='<script>parent.hit()</script>'>",
    f"<style>@import '{ELSEWHERE}/a.css'</style>",
    f"<link rel=stylesheet href={ELSEWHERE}/a.css>",
    f"<meta http-equiv=refresh content='0;url={ELSEWHERE}'>",
    f"<base href={ELSEWHERE}/>",
    f"<img src={ELSEWHERE}/a.png>",
    f"<object data={ELSEWHERE}/a></object>",
    "<details open ontoggle=hit()>x</details>",
    "<video><source onerror=hit()></video>",
    "<a href='javascript:hit()'>x</a>",
    "javascript:hit()",
    "<live-topic src=/live/1/></live-topic>",
    f"<form action={ELSEWHERE}><button>Throw</button></form>",
    "<!--list loose-->",
    "<csrf>",
    "{{ request.user.email }}{% debug %}",
    "${hit()}`;hit();`",
    "\\u003cscript\\u003ehit()\\u003c/script\\u003e",
    "&lt;script&gt;hit()&lt;/script&gt;",
    "\u202ehit()\u202c \u200b\u2066<b>",
    '{"parts":{"loose":"<img src=x onerror=hit()>"}}',
)
WRAPS = ("{}", "Who? {}", "{} ?", "# {}", "'{}'", '"{}"', "]]>{}", "-->{}", "\n{}", "🙂{}")


def texts(longest: int) -> list[str]:
    """Every seed in every wrap, as much of it as a field holds."""
    return [wrap.replace("{}", seed)[:longest] for seed in SEEDS for wrap in WRAPS]
