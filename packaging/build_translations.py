"""Collect the strings of the window and compile their translations: ``make translations``.

Strings that are new are added to the .ts files as unfinished, those that are gone are taken out; the .qm files are what
the app reads. Exits with 1 while a string has no translation.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "illodesk" / "ui"
TRANSLATIONS = ROOT / "illodesk" / "resources" / "ui" / "translations"
LANGUAGES = ("de",)


def tool(name: str) -> str:
    """One of Qt's programs, beside the interpreter that runs this."""
    return str(Path(sys.executable).with_name(name))


def unfinished(path: Path) -> list[str]:
    """Strings of a .ts file that have no finished translation, with their contexts."""
    found = []
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished" or not translation.text:
                found.append(f"{context.findtext('name')}: {message.findtext('source')}")
    return found


def collect(source: Path) -> None:
    """Bring a .ts file up to date with the code."""
    paths = [str(path) for path in sorted(SOURCES.rglob("*.py"))]
    update = [tool("pyside6-lupdate"), "-silent", "-no-obsolete", "-locations", "none", *paths, "-ts", str(source)]
    subprocess.run(update, check=True)


def build(language: str) -> list[str]:
    """Renew one language; returns what is not translated yet."""
    source = TRANSLATIONS / f"illodesk_{language}.ts"
    collect(source)
    subprocess.run(
        [tool("pyside6-lrelease"), "-silent", str(source), "-qm", str(source.with_suffix(".qm"))], check=True
    )
    return unfinished(source)


def main() -> None:
    """Renew every language."""
    TRANSLATIONS.mkdir(exist_ok=True)
    missing = [f"{language}: {what}" for language in LANGUAGES for what in build(language)]
    for line in missing:
        print(line)
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
