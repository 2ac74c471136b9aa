"""What notices a careless edit of a story: `make mutate STORY=start/three_calls`, or a folder, or all.

Each mutant of a story (tools/run/mutants.py) runs by itself. What notices it is, in this order of trust: an assertion
or another exception, a checked comment, a table that the story proves, the story's file of facts
(tools/run/story_facts.py), its recording, which `make record` would overwrite, or nothing.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy

from tools.content.repository import Repository
from tools.run import databases, markers, recordings, story_facts, variants
from tools.run.candidate_facts import CandidateFact, candidates, failing, proposal
from tools.run.mutants import Mutant, mutants
from tools.run.sandbox import ProgramFailed, apart, folder_for_runs
from tools.tables import evidence
from tools.tables.evidence import EXCEPTION, NOTHING, ORDER, RECORDING, SAME, Subject
from tools.tables.table import TableError
from tracer import Recording, loads

SECONDS = 10  # that a mutant may run
NOTICED, WITHOUT_RECORDINGS = 99, 85  # percent of what is not equivalent, in a chapter


@dataclass(frozen=True)
class Verdict:
    """What notices a mutant, what that says, and which of the story's facts would (only where asked for)."""

    mutant: Mutant
    by: str
    said: str
    failing: tuple[int, ...] = ()


@dataclass
class Result:
    """The verdicts on a story's mutants; `declared`: those that its file of facts says to be equivalent."""

    story: Path
    verdicts: list[Verdict]
    declared: dict[str, str]
    known: list[CandidateFact]

    @property
    def counted(self) -> list[Verdict]:
        """Those that are not equivalent."""
        return [one for one in self.verdicts if not self.is_equivalent(one)]

    def is_equivalent(self, verdict: Verdict) -> bool:
        """Whether the story does the same with the mutant, or is said to mean the same."""
        return verdict.by == SAME or (verdict.by in (RECORDING, NOTHING) and verdict.mutant.change in self.declared)


def main(arguments: list[str] | None = None, repository: Repository | None = None) -> int:
    """Print which mutants only a recording notices, or nothing, and the figures; return the exit status."""
    parser = argparse.ArgumentParser(prog="make mutate", description="What notices a careless edit of a story.")
    parser.add_argument("story", nargs="*", help="paths below snippets/, or parts of them; none: all stories")
    parser.add_argument("--suggest", action="store_true", help="print facts that would notice what the recording does")
    options = parser.parse_args(arguments)
    repository = repository or Repository()
    try:
        place = variants.here()
        databases.check(os.environ.get("DATABASE_URL"))
        return _mutate(repository, [name for name in options.story if name], place, options.suggest)
    except (variants.AddressError, databases.NoServer, markers.MarkerError, TableError, ProgramFailed) as error:
        print(error)
        return 1


def _mutate(repository: Repository, names: list[str], place: str, suggest: bool) -> int:
    asked = [path for path in repository.stories if not names or any(name in _name(path) for name in names)]
    if not asked:
        print(f"no story is called {' '.join(names)}: name one as in make mutate STORY=start/three_calls")
        return 1
    stories = [path for path in asked if _runs(path, place)]
    for story in asked:
        if story not in stories:
            print(f"{_name(story)}: left out: it needs another database, or is not recorded")
    problems: list[str] = []
    results = []
    for result in _results(repository.root, stories, place, suggest, problems):
        results.append(result)
        for line in [*_lines(result), *(_proposal(result) if suggest else [])]:
            print(line, flush=True)
    for line in _figures(results):
        print(line)
    # Elsewhere some stories differ, and the figures of a chapter say little.
    chapters = set() if place else {path.parent.name for path in repository.stories}
    whole = [name for name in chapters if {path for path in repository.stories if path.parent.name == name} <= {*asked}]
    problems += _too_few([result for result in results if result.story.parent.name in whole])
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def _name(story: Path) -> str:
    return "/".join(story.parts[-3:])


def _runs(story: Path, place: str) -> bool:
    """Whether a story runs here, and what it does here can be compared."""
    said = markers.read(story)
    return said.runs_on(place) and not (said.not_recorded and not place)


def _results(root: Path, stories: Iterable[Path], place: str, suggest: bool, problems: list[str]) -> Iterator[Result]:
    """The stories' verdicts, one story after the other; what keeps a story from being judged goes to `problems`."""
    recorded = functools.partial(recordings.recorded_text, root=root)
    subjects = []
    for story, text in list(apart(recorded, stories)):
        if isinstance(text, ProgramFailed):
            problems.append(str(text))
            continue
        try:
            said = story_facts.read(story)
        except story_facts.FactsError as error:
            problems.append(f"{_name(story_facts.path_of(story))}: {error}")
            continue
        found = loads(text) if text else Recording("", sqlalchemy.__version__, "", place.partition("+")[0])
        if wrong := recordings.problems(story, found) if text else []:
            problems += wrong
            continue
        cells = evidence.cells("/".join(story.parts[-2:]), "", root) if not place else []
        subjects.append((Subject(story, story.read_text("utf-8"), found, cells), said, candidates(found)))
    with folder_for_runs() as folder:
        cases: dict[Path, tuple[Subject, Mutant, list[CandidateFact]]] = {}
        of: dict[Path, list[Path]] = {}
        for subject, _, known in subjects:
            for mutant in mutants(subject.source):
                path = _written(Path(folder) / str(len(cases)), subject.story, mutant, root)
                cases[path] = (subject, mutant, known if suggest else [])
                of.setdefault(subject.story, []).append(path)
        verdicts = _verdicts(cases)
        for subject, said, known in subjects:
            own = [next(verdicts) for _ in of.get(subject.story, ())]
            declared = said.equivalent_at(subject.recording)
            result = Result(subject.story, own, declared, known)
            problems += _bad_declarations(result)
            yield result


