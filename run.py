"""The one entry of Đôn đốc: makes its own environment when needed, then hands over to app.cli."""

import sys

if sys.version_info < (3, 11):  # this file must still parse there
    sys.exit(
        "Đôn đốc cần Python 3.11 trở lên, máy này chạy Python %d.%d. Trên Debian 12 trở lên: apt-get install python3\n"
        "Don doc needs Python 3.11 or newer; this is Python %d.%d." % (sys.version_info[:2] * 2)
    )

from app.cli import start

if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
