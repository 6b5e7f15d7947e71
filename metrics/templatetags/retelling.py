"""Kept errors in the language of the page."""

from django import template

from metrics.sources.retelling import retold

register = template.Library()
register.filter("retold", retold)
