"""Reading: the language switch, the color schemes, copying, and life without JavaScript."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE, use

PAGE = "flush-and-commit/flush-versus-commit/"


def test_the_switch_stays_on_the_page_and_the_heading(visit, address):
    page = visit(PAGE)
    heading = page.locator("article h2").nth(1).get_attribute("id")
    page.goto(f"{address}/{PAGE}#{heading}")
    page.locator(".language-switch").click()
    page.wait_for_load_state()
    assert page.url == f"{address}/zh/{PAGE}#{heading}"
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    page.locator(".language-switch").click()
    page.wait_for_load_state()
    assert page.url == f"{address}/{PAGE}#{heading}"


def test_the_switch_stays_on_the_step(visit, address):
    step = "steps-only_commit_shows_a_row-5"
    page = visit(f"{PAGE}#{step}")
    page.mouse.wheel(0, 30)
    page.wait_for_timeout(500)
    assert page.url.endswith(step), "the address keeps the step while one scrolls"
    page.locator(".language-switch").click()
    page.wait_for_load_state()
    assert page.url == f"{address}/zh/{PAGE}#{step}"
    assert page.locator(f".stepper .bar a[href='#{step}']").is_visible()


def test_the_switch_follows_the_scroll(visit, address):
    page = visit(PAGE)
    use(page)
    page.mouse.wheel(0, 1300)  # above the stepper, which would be kept itself
    page.wait_for_timeout(500)
    passed = page.evaluate(
        """() => [...document.querySelectorAll("article :is(h2, h3)[id]")]
            .filter((heading) => heading.getBoundingClientRect().top < 100).pop().id"""
    )
    page.locator(".language-switch").click()
    page.wait_for_load_state()
    assert page.url == f"{address}/zh/{PAGE}#{passed}"


def test_the_scheme_can_be_chosen_and_is_kept(visit, address):
    page = visit("")
    page.locator("label[for=__palette_1]:visible, label[for=__palette_0]:visible").first.click()
    chosen = page.evaluate("document.body.getAttribute('data-md-color-scheme')")
    assert chosen == "slate"
    page.goto(f"{address}/{PAGE}")
    assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"


def test_the_first_key_opens_the_search(visit):
    page = visit(PAGE)
    page.keyboard.press("/")
    page.locator("dialog.search input:focus").wait_for()


def test_what_is_folded_is_printed(visit):
    page = visit("reference/versions/")
    folded = page.locator(".changes details > :not(summary)").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert folded.is_visible()


def test_a_page_reads_without_javascript(visit):
    page = visit(PAGE, viewport=PHONE, javascript=False)
    assert page.locator("article pre code").first.is_visible() or page.locator("details.setup").first.is_visible()
    page.locator("details.setup > summary").first.click()
    assert page.locator("details.setup pre").first.is_visible()
    assert page.locator(".language-switch").is_visible()


def test_code_is_copied_whole(visit):
    page = visit(PAGE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator("article > .highlight").first
    block.hover()
    block.locator("button").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == block.locator("code").inner_text().strip()
    assert page.complaints == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_tab_reaches_what_scrolls_and_nothing_else(visit, viewport):
    page = visit(PAGE, viewport=viewport)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    for _ in range(2):  # before and after the theme has seen the end of the page
        page.wait_for_timeout(500)
        wrong = page.locator("article .md-typeset__scrollwrap, article pre > code").evaluate_all(
            "all => all.filter(one => (one.scrollWidth > one.clientWidth) !== (one.tabIndex === 0)).length"
        )
        assert wrong == 0
        page.evaluate("scrollTo(0, document.body.scrollHeight)")


def test_colors_change_at_once(visit):
    page = visit("")
    page.evaluate(
        """() => {
            window.marked = new Promise((done) => {
                new MutationObserver(() => done(true))
                    .observe(document.body, { attributeFilter: ["data-md-color-switching"] });
                setTimeout(done, 10000, false);
            });
        }"""
    )
    page.locator("label[for=__palette_1]:visible, label[for=__palette_0]:visible").first.click()
    assert page.evaluate("window.marked")  # the theme's mark, under which nothing fades


@pytest.fixture
def miss(visit, address, site):
    """Open an address that has no page, as hosts do: miss(path, …)."""

    def open_missing(path: str, **options):
        page = visit("", **options)
        page.context.route(  # its worker asks, too
            f"**/{path}", lambda route: route.fulfill(path=site / "404.html", content_type="text/html")
        )
        page.goto(f"{address}/{path}")
        return page

    return open_missing


@pytest.mark.parametrize(
    ("path", "tag", "title", "home", "other"),
    [
        ("no/such/page/", "en", "Page not found", "/session/", "/session/zh/"),
        ("zh/no/such/", "zh-Hans", "找不到页面", "/session/zh/", "/session/"),
    ],
)
def test_a_missing_page_speaks_the_language_of_its_address(miss, path, tag, title, home, other):
    page = miss(path)
    page.locator(f".md-header .md-logo[href^='{home}']").wait_for()
    assert page.locator("h1:visible").all_inner_texts() == [title]
    assert page.title().startswith(title) and page.evaluate("document.documentElement.lang") == tag
    assert page.locator("article a:visible").first.get_attribute("href") == home
    assert page.locator(".language-switch").evaluate("link => link.pathname") == other


@pytest.mark.parametrize(
    ("path", "words", "query", "result"),
    [
        ("no/such/page/", ["Search", "Menu", "Get started"], "rollback", "/session/flush-and-commit/rollback/"),
        ("zh/no/such/", ["搜索", "菜单", "快速开始"], "回滚", "/session/zh/flush-and-commit/rollback/"),
    ],
)
def test_header_menu_and_search_of_a_missing_page_do_too(miss, path, words, query, result):
    page = miss(path, viewport=PHONE)
    search, menu, chapter = words
    page.get_by_role("button", name=menu).click()
    page.locator(".md-nav--primary").get_by_text(chapter, exact=True).wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=search, exact=True).click()
    page.get_by_role("searchbox", name=search).fill(query)
    page.locator(".search-results a").first.wait_for()
    found = page.locator(".search-results a").evaluate_all("links => links.map((link) => link.pathname)")
    assert result in found[:3]
    english = page.locator(".md-header, .md-nav--primary").evaluate_all(
        "all => all.flatMap((one) => [one, ...one.querySelectorAll('[aria-label], [title], [placeholder]')])"
        ".flatMap((one) => ['aria-label', 'title', 'placeholder'].map((name) => one.getAttribute(name)))"
        ".filter((words) => words && !/[\u4e00-\u9fff]/.test(words))"
    )
    assert bool(english) is (not path.startswith("zh/")), english


@pytest.mark.parametrize(
    ("path", "offered"),
    [
        ("flush/rolback.html", "/session/flush-and-commit/rollback/"),
        ("zh/errors/detached/", "/session/zh/errors/detached-instance/"),
        ("zh/flush-and-commit/rolback/", "/session/zh/flush-and-commit/rollback/"),
    ],
)
def test_a_missing_page_offers_those_that_its_address_may_mean(miss, path, offered):
    page = miss(path)
    page.locator(f'.not-found:visible p + p + ul a[href$="{offered}"]').wait_for(timeout=5_000)


def test_a_missing_page_can_be_read_without_scripts(visit):
    page = visit("404.html", javascript=False)
    assert page.locator("h1:visible").all_inner_texts() == ["Page not found", "找不到页面"]


@pytest.mark.parametrize(
    ("scheme", "color", "switched"), [("light", "#fdfcf9", "#14191d"), ("dark", "#14191d", "#fdfcf9")]
)
def test_the_color_of_the_browser_follows_the_scheme(visit, scheme, color, switched):
    page = visit("", scheme=scheme)
    use(page)
    named = "[...document.querySelectorAll('meta[name=theme-color]')].map(({ content }) => content).join()"
    assert page.evaluate(named) == color
    page.locator("label[for=__palette_1]:visible, label[for=__palette_0]:visible").first.click()
    page.wait_for_function(f"{named} === '{switched}'")


@pytest.mark.parametrize(("path", "menu", "search"), [("", "Menu", "Search"), ("zh/", "菜单", "搜索")])
def test_a_keyboard_reaches_the_menu_and_leaves_it(visit, path, menu, search):
    page = visit(f"{path}reference/states/", viewport=PHONE)
    names = []
    for _ in range(14):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.ariaLabel || document.activeElement.tagName"))
    assert menu in names and search in names
    assert "SUMMARY" in names, "the pages of the closed menu are in the way of the article"
    button = page.get_by_role("button", name=menu)
    button.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    page.locator(".md-nav__link--active").first.wait_for(state="visible")
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.ariaLabel") == menu


@pytest.mark.parametrize("width", [320, 520, 640, 700])
def test_buttons_keep_their_width_on_every_screen(visit, width):
    page = visit("", viewport={"width": width, "height": 700})
    for button in page.locator(".stepper .bar button").all():
        assert button.bounding_box()["width"] >= 24


LINES = """title => {
    const text = title.firstChild, lines = [];
    for (let at = 0; at < text.length; at++) {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        const { top } = range.getBoundingClientRect();
        if (lines.at(-1)?.top === top) lines.at(-1).said += text.data[at];
        else lines.push({ top, said: text.data[at] });
    }
    return lines.map(({ said }) => said);
}"""


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_chinese_title_breaks_at_marks(visit, viewport):
    lines = visit("zh/flush-and-commit/rollback/", viewport=viewport).locator("article h1").evaluate(LINES)
    assert len(lines) > 1 and all(line[-1] in "：， )" for line in lines[:-1]), lines
