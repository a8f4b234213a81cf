"""Cases of rows and elements, and answers by trying everything: slow, and plainly right."""

from itertools import combinations

from hypothesis import strategies as st

from graphkam.method.rows import merged

WEIGHTS = st.integers(1, 10).map(lambda doubled: doubled / 2)


@st.composite
def covered_rows(draw, most_elements=8, most_rows=14):
    """Draw weighted rows, each covered by some elements."""
    count = draw(st.integers(1, most_elements))
    sets = st.lists(st.integers(0, count - 1), min_size=1, max_size=4, unique=True)
    rows = draw(st.lists(st.tuples(sets, WEIGHTS), min_size=1, max_size=most_rows))
    return merged([elements for elements, _ in rows], [weight for _, weight in rows])


def loss_of(rows, removed):
    return sum(weight for elements, weight in rows.items() if set(elements) <= set(removed))


def elements_of(rows):
    return sorted({e for key in rows for e in key})


def best_of_size(rows, size):
    """The set of a size that loses most; of equals the first in order."""
    sets = combinations(elements_of(rows), size)
    return min(((-loss_of(rows, s), s) for s in sets), default=None)


def smallest(rows, is_enough):
    """The smallest set whose loss is enough: of equals the one that loses most, then the first."""
    for size in range(1, len(elements_of(rows)) + 1):
        loss, chosen = best_of_size(rows, size)
        if is_enough(-loss):
            return chosen, -loss
    raise AssertionError
