"""How a clause is called: by its number, or by its turn among the dashes that a paper prints without a number."""

from __future__ import annotations

import re

_DASH = re.compile(r"(?:(?P<above>.+)\.)?-(?P<turn>\d+)(?:-(?P<again>\d+))?")


def printed(address: str) -> str:
    """Return an address as the paper prints it: «II.3.b», «–» for «-1», «II.3 –» for «II.3.-2»."""
    dash = _DASH.fullmatch(address)
    if dash is None:
        return address
    return f"{dash['above']} –" if dash["above"] else "–"


def called(address: str, *, english: bool = False) -> str:
    """Return an address as it is said: «II.3.b», «gạch đầu dòng 1», «gạch đầu dòng 2 của mục II.3»."""
    dash = _DASH.fullmatch(address)
    if dash is None:
        return address
    turn, above, again = dash["turn"], dash["above"], dash["again"]
    if english:
        said = f"dash {turn}" + (f" of clause {above}" if above else "")
        return f"{said} (part {again})" if again else said
    said = f"gạch đầu dòng {turn}" + (f" của mục {above}" if above else "")
    return f"{said} (ý {again})" if again else said


def cited(address: str, *, english: bool = False) -> str:
    """Return an address with what it is one of: «mục II.3.b»; a dash says so itself."""
    said = called(address, english=english)
    return said if said != address else f"{'clause' if english else 'mục'} {address}"


def cited_first(address: str, *, english: bool = False) -> str:
    """Return the same where a sentence begins with it: «Mục II.3.b», «Gạch đầu dòng 1»."""
    said = cited(address, english=english)
    return said[:1].upper() + said[1:]
