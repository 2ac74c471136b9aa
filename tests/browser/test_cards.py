"""A card as a browser draws it."""

import os
import struct
import subprocess
import sys

import pytest

from tests.site.test_cards import page
from tools.content.repository import ROOT


def test_a_card_is_a_picture_of_the_size_that_networks_ask_for(tmp_path):
    if not os.environ.get("BROWSER_TESTS"):
        pytest.skip("not run: make check opens the pages in a browser")
    (tmp_path / "index.html").write_text(page("zh-Hans", story=None), "utf-8")
    command = [sys.executable, "-m", "tools.commands.cards", str(tmp_path), "--required"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert not run.returncode, run.stderr
    drawn = next((tmp_path / "assets" / "cards").glob("*.png")).read_bytes()
    assert struct.unpack(">II", drawn[16:24]) == (1200, 630)
