"""Which cards are alike: groups and marks from sentence vectors, worked out here, with nothing asked of the network.

`vectors` turns texts into vectors, `joining` makes groups of them, `marks` pairs, `titles` a name for a group, and
`language` says what it does not understand. Pure: texts in, indexes out. The order of the texts has no influence.
"""

from .joining import groups
from .language import foreign
from .marks import pairs
from .titles import title

__all__ = ["foreign", "groups", "pairs", "title"]
