"""Metrics, dashboards, sources."""

from tests.access.verdicts.cast import ANYBODY, DO, EMPTY_POST, FORM, LOOK, OPERATOR, Verdicts

VERDICTS: Verdicts = {
    "metrics:metrics": LOOK,
    "metrics:new": FORM,
    "metrics:dashboards": LOOK,
    "metrics:new-dashboard": FORM,
    "metrics:runs": LOOK,
    "metrics:metric": LOOK,
    "metrics:edit": FORM,
    "metrics:retire": DO,
    "metrics:goal": FORM,
    "metrics:values": FORM,
    "metrics:paste": {"POST": EMPTY_POST},
    "metrics:ask-again": DO,
    "metrics:progress": LOOK,
    "metrics:cancel": DO,
    "metrics:query": LOOK | {"POST": EMPTY_POST},
    "metrics:dashboard": LOOK,
    "metrics:add-tile": FORM,
    "metrics:remove-tile": DO,
    "metrics:move-tile": DO,
    "metrics:sources": ANYBODY,
    "metrics:new-source": {"GET": OPERATOR, "POST": OPERATOR | {"operator": "form"}},
    "metrics:source": {"GET": OPERATOR, "POST": OPERATOR | {"operator": "form"}},
    "metrics:check-source": {"GET": OPERATOR | {"operator": "405"}, "POST": OPERATOR},
    "metrics:grants": {"GET": OPERATOR | {"operator": "405"}, "POST": OPERATOR},
}
