"""How long charts, recommendations and pages take on the loaded dataset, one worker, warm.

Charts and recommendations are timed as the browser asks for them: the callback's POST through
Flask, query, figure and JSON included, nothing cached. Pages are timed in Chromium against a
server of its own.
"""
