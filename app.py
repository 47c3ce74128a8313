"""Reelscope. `python app.py` starts everything; WSGI servers take `app:server`."""

import sys

if __name__ == "__main__":  # before Dash is imported, which only the web server needs
    from dashboard.launch.start import main

    sys.exit(main())

from dashboard.launch import missing
from dashboard.launch.readiness import prepare
from dashboard.shell import create_app

prepare()
app = create_app()
server = app.server
missing.install(server)
