"""Array types and the two index tricks the whole package leans on."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]


def ranges(starts: IntArray, counts: IntArray) -> IntArray:
    """``[s0, s0+1, …, s0+c0-1, s1, …]`` for all pairs of ``starts`` and ``counts``, without a loop."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if ends.size else 0
    out = np.arange(total, dtype=np.intp)
    out += np.repeat(starts - (ends - counts), counts)
    return out


def frozen(array: FloatArray | IntArray) -> None:
    """Make an array read-only, so that a frozen dataclass holding it is frozen indeed."""
    array.flags.writeable = False
