"""What libpq says when there is no session yet: whom it asks for help, and whether asking again can help."""

from __future__ import annotations

import psycopg
import pytest

from metrics.sources import postgres_errors
from metrics.sources.errors import Code

AT = 'connection to server at "warehouse" (10.0.0.5), port 5432 failed: '
AT_SSL = 'connection to server at "ssl-certificate.too-many.example" (10.0.0.5), port 5432 failed: '


def code_of(said: str) -> Code:
    return postgres_errors.on_connecting(psycopg.OperationalError(said), "reader").code


@pytest.mark.parametrize(
    "said",
    [
        f"{AT}SSL SYSCALL error: EOF detected",
        f"{AT}SSL SYSCALL error: Connection reset by peer",
        f"{AT}SSL connection has been closed unexpectedly",
        f"{AT}SSL error: unexpected eof while reading",
        f"{AT_SSL}timeout expired",
        f"{AT_SSL}Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?",
        f"{AT_SSL}Connection refused\n{AT_SSL}timeout expired",
        f"Multiple connection attempts failed. All failures were:\n- host: 'ssl', port: '5432': {AT}timeout expired",
    ],
)
def test_a_line_that_breaks_is_out_of_reach_and_tried_again(said: str) -> None:
    assert code_of(said) == Code.UNREACHABLE


@pytest.mark.parametrize(
    "said",
    [
        f"{AT}server does not support SSL, but SSL was required",
        f'{AT}server certificate for "other" does not match host name "warehouse"',
        f"{AT}SSL error: certificate verify failed",
        f'{AT}root certificate file "/home/mdd/.postgresql/root.crt" does not exist',
        f"{AT}FATAL:  connection requires a valid client certificate",
        f"{AT}SSL error: wrong version number",
        f"{AT}SSL error: unsupported protocol",
        f"{AT}SSL error: sslv3 alert handshake failure",
        f"{AT}received invalid response to SSL negotiation: H",
        "host name must be specified for a verified SSL connection",
        'sslmode value "require" invalid when SSL support is not compiled in',
        f'{AT}FATAL:  database "nowhere" does not exist',
        f'{AT}FATAL:  role "nobody" is not permitted to log in',
        f"{AT_SSL}server does not support SSL, but SSL was required",
    ],
)
def test_a_wrong_set_up_asks_a_human(said: str) -> None:
    assert code_of(said) == Code.CONFIG


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (f'{AT}FATAL:  password authentication failed for user "reader"', Code.AUTH),
        (f"{AT}SSL SYSCALL error: EOF detected\n{AT}FATAL:  sorry, too many clients already", Code.SERVER),
    ],
)
def test_a_refusal_or_a_crowd_is_told_apart(said: str, code: Code) -> None:
    assert code_of(said) == code
