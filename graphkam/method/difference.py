"""Why a share of a whole differs between two times: what each item adds to the difference.

Item i adds ``after_i in / total after - before_i in / total before``. These parts sum to the difference
exactly, whatever came, went or changed its size: nothing is left over that no item accounts for.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkam.method.ratio import share

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def share_difference(
    before: Floats, was_in: Flags, after: Floats, is_in: Flags
) -> tuple[float | None, float | None, Floats | None]:
    """Give a share before and after, and what each item adds to the difference.

    Parameters
    ----------
    before, after
        Size of each item; 0 where it was not there.
    was_in, is_in
        Whether it was in the share.

    Returns
    -------
    tuple
        The two shares, None where there is nothing to have a share of; the parts, None where one of
        the shares is.
    """
    first, last = share(before, was_in), share(after, is_in)
    if first is None or last is None:
        return first, last, None
    return first, last, _parts(after, is_in) - _parts(before, was_in)


def _parts(sizes: Floats, chosen: Flags) -> Floats:
    return np.where(chosen, sizes, 0.0) / float(sizes.sum())
