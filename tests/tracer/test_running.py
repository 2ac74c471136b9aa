"""The step that runs now: each thread and context has its own."""

import threading

import pytest

from tracer import running
from tracer.running import RunningStep, activate, current, running_step, sending_step


class Recorder:
    """Notes what running steps tell."""

    looking = False

    def __init__(self):
        self.told = []

    def end_if_late(self):
        pass

    def suspend(self, latest, step):
        pass

    def precede(self, step):
        self.told.append(("precede", step.lines[0]))

    def enter(self, step, frame):
        self.told.append(("enter", step.lines[0], step.depth))

    def leave(self, step, error, frame):
        self.told.append(("leave", step.lines[0], type(error).__name__))


@pytest.fixture
def recorder():
    before, token = activate(recorder := Recorder()), current.set(None)
    yield recorder
    current.reset(token)
    activate(before)


def test_steps_are_inside_each_other(recorder):
    with RunningStep(1, 1, "with"):
        outer = running_step()
        with RunningStep(2, 2, "statement"):
            assert running_step().parent is outer
        assert running_step() is outer
    assert running_step() is None
    assert recorder.told == [("enter", 1, 0), ("enter", 2, 1), ("leave", 2, "NoneType"), ("leave", 1, "NoneType")]


def test_an_error_passes_and_is_told(recorder):
    with pytest.raises(KeyError), RunningStep(1, 1, "statement"):
        raise KeyError
    assert recorder.told[-1] == ("leave", 1, "KeyError")


def test_while_the_recorder_looks_nothing_is_a_step(recorder):
    recorder.looking = True
    with RunningStep(1, 1, "statement"):
        assert running_step() is None
    assert recorder.told == []


def test_a_thread_that_runs_no_step_sends_for_the_main_one(recorder):
    found = []
    with RunningStep(1, 1, "statement"):
        thread = threading.Thread(target=lambda: found.extend([running_step(), sending_step()]))
        thread.start()
        thread.join()
        assert found == [None, running_step()]
    assert sending_step() is None


def test_a_generator_that_waits_is_not_around_what_runs_meanwhile(recorder):
    def numbers():
        with RunningStep(7, 7, "statement"):
            yield 1

    one = numbers()
    with RunningStep(1, 1, "statement"):
        next(one)
    with RunningStep(2, 2, "statement"):
        assert running_step().parent is None
    one.close()


def test_a_generator_goes_on_inside_the_step_in_which_it_waited(recorder):
    def block():
        with RunningStep(7, 7, "with"):
            waits = running_step()
            with RunningStep(8, 8, "statement"):
                yield
            assert running_step() is waits

    one = block()
    with RunningStep(1, 1, "with"):
        outer = running_step()
        next(one)
        with RunningStep(2, 2, "statement"):
            assert running_step().parent is outer
        next(one, None)
        with RunningStep(3, 3, "statement"):
            assert running_step().parent is outer
        assert running_step() is outer
    assert running_step() is None


def test_a_generator_that_ended_meanwhile_is_around_nothing(recorder):
    def block():
        with RunningStep(7, 7, "statement"):
            yield

    one = block()
    with RunningStep(1, 1, "for"):
        outer = running_step()
        next(one)
        with RunningStep(2, 2, "statement"):
            one.close()
        assert current.get() is outer


def test_a_step_that_throws_into_a_generator_comes_first(recorder):
    def numbers():
        with RunningStep(7, 7, "statement"):
            yield 1

    one = numbers()
    with RunningStep(1, 1, "statement"):
        next(one)
    with pytest.raises(KeyError), RunningStep(2, 2, "statement"):
        one.throw(KeyError())
    assert recorder.told.index(("precede", 2)) < recorder.told.index(("leave", 7, "KeyError"))


def test_a_recorder_replaces_another_until_it_is_done():
    first, second = Recorder(), Recorder()
    before = activate(first)
    assert (activate(second), running.recorder()) == (first, second)
    activate(before)
