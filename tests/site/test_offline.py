"""The script of the service worker; tests/browser/test_offline.py says what it does."""

import re
from urllib.parse import urljoin

from tests.conftest import ADDRESS
from tools.content import locale
from tools.site import offline

SIZE = 3 * 1024


def test_it_is_small_and_speaks_every_language():
    script = offline.script("0" * 16)
    assert len(script.encode()) <= SIZE
    for language in "en", "zh":
        assert locale.words(language, "offline")["title"] in script
    assert "$" not in script.replace("${", "").replace("$/", ""), "a name in service_worker.js is not filled in"


def test_a_build_is_known_by_all_that_is_in_it(tmp_path):
    (tmp_path / "index.html").write_text("one")
    offline.write(tmp_path)
    first = (tmp_path / offline.NAME).read_text("utf-8")
    offline.write(tmp_path)
    assert (tmp_path / offline.NAME).read_text("utf-8") == first, "the worker's own text makes no other build"
    (tmp_path / "index.html").write_text("two")
    offline.write(tmp_path)
    assert (tmp_path / offline.NAME).read_text("utf-8") != first


def test_there_is_one_for_both_languages(site):
    assert [path.relative_to(site).as_posix() for path in site.rglob(offline.NAME)] == [offline.NAME]
    for page in "index.html", "zh/index.html", "zh/states/quiz/index.html":
        html = (site / page).read_text("utf-8")
        named = re.search('<meta name="service-worker" content="(.*?)">', html)[1]
        assert urljoin(ADDRESS + page, named) == ADDRESS + offline.NAME
