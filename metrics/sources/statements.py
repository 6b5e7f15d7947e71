"""What a query's text is made of. Apart from `sql`, because its parser is imported only where a query is looked at."""

from __future__ import annotations

import re

import sqlglot
from django.utils.translation import gettext as _
from sqlglot import exp
from sqlglot.errors import SqlglotError

from .sql import bad

CHANGES = (exp.DML, exp.DDL, exp.Into, exp.Lock, exp.Command, exp.Drop, exp.Alter, exp.Set, exp.Copy, exp.Transaction)
# Read-only to PostgreSQL, yet they reach out, wait for others or end them.
REACHING = re.compile(
    r"^(dblink\w*|lo_\w+|pg_(read|ls|stat)_\w*(file|dir)\w*|pg_(terminate|cancel)_backend|pg_reload_conf"
    r"|pg_(try_)?advisory_\w+|pg_notify|pg_promote|set_config|\w+_to_xml\w*)$",
    re.IGNORECASE,
)


def only_reads(text: str, dialect: str) -> None:
    """Raise SourceError BAD_QUERY when this is plainly not one SELECT. What we cannot read the server judges."""
    try:
        trees = [tree for tree in sqlglot.parse(text, dialect=dialect) if tree]
    except (SqlglotError, RecursionError):
        return
    if len(trees) != 1:
        raise bad(_("Write one statement; this is %(number)d.") % {"number": len(trees)})
    only_selects(trees[0])


def only_selects(tree: exp.Expr) -> None:
    if not isinstance(tree, exp.Query) or next(tree.find_all(*CHANGES), None):
        raise bad(_("Only SELECT is allowed."))
    for function in tree.find_all(exp.Func):
        name = function.name if isinstance(function, exp.Anonymous) else function.sql_name()
        if REACHING.match(name):
            raise bad(_("The function %(name)s is not allowed here.") % {"name": name})
