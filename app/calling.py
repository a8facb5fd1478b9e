"""Call a role of run.py in this process and say in one sentence what the user can mend."""

from __future__ import annotations

import gc
import importlib
import sys
from typing import TYPE_CHECKING

from app import tether
from app.arguments import Reader
from app.cli import INTERRUPTED, USAGE_ERROR
from app.errors import DomainError
from config import SettingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.cli import Command


def call(command: Command, options: Sequence[str]) -> int:
    """Run a role with its options and return the exit code: 2 for what the caller can mend, without traceback."""
    tether.watch()
    gc.disable()  # while thousands of lasting objects are made there is nothing to collect: a start is a tenth shorter
    module = importlib.import_module(f"app.commands.{command.name.replace('-', '_')}")
    gc.enable()
    parser = Reader(prog=f"run.py {command.name}", description=f"{command.vi} — {command.en}")
    module.add_arguments(parser)
    try:
        if getattr(module, "PASSES_ON", False):
            args, passed_on = parser.parse_known_args(options)
            args.passed_on = passed_on
        else:
            args = parser.parse_args(options)
        return int(module.run(args))
    except DomainError as error:
        print(f"{error.sentence.vi}\n{error.sentence.en}", file=sys.stderr)
    except SettingError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output (head, less) left early
        sys.stderr.close()
        return 0
    except OSError as error:
        if error.filename is None:
            raise  # no file or folder that the caller chose
        print(
            f"Không đọc hoặc ghi được {error.filename} ({error.strerror}). Hãy kiểm tra đường dẫn và quyền.\n"
            f"Cannot read or write {error.filename} ({error.strerror}). Please check the path and its rights.",
            file=sys.stderr,
        )
    return USAGE_ERROR
