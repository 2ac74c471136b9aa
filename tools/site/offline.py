"""The service worker, which keeps visited pages for readers without network: its script, for one build of the site."""

import hashlib
import json
from pathlib import Path
from string import Template

from rjsmin import jsmin

from tools.content import locale
from tools.content.pages import LANGUAGES
from tools.site import settings

NAME = "service-worker.js"  # at the root of the site: it serves what lies below its own address, in every language
SOURCE = Path(__file__).with_name("service_worker.js")


def write(site: Path) -> None:
    """Write the worker of a built site. Raises OSError, LocaleError."""
    (site / NAME).write_text(script(build(site)), "utf-8")


def build(site: Path) -> str:
    """What tells a build from others: the hash of all that is in it but the worker."""
    digest = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        if path.is_file() and path != site / NAME:
            digest.update(path.relative_to(site).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def script(build_id: str) -> str:
    """The worker's script."""
    said = [
        locale.words(language, "offline")
        | {"folder": settings.folder(language), "tag": locale.words(language, "site")["tag"]}
        for language in LANGUAGES
    ]
    source = Template(SOURCE.read_text("utf-8"))
    return jsmin(source.substitute(build=build_id, words=json.dumps(said, ensure_ascii=False, separators=(",", ":"))))
