"""Requirements and locks are read as pip and uv write them."""

from tools.content import requirements
from tools.content.repository import ROOT
from tools.content.requirements import Named, Unread


def test_what_is_named_with_versions_reasons_and_includes(tmp_path):
    (tmp_path / "more.in").write_text("Zope.Interface[x,y]==1.0   # why\n", "utf-8")
    path = tmp_path / "all.in"
    path.write_text("# a comment\n-r more.in\n\nother_thing\n-e .\n", "utf-8")
    assert requirements.named(path) == [
        Named("zope-interface", "==1.0", "why", tmp_path / "more.in", 1),
        Named("other-thing", "", "", path, 4),
        Unread(path, 5, "-e ."),
    ]


def test_a_lock_with_hashes_and_who_needs_what(tmp_path):
    path = tmp_path / "lock.txt"
    sha = "--hash=sha256:" + "a" * 64
    path.write_text(
        f"# made by uv\none==1.0 ; sys_platform == 'win32' \\\n    {sha} \\\n    {sha}\n    # via\n    #   -r all.in\n"
        "    #   two\ntwo==2.0\n    # via one\n    --hash=md5:aa\n",
        "utf-8",
    )
    locked, unread = requirements.locked(path)
    assert [(one.name, one.version, one.line, one.hashes, one.via) for one in locked.values()] == [
        ("one", "1.0", 2, 2, ["-r all.in", "two"]),
        ("two", "2.0", 8, 0, ["one"]),
    ]
    assert unread == [Unread(path, 10, "--hash=md5:aa")]


def test_the_lock_of_the_site_is_read_to_its_end():
    locked, unread = requirements.locked(ROOT / "requirements.txt")
    text = (ROOT / "requirements.txt").read_text("utf-8")
    assert not unread and len(locked) > 30
    assert sum(one.hashes for one in locked.values()) == text.count("--hash=sha256:")
