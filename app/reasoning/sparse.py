"""The few things asked of scipy: grouping, strongly connected components, a sparse linear solve."""

import warnings

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph
from scipy.sparse.linalg import (
    MatrixRankWarning,
    gmres,
    lsmr,
    splu,
)

from app.reasoning.arrays import FloatArray, IntArray

LARGE = 1_500


def group_by(keys: IntArray, size: int) -> tuple[IntArray, IntArray]:
    """Positions of ``keys`` grouped by key, in time linear in ``len(keys) + size``.

    Returns ``(order, start)``: ``order[start[k]:start[k + 1]]`` are the positions holding key ``k``, ascending.
    A counting sort, borrowed from scipy's column-to-row conversion (one entry per column).
    """
    count = len(keys)
    if not count:
        return np.zeros(0, dtype=np.intp), np.zeros(size + 1, dtype=np.intp)
    ones = np.ones(count, dtype=np.int8)
    rows = sparse.csc_matrix((ones, keys, np.arange(count + 1)), shape=(size, count)).tocsr()
    return rows.indices.astype(np.intp), rows.indptr.astype(np.intp)


def strong_components(tail: IntArray, head: IntArray, size: int) -> tuple[int, IntArray]:
    """Number of strongly connected components of a directed graph, and the component of every vertex."""
    graph = sparse.coo_matrix((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(size, size))
    count, labels = csgraph.connected_components(graph.tocsr(), directed=True, connection="strong")
    return int(count), np.asarray(labels, dtype=np.intp)


def solve_linear(
    rows: IntArray, columns: IntArray, values: FloatArray, right: FloatArray
) -> tuple[FloatArray, bool]:
    """Solve ``(I − M) x = right`` for the sparse ``M`` given by its entries (duplicates add up).

    Returns ``x`` and whether the system was regular; where it is singular, ``x`` is the least-squares
    solution of least norm and the flag is False.
    """
    size = len(right)
    matrix = (
        sparse.identity(size, format="csc")
        - sparse.coo_matrix((values, (rows, columns)), shape=(size, size)).tocsc()
    )
    if size > LARGE:  # factors of a large tangle fill up; an iterative method rarely needs many rounds
        found, failed = gmres(matrix.tocsr(), right, rtol=1e-14, atol=0.0, restart=60, maxiter=20)
        if not failed or _solves(np.asarray(matrix @ found), right, 1e-12):
            return np.asarray(found, dtype=np.float64), True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MatrixRankWarning)
        try:
            solution = np.asarray(splu(matrix.tocsc()).solve(right), dtype=np.float64)
        except RuntimeError:  # "Factor is exactly singular"
            solution = np.full(size, np.nan)
    if _solves(np.asarray(matrix @ solution), right, 1e-8):
        return solution, True
    return np.asarray(lsmr(matrix, right, atol=1e-14, btol=1e-14)[0], dtype=np.float64), False


def _solves(left: FloatArray, right: FloatArray, tolerance: float) -> bool:
    error = np.abs(left - right).max(initial=0.0)
    return bool(error <= tolerance * (1.0 + np.abs(right).max(initial=0.0)))  # False for NaN
