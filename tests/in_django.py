"""`python -m tests.in_django MODULE ARGUMENT ...`: call the `main` of a module whose imports want Django set up."""

import os
import sys
from importlib import import_module

import django


def main(module: str, *arguments: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mdd.settings")
    django.setup()
    import_module(module).main(*arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
