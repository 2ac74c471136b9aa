"""The tabs of a story that was recorded in several places: the one that a reader chose is remembered."""

STORY = "only_a_failed_flush_rolls_back"
PAGE = "flush-and-commit/rollback/"


def test_the_database_that_one_chose_is_remembered(visit, address):
    page = visit(PAGE)
    page.get_by_text("PostgreSQL", exact=True).first.click()
    chosen = page.locator(f".tabbed-set:has(#steps-{STORY}) > input:checked")
    assert chosen.get_attribute("id").endswith("-1")
    page.goto(f"{address}/{PAGE}")
    page.locator(f".tabbed-set:has(#steps-{STORY}) > input[id$='-1']:checked").wait_for(state="attached")
