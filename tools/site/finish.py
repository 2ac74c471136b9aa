"""The last pass over the built folder, both languages at once: `python -m tools.site.finish SITE`.

A page gets its content security policy and what its tags lack, the 404 page the other languages, the changes a feed;
files that no page asks for go; the worker that keeps pages for readers without network comes.
What is done is not done again: the pass may be repeated.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from tools.site import allowed_html, feed, not_found, offline, playground

# Maps of the theme's sources, and its search.
UNUSED_THEME_FILES = ("assets/**/*.map", "assets/javascripts/lunr/**/*", "assets/javascripts/workers/*")
UNUSED_FILES = ("sitemap.xml.gz",)  # holds the time of the build: the same commit shall build the same bytes
CHARSET = '<meta charset="utf-8">'
POLICY = '<meta http-equiv="Content-Security-Policy"'


class ThemeChanged(Exception):
    """The theme's pages no longer are as they were: one line that says what to mend."""


def finish(site: Path, policy: bool = True) -> list[str]:
    """Finish the site in a folder. `policy`: whether pages get one; those that mkdocs serves reload by inline script.

    Returns what could not be done, since the theme has changed or a page lacks something, and what pages hold that is
    not allowed: a line each. Raises OSError, LocaleError.
    """
    faults = []
    held: dict[str, list[str]] = {}  # what is not allowed → the pages that hold it
    for folder in languages(site):
        for pattern in UNUSED_THEME_FILES + UNUSED_FILES:
            for path in sorted(folder.glob(pattern), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
        try:
            feed.add(folder)
        except feed.FeedError as error:
            faults.append(str(error))
    not_found.merge(languages(site))
    for path in sorted(set(site.rglob("*.html")) - {site / playground.FRAME}):  # which has a policy of its own
        faults += _rewrite(path, lambda html: add_csp(mend_tags(html)) if policy else mend_tags(html))
        for problem in allowed_html.problems(path.read_text("utf-8")) if policy else ():
            held.setdefault(problem, []).append(path.relative_to(site).as_posix())
    for problem, pages in held.items():
        others = f" (and {len(pages) - 1} other pages)" if len(pages) > 1 else ""
        faults.append(f"{pages[0]} {problem}{others}")
    if policy:  # while pages are served, none is kept: they change at every edit
        offline.write(site)
    return list(dict.fromkeys(faults))


def languages(site: Path) -> list[Path]:
    """The folders that are a site of one language each: the site itself, and those below it."""
    return [site, *sorted(path.parent for path in site.glob("*/404.html"))]


def mend_tags(html: str) -> str:
    """Drop what HTML does not allow."""
    html = html.replace(' tabindex=""', "")
    return re.sub(r'(<input class="md-toggle"[^>]*) autocomplete="off"', r"\1", html)


def add_csp(html: str) -> str:
    """Add a content security policy that allows this site, and of inline scripts only those that the theme brings.

    Styles that scripts set and the theme's data: icons stay allowed; nothing from anybody else is.
    Raises ThemeChanged for a page that does not begin as the theme's do.
    """
    if f"{CHARSET}{POLICY}" in html:
        return html
    if CHARSET not in html:
        raise ThemeChanged(f"the theme's pages have no {CHARSET}: mend add_csp() in tools/site/finish.py")
    # The playground's frame is given as text, so it may do what the page may, less what its own policy forbids.
    frame = playground.frame_sources() if 'class="playground"' in html else {}
    scripts = " ".join(["'self'", *allowed_html.hashes(html), *frame.get("script-src", [])])
    workers = " ".join(["'self'", *frame.get("worker-src", [])])
    rules = [
        "default-src 'none'",
        f"script-src {scripts}",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        f"worker-src {workers}",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return html.replace(CHARSET, f'{CHARSET}{POLICY} content="{"; ".join(rules)}">', 1)


def _rewrite(path: Path, change: Callable[[str], str]) -> list[str]:
    """Change a file; return what keeps it from being changed."""
    old = path.read_text("utf-8")
    try:
        new = change(old)
    except ThemeChanged as error:
        return [str(error)]
    if new != old:
        path.write_text(new, "utf-8")
    return []


def main(arguments: list[str]) -> int:
    """Finish the site in the folder named."""
    if len(arguments) != 1 or not (Path(arguments[0]) / "index.html").is_file():
        print("name a folder that holds a built site: python -m tools.site.finish site")
        return 2
    try:
        faults = finish(Path(arguments[0]))
    except OSError as error:
        faults = [str(error)]
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
