"""Solving one cyclic step: damped iteration, then Newton where that does not settle.

The fixed point wanted is the one the continuous model of Potyka (KR 2018) runs into from the base scores:
dσ/dt = F(σ) − σ. Damped iteration is that model's Euler method. Near its limit Newton's method sharpens the
result to the last digits; far from any limit it is the stronger attempt, guarded by a line search.
"""

from dataclasses import dataclass

import numpy as np

from app.reasoning.arrays import FloatArray, IntArray
from app.reasoning.plan import Step
from app.reasoning.problem import Problem
from app.reasoning.sparse import solve_linear

TOLERANCE = 1e-10
"""A result has converged if no strength would move by more than this in another round."""

NEAR = 1e-5
ROUNDS = ((0.5, 150), (0.2, 200), (0.05, 400))
"""(damping, rounds): how far each round moves towards F(σ), smaller where larger steps go in circles."""
NEWTON_STEPS = 40
FINEST = 1e-15
SMALL = 500
"""Up to this many rows, Newton sharpens a result faster than further damped rounds do."""


@dataclass(frozen=True)
class Block:
    """F on the rows of a cyclic step, everything else held still. ``rows`` (k,) are state rows."""

    problem: Problem
    step: Step
    fixed: dict[int, FloatArray]

    def evaluate(self, sigma: FloatArray) -> FloatArray:
        """F at the state ``sigma``, shape (k[, b])."""
        new = np.concatenate([self.problem.evaluate(part, sigma) for part in self.step.parts])
        for position, value in self.fixed.items():
            new[position] = value
        return new

    def jacobian(self, sigma: FloatArray) -> tuple[IntArray, IntArray, FloatArray]:
        """Entries (target, cause, value) of ∂F/∂σ within the block, by positions in ``rows``; one state."""
        local = np.full(len(sigma), -1, dtype=np.intp)
        local[self.step.rows] = np.arange(len(self.step.rows))
        targets, causes, values = [], [], []
        for part in self.step.parts:
            _, by_source, by_relation = self.problem.slopes(part, sigma)
            target = local[part.rows][part.owner]
            targets += [target, target[part.gated]]
            causes += [local[part.source], local[part.gate]]
            values += [by_source, by_relation[part.gated]]
        target, cause, value = np.concatenate(targets), np.concatenate(causes), np.concatenate(values)
        kept = cause >= 0
        for position in self.fixed:
            kept &= target != position
        return target[kept], cause[kept], value[kept]


@dataclass(frozen=True)
class Settled:
    """Outcome of a cyclic step: residual (b,) or scalar array, and rounds used."""

    residual: FloatArray
    iterations: int


def settle(block: Block, sigma: FloatArray) -> Settled:
    """Solve the block in place in ``sigma`` (size[, b]), starting from what its rows hold."""
    rows = block.step.rows
    residual, iterations = _iterate(block, sigma, rows)
    rough = residual > FINEST
    if sigma.ndim == 1:
        if rough:
            residual, more = _newton(block, sigma, rows)
            iterations += more
        return Settled(np.asarray(residual), iterations)
    for column in np.flatnonzero(residual > TOLERANCE):
        single, state = _column(block, int(column)), sigma[:, column].copy()
        residual[column], more = _newton(single, state, rows)
        iterations += more
        sigma[rows, column] = state[rows]
    return Settled(residual, iterations)


def _iterate(block: Block, sigma: FloatArray, rows: IntArray) -> tuple[FloatArray, int]:
    """Damped rounds until every column is near its limit (a batch: until it has converged)."""
    goal = TOLERANCE / 10
    if sigma.ndim == 1:  # Newton is best left to what damped rounds cannot settle where it is costly
        goal = NEAR if len(rows) <= SMALL else FINEST
    done = 0
    residual = np.asarray(np.inf)
    for damping, rounds in ROUNDS:
        for _ in range(rounds):
            new = block.evaluate(sigma)
            change = new - sigma[rows]
            residual = np.abs(change).max(axis=0)
            done += 1
            if np.all(residual <= goal):
                return residual, done
            sigma[rows] += damping * change
    change = block.evaluate(sigma) - sigma[rows]
    return np.abs(change).max(axis=0), done


def _newton(block: Block, sigma: FloatArray, rows: IntArray) -> tuple[FloatArray, int]:
    """Newton steps with a line search on the residual; falls back to damped rounds where none helps."""
    change = block.evaluate(sigma) - sigma[rows]
    residual = np.abs(change).max()
    for count in range(1, NEWTON_STEPS + 1):
        if residual <= FINEST:
            return residual, count
        direction, regular = solve_linear(*block.jacobian(sigma), change)
        if not regular or not _line_search(block, sigma, rows, direction, residual):
            if residual <= FINEST * 10:  # nothing left to gain but rounding
                return residual, count
            if not _damped_rounds(block, sigma, rows, residual):
                return residual, count
        change = block.evaluate(sigma) - sigma[rows]
        residual = np.abs(change).max()
    return residual, NEWTON_STEPS


def _line_search(
    block: Block, sigma: FloatArray, rows: IntArray, direction: FloatArray, residual: FloatArray
) -> bool:
    start = sigma[rows].copy()
    length = 1.0
    while length > 1e-3:
        sigma[rows] = np.clip(start + length * direction, 0.0, 1.0)
        if np.abs(block.evaluate(sigma) - sigma[rows]).max() < residual * (1.0 - 0.1 * length):
            return True
        length /= 2
    sigma[rows] = start
    return False


def _damped_rounds(block: Block, sigma: FloatArray, rows: IntArray, residual: FloatArray) -> bool:
    """Forty careful rounds; keeps them and says True only if the residual has come down."""
    start = sigma[rows].copy()
    for _ in range(40):
        sigma[rows] += 0.3 * (block.evaluate(sigma) - sigma[rows])
    if np.abs(block.evaluate(sigma) - sigma[rows]).max() < residual:
        return True
    sigma[rows] = start
    return False


def _column(block: Block, column: int) -> Block:
    """The block's problem for one column of the batch."""
    problem = block.problem
    base = problem.base[:, column]
    weight = problem.weight if problem.weight.ndim == 1 else problem.weight[:, column]
    single = Problem(problem.plan, problem.semantics, base, weight, problem.unit)
    fixed = {position: value[column : column + 1][0:1].reshape(()) for position, value in block.fixed.items()}
    return Block(single, block.step, fixed)
