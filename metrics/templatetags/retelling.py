"""What is kept of sources, as a page says it."""

from django import template

from metrics.sources import registry
from metrics.sources.retelling import retold

register = template.Library()
register.filter("retold", retold)
register.filter("kind_named", registry.named)
