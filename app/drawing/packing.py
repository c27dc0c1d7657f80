"""Packing rectangles into a strip without overlap: a skyline, lowest place first."""

from collections.abc import Mapping

from app.drawing.layout import Frame, Size


def pack(sizes: Mapping[str, Size], width: float, gap: float) -> Mapping[str, Frame]:
    """A place for each rectangle in a strip ``width`` wide (wider where one needs it), ``gap`` apart.

    In the order given, each goes as high up, then as far left, as it can: the skyline heuristic
    (J. Jylänki, A Thousand Ways to Pack the Bin, 2010), quadratic in the number of rectangles.
    """
    strip = max([width, *(size.width for size in sizes.values())]) + gap
    skyline: list[tuple[float, float, float]] = [(0.0, strip, 0.0)]  # (from x, to x, height)
    placed = {}
    for key, size in sizes.items():
        wide, high = size.width + gap, size.height + gap
        best: tuple[float, float] | None = None
        for x, _, _ in skyline:
            if x + wide > strip + 1e-6:
                continue
            y = max(top for left, right, top in skyline if left < x + wide - 1e-6 and right > x + 1e-6)
            if best is None or (y, x) < best:
                best = (y, x)
        assert best is not None  # the strip is as wide as the widest of them
        y, x = best
        placed[key] = Frame(x, y, size.width, size.height)
        skyline = _raised(skyline, x, x + wide, y + high)
    return placed


def _raised(
    skyline: list[tuple[float, float, float]], start: float, end: float, top: float
) -> list[tuple[float, float, float]]:
    kept = []
    for left, right, height in skyline:
        if left < start:
            kept.append((left, min(right, start), height))
        if right > end:
            kept.append((max(left, end), right, height))
    return sorted([*(part for part in kept if part[1] - part[0] > 1e-6), (start, end, top)])
