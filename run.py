"""The one entry of Đôn đốc: makes its own environment when needed, then hands over to app.cli."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the sentence for those whose Python is older; this file parses there
    sys.exit(
        "Đôn đốc cần Python 3.11 trở lên. Trên Debian 12 trở lên: apt-get install python3\n"
        "Don doc needs Python 3.11 or newer; this is Python " + sys.version.split()[0]
    )

from app.cli import start

if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
