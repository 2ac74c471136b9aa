"""What mkdocs calls while it builds. Thin: the work is done in plain modules beside this one."""

import gc
import logging
import os
import re
import sys
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from material.plugins.search import plugin as search_plugin
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page

sys.path.insert(0, str(Path(__file__).parents[2]))  # mkdocs loads this file without its package

from tools.checks import check
from tools.content import translation
from tools.content.pages import UnreadableError  # noqa: E402
from tools.content.repository import ROOT, Repository  # noqa: E402
from tools.site import built_pages, cache, cached_pages, chinese_words, inline_svg, minify, show_errors
from tools.site.layout import LayoutExtension  # noqa: E402
from tools.site.search_text import Parser  # noqa: E402
from tools.tables import proven, registry, stepper
from tools.tables.story_pages import story_pages

ASSETS = ROOT / "docs" / "assets"
NOTICE = "/// note | 本节待更新\n英文版的这一节已经改动，中文译文还没有跟上，请以英文版为准。\n///\n"

# What the theme brings and no page of ours asks for: maps of its sources, and word stems of languages we do not speak.
UNASKED = re.compile(r"\.map$|^assets/javascripts/lunr/")

log = logging.getLogger("mkdocs.plugins.session")
serving = False
faults: dict = {}  # what is wrong with includes, while pages are served


def _language(config) -> str:
    return Path(config.docs_dir).name


def on_startup(command, dirty):
    global serving
    serving = command == "serve"
    search_plugin.Parser = Parser
    Page.render = cached_pages.render
    if not serving:
        gc.set_threshold(50_000, 20, 100)  # a build ends before its garbage matters
    # The sitemap is the only file with a date in it, and needs none: the same commit builds the same bytes.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")


def on_config(config):
    language = _language(config)
    if serving and os.environ.get("ONLY"):  # links to pages that are left out lead nowhere, and nobody is told
        config.validation.nav.not_found = config.validation.links.not_found = logging.DEBUG
        config.validation.links.unrecognized_links = config.validation.links.anchors = logging.DEBUG
    config.edit_uri = f"{config.edit_uri.rstrip('/')}/docs/{language}/"
    if language == "zh" and not config.site_url.endswith("/zh/"):
        config.site_url = urljoin(config.site_url, "zh/")
    config.extra["root_url"] = config.site_url.removesuffix("zh/") if language == "zh" else config.site_url
    get_env = config.theme.get_env
    config.theme.get_env = lambda: built_pages.quicken(get_env())
    config.markdown_extensions.append(LayoutExtension())
    fences = config.mdx_configs.setdefault("pymdownx.superfences", {}).setdefault("custom_fences", [])
    fences.append({"name": "python", "class": "highlight", "format": built_pages.format_python})
    fences.append({"name": "plain", "class": "highlight", "format": built_pages.format_plain})
    drawn = registry.fences(language, "chapter/page.md")  # every page with a table lies as deep
    if serving:
        # A build that fails would leave the browser waiting. What is broken is said on its page instead.
        config.mdx_configs.setdefault("pymdownx.snippets", {})["check_paths"] = False
        drawn = [show_errors.patient(fence) for fence in drawn]
    fences += drawn
    return config


def _problems(repository: Repository) -> list | None:
    """Say what is wrong. An empty list, to be kept, where nothing is."""
    # The tables are drawn while the pages are built, which says what is wrong with them. What only snippets can break
    # is for those who write them, and for the tests.
    left_out = {check.check_computed} | ({check.check_messages, check.check_syntax} if not serving else set())
    problems = check.check(repository, set(check.CHECKS) - left_out)
    for problem in problems:
        log.warning(problem)
    for problem in check.check_includes(repository):
        if not serving:
            raise BuildError(str(problem))
    return None if problems else []


def on_pre_build(config):
    if _language(config) == "zh":
        return
    global faults
    repository = Repository()
    try:
        faults = repository.faults if serving else {}
        cache.builds.get(lambda: _problems(repository), cache.contents([*repository.files, repository.navigation]))
    except UnreadableError as error:
        raise BuildError(str(error)) from None


def on_files(files, config):
    only = os.environ.get("ONLY") if serving else None
    for file in files.documentation_pages() if only else []:
        if file.src_uri != "index.md" and not file.src_uri.startswith(only):
            files.remove(file)
    for file in [file for file in files if UNASKED.search(file.src_uri)]:
        files.remove(file)
    for path in sorted([*ASSETS.rglob("*"), *(stepper.STATIC / name for name in stepper.ASSETS)]):
        if path.is_file():
            uri = f"assets/{path.relative_to(ASSETS if path.is_relative_to(ASSETS) else stepper.STATIC).as_posix()}"
            if path.suffix in (".css", ".js"):
                text = stepper.asset(path.name) if path.parent == stepper.STATIC else None
                files.append(File.generated(config, uri, content=minify.asset(path, text)))
            else:
                files.append(File.generated(config, uri, abs_src_path=str(path)))
    for name, text in story_pages(_language(config)).items():
        files.append(File.generated(config, name, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
    return files


def on_nav(nav, config, files):
    titles = config.extra.get("sections", {})
    for item in nav.items:
        item.title = titles.get(item.title, item.title)
    return nav


def on_env(env, config, files):
    if _language(config) == "zh":
        chinese_words.load("\n".join(file.page.content for file in files.documentation_pages()))
    return env


def on_page_markdown(markdown, page, config, files):
    if "description" in page.meta:  # the theme's template does not escape it
        page.meta["description"] = escape(str(page.meta["description"]))
    markdown = proven.expand(markdown, _language(config), page.file.src_uri)
    markdown = show_errors.with_faults(built_pages.plain_setup(markdown), faults)
    if _language(config) != "zh":
        return markdown
    waiting = translation.awaiting(ROOT / "docs", _language(config), page.file.src_uri)
    return translation.add_notices(markdown, waiting, NOTICE)


def on_page_content(html, page, config, files):
    page.present_anchor_ids |= built_pages.anchors(html)
    html = inline_svg.inline(html, ASSETS / "figures", _language(config))
    return built_pages.wrap_tables(html)


def _finish(html, config):
    html = built_pages.label(html, "搜索" if _language(config) == "zh" else "Search")
    # mkdocs serve reloads pages through an inline script of its own.
    return html if serving else built_pages.protect(html)


def on_post_page(output, page, config):
    return _finish(output, config)


def on_post_template(output_content, template_name, config):
    return _finish(output_content, config) if template_name == "404.html" else output_content


def on_post_build(config):
    for worker in Path(config.site_dir).glob("assets/javascripts/workers/search.*.min.js"):
        worker.write_text(built_pages.mend_search_worker(worker.read_text("utf-8")), "utf-8")
    for palette in Path(config.site_dir).glob("assets/stylesheets/palette.*.min.css"):
        palette.write_text(minify.palette(palette.read_text("utf-8")), "utf-8")
    if _language(config) == "zh":
        return
    chinese = load_config(
        str(ROOT / "mkdocs.zh.yml"),
        site_dir=str(Path(config.site_dir) / "zh"),
        site_url=urljoin(config.site_url, "zh/"),
        strict=config.strict,
    )
    chinese.plugins.on_startup(command="serve" if serving else "build", dirty=False)
    build(chinese)
    cache.builds.save()
