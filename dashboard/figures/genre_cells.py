"""What heat maps of genres and release decades have in common: pale cells and the colour bar."""

FEW = 30  # ratings of a cell, below which its average is mostly chance
PALE = 0.3  # opacity


def colour_bar(title: str, **more: str) -> dict:
    """Above the cells, from their left edge. more: of plotly.js' colorbar."""
    place = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "len": 0.5}
    return {"title": {"text": title, "side": "top"}} | place | more
