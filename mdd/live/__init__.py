"""What people do together, live: logged with the change, announced after the commit, streamed to those who listen.

`log` writes, `wakeups` announces, `drawings` holds what everybody sees, `steps` what changed, `channel` and `hub` fan
it out in one process, `endpoint` speaks HTTP. The database is the truth: all the rest may die at any moment.
"""

from .log import is_new, key_of, record
from .rights import changed as rights_changed
from .wakeups import whisper

__all__ = ["is_new", "key_of", "record", "rights_changed", "whisper"]
