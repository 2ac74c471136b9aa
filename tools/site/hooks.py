"""What mkdocs calls while it builds. The work is done by plain modules, which know nothing of mkdocs."""

import logging
import os
import sys
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.files import File, InclusionLevel

sys.path.insert(0, str(Path(__file__).parents[2]))  # mkdocs loads this file alone; Markdown finds EXTENSION there, too

from tools.site import assets, exports, finish, generated_pages, live_checks, navigation, search, settings, templates  # noqa: E402

EXTENSION = "tools.site.extension"
log = logging.getLogger("mkdocs.plugins.session")
serving = False


def on_startup(command, dirty):
    global serving
    serving = command == "serve"


def on_config(config):
    docs, only = Path(config.docs_dir), os.environ.get("ONLY", "") if serving else ""
    config.site_url, config.edit_uri = settings.addresses(config.site_url, config.edit_uri, docs.name)
    config.extra.update(settings.extra(config.site_url, config.edit_uri, docs.name, only), serving=serving)
    config.nav = navigation.chapters(config.nav, docs, config.extra.get("chapters", {}), only)
    config.markdown_extensions.append(EXTENSION)
    config.mdx_configs[EXTENSION] = settings.extension(docs.name, config.edit_uri)
    if only:  # links to pages that are left out are no faults
        config.validation.links.not_found = logging.DEBUG
    return config


def on_pre_build(config):
    if serving and Path(config.docs_dir).name == settings.FIRST and not config.extra["only"]:
        for problem in live_checks.problems():  # a chapter is to be quick, and goes without
            log.warning(problem)


def on_files(files, config):
    for file in list(files.documentation_pages()):
        if not navigation.wanted(file.src_uri, config.extra["only"]):
            files.remove(file)
    for uri, content in assets.files(Path(config.docs_dir).name):
        files.append(File.generated(config, uri, content=content))
    for name, text in generated_pages.pages(Path(config.docs_dir), config.extra["only"]).items():
        files.append(File.generated(config, name, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
    return files


def on_env(env, config, files):  # all pages are rendered, no file is written yet
    pages = [file.page for file in files.documentation_pages()]
    searched = [search.SearchPage(page.url, page.meta, page.content) for page in pages]
    for uri, content in search.files(searched).items():
        files.append(File.generated(config, uri, content=content))
    return templates.configure_jinja(env)


def on_page_markdown(markdown, page, config, files):
    config.mdx_configs[EXTENSION].update(page=page.file.src_uri, description=str(page.meta.get("description", "")))
    page.meta.update(navigation.published_meta(page.meta, markdown))
    return markdown


def on_post_build(config):
    exports.write(settings.site(config), config.mdx_configs[EXTENSION]["texts"])
    if Path(config.docs_dir).name != settings.FIRST:
        return
    for settings_file, changed in settings.other_languages(config.site_dir, config.site_url):
        other = load_config(settings_file, strict=config.strict, **changed)
        other.plugins.on_startup(command="serve" if serving else "build", dirty=False)
        build(other)
    for fault in finish.finish(Path(config.site_dir), policy=not serving):
        log.warning(fault)
