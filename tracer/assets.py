"""Put the stepper's script and style together from the parts in `static/stepper/`, with the words of each language.

The parts are plain scripts without imports: a later one uses what an earlier one names. Together they run in a browser,
and without a document in Node, where `sessionStepper.still()` draws one step as SVG.
"""

import json
import re
import tomllib
from typing import Any

from tracer.locale import folder

LANGUAGES = ("en", "zh")
PICTURE = ("frames", "places", "lines", "shapes", "geometry", "boxes", "plan", "ways", "still")  # need no document
WIDGET = ("page", "paint", "code", "log", "sentence", "controls", "address", "program", "stepper", "start")
STYLES = ("states", "listing", "widget", "picture", "narrow", "media")


def words(language: str, part: str = "stepper") -> dict[str, Any]:
    """The words of a part, `stepper` or `quiz`, in a language: `locale/PART-words.LANGUAGE.toml`."""
    return tomllib.loads((folder("locale") / f"{part}-words.{language}.toml").read_text("utf-8"))


def script(languages: tuple[str, ...] = LANGUAGES, document: bool = True) -> str:
    """The script of a page's steppers. Without `document`, only what draws still frames."""
    parts = (_read(f"{name}.js") for name in (*PICTURE, *(WIDGET if document else ("node",))))
    return _block(f"const CATALOGUE = {_catalogue(languages, 'stepper')};", *parts)


def predict(languages: tuple[str, ...] = LANGUAGES) -> str:
    """The script of "predict first" and of quizzes, with its style, which a page loads when a reader asks for it."""
    look = " ".join(re.sub(r"/\*.*?\*/", "", _read("predict.css"), flags=re.DOTALL).split())
    return _block(f"const QUIZ = {_catalogue(languages, 'quiz')}, STYLE = {json.dumps(look)};", _read("predict.js"))


def style() -> str:
    """The style of the listing and of the stepper."""
    return "\n".join(_read(f"{name}.css") for name in STYLES)


def _catalogue(languages: tuple[str, ...], part: str) -> str:
    said = {language: words(language, part) for language in languages}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _block(*parts: str) -> str:
    """One block, so that nothing that it names is global."""
    return "{\n" + "\n".join(parts) + "}\n"


def _read(name: str) -> str:
    return (folder("static") / "stepper" / name).read_text("utf-8")
