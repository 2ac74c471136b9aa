"""The quiz: answered by click and key, a verdict with its reason, a score that stays, one set after the other."""

import pytest

from tests.browser.conftest import PHONE

PAGE = "states/quiz/"
SHOWN = ".predict:visible"


@pytest.fixture
def quiz(visit):
    def open_quiz(path: str = PAGE, **options):
        page = visit(path, **options)
        page.locator(".choices").first.wait_for()
        return page

    return open_quiz


def answer(page, number: int, letter: str) -> None:
    """Answer a question, counted from 0, by click."""
    page.locator(".predict").nth(number).locator(".choices button").nth("ABC".index(letter)).click()


def right(page, number: int) -> str:
    return page.locator(".predict").nth(number).locator("details b").first.text_content()


def reason(page, number: int) -> str:
    """What the page writes below a question, which holds without JavaScript, too."""
    found = page.locator(".predict").nth(number).locator("details p").text_content()
    assert len(found) > 30, found
    return found


def said(page, number: int) -> str:
    return page.locator(".predict").nth(number).locator(".answer > p").inner_text()


def test_five_questions_stand_open_and_the_others_wait(quiz):
    page = quiz()
    assert page.locator(".predict").count() == 20
    assert page.locator(SHOWN).count() == 5
    assert not page.locator(".predict summary").first.is_visible()
    assert page.locator(".predict ol:visible").count() == 0
    assert page.complaints == []


def test_a_click_is_answered_by_a_verdict_with_its_reason(quiz):
    page = quiz()
    letter, why = right(page, 0), reason(page, 0)
    answer(page, 0, letter)
    assert said(page, 0) == f"Right: {letter}. {why}"
    assert page.locator(".quiz-bar output").inner_text() == "1 of 1 right"
    letter, why = right(page, 1), reason(page, 1)
    answer(page, 1, "B" if letter == "A" else "A")
    assert said(page, 1) == f"Not quite. The answer is: {letter}. {why}"
    assert page.locator(".predict").nth(1).locator("li:has-text('(your answer)')").count() == 1
    assert page.locator(".quiz-bar output").inner_text() == "1 of 2 right"


def test_a_key_answers_the_question_that_has_the_focus(quiz):
    page = quiz(viewport=PHONE)
    page.keyboard.press("a")
    assert page.locator(".quiz-bar output").inner_text() == ""  # no question has it
    page.locator(".predict").nth(2).locator(".choices button").first.focus()
    page.keyboard.press("Control+c")
    assert page.locator(".quiz-bar output").inner_text() == ""  # a command of the browser's
    page.keyboard.press(right(page, 2).lower())
    assert said(page, 2).startswith("Right: ")
    assert page.evaluate("document.activeElement.closest('.predict') === document.querySelectorAll('.predict')[2]")
    page.locator(".predict").nth(3).locator(".choices button").first.focus()
    page.keyboard.press("1")
    assert page.locator(".quiz-bar output").inner_text().endswith("of 2 right")


def test_one_set_leads_to_the_next_and_the_score_stays(quiz):
    page = quiz()
    for number in range(5):
        answer(page, number, right(page, number))
    end = page.locator(".series:visible", has_text="5 of 5 right")
    end.get_by_role("button", name="Next five").click()
    assert page.locator(SHOWN).count() == 10
    assert page.evaluate("document.activeElement.closest('.predict') === document.querySelectorAll('.predict')[5]")
    page.reload()
    page.locator(".quiz-bar").wait_for()
    assert page.locator(".quiz-bar output").inner_text() == "5 of 5 right"
    assert page.locator(SHOWN).count() == 10, "after the first set the second is open"
    page.get_by_role("button", name="Start again").click()
    assert (page.locator(SHOWN).count(), page.locator(".quiz-bar output").inner_text()) == (5, "")


def test_a_link_to_a_question_opens_its_set(quiz):
    page = quiz(f"{PAGE}#marked-rollback")
    assert page.locator("#marked-rollback").is_visible()
    assert page.locator(SHOWN).count() == 10


def test_the_verdict_is_chinese_on_the_chinese_page(quiz):
    page = quiz(f"zh/{PAGE}", scheme="dark")
    letter, why = right(page, 0), reason(page, 0)
    answer(page, 0, letter)
    assert said(page, 0) == f"答对了：{letter}。 {why}"
    assert page.locator(".quiz-bar output").inner_text() == "共 1 题，答对 1 题"


def test_paper_has_every_question_with_its_answer_below(quiz):
    page = quiz()
    answer(page, 0, right(page, 0))
    page.emulate_media(media="print")
    assert page.locator(SHOWN).count() == 20
    assert page.locator(".predict ol:visible").count() == 20
    assert page.locator(".predict button:visible, .quiz-bar:visible, .series:visible").count() == 0
