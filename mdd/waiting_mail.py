"""Mail of an instance without SMTP: it waits in a folder for the operator."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.mail.backends import filebased


class EmailBackend(filebased.EmailBackend):
    """Nobody else on the machine may read the folder, whoever made it: the links in it sign people in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with suppress(PermissionError):
            Path(self.file_path).chmod(0o700)
