"""The documentation of others, built, to be measured beside ours."""

import os
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

from tools.commands.bench.views import Target, file_of

PAGE = "orm/session_basics.html"
SECONDS = 600  # after which the download is given up


class PeerError(Exception):
    """There is no such site: one line with the remedy."""


def peer(folder: Path) -> Target:
    """The page to compare with: PEER_PAGE of the built site PEER, otherwise SQLAlchemy's own, fetched into `folder`.

    Raises PeerError.
    """
    given = os.environ.get("PEER")
    if given:
        page = os.environ.get("PEER_PAGE", "")
        if not file_of(Path(given), page).is_file():
            raise PeerError(f"{file_of(Path(given), page)} is not there: PEER is a folder, PEER_PAGE a path below it")
        return Target(f"PEER {page or 'home'}", Path(given), page)
    return Target(f"SQLAlchemy {PAGE}", _sqlalchemy(folder), PAGE)


def _sqlalchemy(folder: Path) -> Path:
    """Fetch the documentation of the SQLAlchemy that is installed: its source distribution holds it built."""
    wanted = f"sqlalchemy=={version('sqlalchemy')}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "sqlalchemy"]
    try:
        subprocess.run([*command, "--dest", str(folder), wanted], check=True, capture_output=True, timeout=SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        remedy = "go online, or name another built site with PEER=folder"
        raise PeerError(f"the documentation of {wanted} could not be fetched: {remedy}") from None
    with tarfile.open(next(folder.glob("sqlalchemy-*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    docs = next(folder.glob("sqlalchemy-*/doc"))
    if not file_of(docs, PAGE).is_file():
        raise PeerError(f"{wanted} comes without {PAGE}: name a built site with PEER=folder")
    return docs