def _written(folder: Path, story: Path, mutant: Mutant, root: Path) -> Path:
    """A mutant as a file, with the modules that stories share beside its chapter."""
    path = folder / "snippets" / story.parent.name / story.name
    path.parent.mkdir(parents=True)
    path.write_text(mutant.source, "utf-8")
    for module in (root / "snippets").glob("*.py"):
        (path.parents[1] / module.name).symlink_to(module)
    return path


def _verdicts(cases: dict[Path, tuple[Subject, Mutant, list[CandidateFact]]]) -> Iterator[Verdict]:
    """What notices each mutant, in the given order."""
    for path, result in apart(functools.partial(_judged, cases), cases, SECONDS):
        mutant = cases[path][1]
        if isinstance(result, ProgramFailed):
            yield Verdict(mutant, EXCEPTION, str(result))
        else:
            by, said, wrong = json.loads(result)
            yield Verdict(mutant, by, said, tuple(wrong))


def _judged(cases: dict[Path, tuple[Subject, Mutant, list[CandidateFact]]], path: Path) -> str:
    """Run a mutant here and now, and say what notices it. Raises ProgramFailed, which notices it, too."""
    subject, mutant, known = cases[path]
    text = recordings.recorded_text(path, path.parents[2])
    if not text:
        return json.dumps([NOTHING, "", []])
    found = loads(text)
    by, said = evidence.notices(subject, mutant, found)
    wrong = failing(known, found, mutant.moved) if known and by == RECORDING else []
    return json.dumps([by, said, wrong])


def _bad_declarations(result: Result) -> Iterator[str]:
    by_change = {one.mutant.change: one for one in result.verdicts}
    shown = _name(story_facts.path_of(result.story))
    for change in result.declared:
        if change not in by_change:
            yield f"{shown}: equivalent '{change}' is no change of the story: copy one from make mutate, or delete it"
        elif not result.is_equivalent(by_change[change]):
            one = by_change[change]
            yield f"{shown}: equivalent '{change}' is noticed ({one.by}: {one.said}): delete it"
        elif by_change[change].by == SAME:
            yield f"{shown}: equivalent '{change}' needs no word: the story does the same in either order; delete it"


def _lines(result: Result) -> Iterator[str]:
    """The mutants that a recording alone notices, and those that nothing does."""
    for one in result.counted:
        where = f"{_name(result.story)}:{one.mutant.line}: {one.mutant.change}"
        if one.by == RECORDING:
            yield f"{where}: the recording alone notices: {one.said[:300]}"
        elif one.by == NOTHING:
            yield f"{where}: nothing notices"


def _figures(results: list[Result]) -> Iterator[str]:
    """A line for each story, each chapter and all of them."""
    yield f"{'':58}{'mutants':>8}{'noticed':>9}{'without recordings':>20}{'equivalent':>12}"
    chapters: dict[str, list[Result]] = {}
    for result in results:
        chapters.setdefault(result.story.parent.name, []).append(result)
    for chapter, own in chapters.items():
        if len(own) > 1:
            for result in own:
                yield _figure(f"  {'/'.join(result.story.with_suffix('').parts[-2:])}", [result])
        yield _figure(chapter if len(own) > 1 else "/".join(own[0].story.parts[-2:]), own)
    if len(chapters) > 1:
        yield _figure("all", results)
    counted = Counter(one.by for result in results for one in result.counted)
    yield "noticed by: " + ", ".join(f"{name} {counted[name]}" for name in ORDER if name in counted)


def _figure(name: str, results: list[Result]) -> str:
    total, noticed, firmly = _percent(results)
    number = sum(len(result.verdicts) for result in results)
    return f"{name:58}{number:>8}{noticed:>8.1f}%{firmly:>19.1f}%{number - total:>12}"


def _percent(results: list[Result]) -> tuple[int, float, float]:
    """How many mutants are not equivalent, and the percentages that are noticed, and without recordings."""
    counted = [one for result in results for one in result.counted]
    total = len(counted)
    noticed = sum(one.by != NOTHING for one in counted)
    firmly = sum(one.by not in (NOTHING, RECORDING) for one in counted)
    return total, 100 * noticed / (total or 1), 100 * firmly / (total or 1)


def _proposal(result: Result) -> list[str]:
    """Facts that together notice what the recording alone does."""
    wrong = [(one.mutant.change, set(one.failing)) for one in result.counted if one.by == RECORDING]
    return list(proposal(result.story.read_text("utf-8"), result.known, wrong))


def _too_few(results: list[Result]) -> Iterator[str]:
    """The chapters in which too many mutants go unnoticed."""
    for chapter in sorted({result.story.parent.name for result in results}):
        total, noticed, firmly = _percent([result for result in results if result.story.parent.name == chapter])
        if total and noticed < NOTICED:
            what = f"{noticed:.1f} % of its mutants are noticed, and {NOTICED} % should be"
            yield f"snippets/{chapter}: {what}: write a fact, or declare what is equivalent"
        if total and firmly < WITHOUT_RECORDINGS:
            what = f"{firmly:.1f} % of its mutants are noticed without recordings, and {WITHOUT_RECORDINGS} % should be"
            yield f"snippets/{chapter}: {what}: write facts, as make mutate SUGGEST=1 proposes them"


if __name__ == "__main__":
    sys.exit(main())
