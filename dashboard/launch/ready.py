"""Exit code 0 where the Reelscope of this container answers and has ratings: its health check."""

import sys
import urllib.error
import urllib.request

from dashboard.launch.address import Address
from db.settings import PORT

SECONDS = 5.0
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def main() -> int:
    try:
        DIRECT.open(f"{Address('127.0.0.1', PORT.value()).url}readyz", timeout=SECONDS).close()
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
