"""The operator's pages."""

from tests.access.verdicts.cast import OPERATOR, Verdicts

VERDICTS: Verdicts = {
    "mails": {"GET": OPERATOR, "POST": OPERATOR | {"operator": "405"}},
    "styleguide": {"GET": OPERATOR, "POST": OPERATOR | {"operator": "405"}},
}
