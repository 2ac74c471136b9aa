"""Tables read a story's moments and computed data; what does not fit is one line."""

import shutil

import pytest

from tools.content.repository import ROOT
from tools.tables.table import TableError
from tools.tables.told import Told, data

STORY, DATA = "start/three_calls.py", "tables/transitions/data.json"


@pytest.fixture
def snippets(tmp_path):
    """One story with its recording, and computed data, that tests may break."""
    for name in ("snippets/start/three_calls.py", "snippets/start/three_calls.trace.jsonl", DATA):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path / "snippets"


def break_recording(snippets):
    (snippets / "start" / "three_calls.trace.jsonl").write_text("{}\n", "utf-8")


def break_data(snippets):
    (snippets.parent / DATA).write_text("{", "utf-8")


@pytest.mark.parametrize(
    ("ruin", "read", "said"),
    [
        (None, lambda s: Told("x/y.py", s), "snippets/x/y.py: is read by a table and is gone; mend tools/"),
        (
            lambda s: (s / "start" / "three_calls.trace.jsonl").unlink(),
            lambda s: Told(STORY, s),
            f"snippets/{STORY}: has no recording; run make record STORY={STORY}",
        ),
        (break_recording, lambda s: Told(STORY, s), "not a recording"),
        (None, lambda s: Told(STORY, s).at("fly()"), f"snippets/{STORY}: does not say 'fly()' any more"),
        (
            None,
            lambda s: Told(STORY, s).at("session.commit()", 3),
            f"snippets/{STORY}: does not say 'session.commit()' 3 times; mend tools/tables/summaries.py",
        ),
        (
            None,
            lambda s: Told(STORY, s).at("session.commit()").object("nobody"),
            "'nobody' is not recorded there; mend tools/tables/summaries.py",
        ),
        (
            lambda s: (s.parent / DATA).unlink(),
            lambda s: data("transitions", s.parent / "tables"),
            "tables/transitions/data.json: is missing; run make record STORY=tables/transitions",
        ),
        (
            break_data,
            lambda s: data("transitions", s.parent / "tables"),
            "tables/transitions/data.json: Expecting property name",
        ),
    ],
)
def test_what_does_not_fit_is_one_line(snippets, ruin, read, said):
    if ruin:
        ruin(snippets)
    with pytest.raises(TableError) as failure:
        read(snippets)
    assert said in str(failure.value)
    assert "\n" not in str(failure.value)
