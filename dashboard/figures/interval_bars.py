"""Intervals as Plotly draws them: bars on both sides of a point."""

import pandas as pd


def interval_bars(rows: pd.DataFrame, value: str, colour: str) -> dict:
    """error_x or error_y of points at the column `value` whose intervals are low to high."""
    return {
        "array": (rows["high"] - rows[value]).to_numpy(float),
        "arrayminus": (rows[value] - rows["low"]).to_numpy(float),
        "color": colour,
        "thickness": 1,
        "width": 2,
    }
