"""Every statement is a step, whatever it is nested in, and the program does what it did."""

import io
import textwrap
import traceback

import pytest

from tracer.instrument import instrument


def steps_of(trace, program):
    """(line, kind, depth) of each step; the program needs no database."""
    return [(step.lines[0], step.kind, step.depth) for step in trace(program, setup=False).steps]


def test_a_block_is_its_header_and_its_statements(trace):
    program = """
        for n in range(2):
            if n:
                pass
            else:
                m = n
        while n:
            n -= 1
    """
    assert steps_of(trace, program) == [
        (1, "for", 0),
        *[(2, "if", 1), (5, "statement", 2)],
        (2, "if", 1),
        *[(6, "while", 0), (7, "statement", 1)],
    ]


def test_a_statement_of_several_lines_is_one_step(trace):
    (step,) = trace("total = sum(\n    n\n    for n in range(3)\n)\n", setup=False).steps
    assert step.lines == (1, 4)


def test_several_statements_on_a_line_are_several_steps(trace):
    assert steps_of(trace, "a = 1; b = 2\nif a: b = 3\n") == [
        *[(1, "statement", 0), (1, "statement", 0)],
        *[(2, "if", 0), (2, "statement", 1)],
    ]


def test_try_is_no_step_but_each_of_its_parts_is(trace):
    program = """
        try:
            int("x")
        except ValueError as error:
            said = str(error)
        else:
            said = "never"
        finally:
            done = True
    """
    traced = trace(program, setup=False)
    assert [(step.lines[0], step.kind) for step in traced.steps] == [
        (2, "statement"),
        (3, "except"),
        (4, "statement"),
        (8, "statement"),
    ]
    assert traced.steps[0].events[0]["type"] == "ValueError"


def test_except_star_match_and_walrus(trace):
    program = """
        try:
            raise ExceptionGroup("two", [ValueError(1), TypeError(2)])
        except* ValueError:
            first = 1
        except* TypeError:
            second = 2
        match {"a": first}:
            case {"a": 1} if (second := 3):
                found = "one"
            case _:
                found = "none"
        print(found, second)
    """
    traced = trace(program, setup=False)
    assert [step.kind for step in traced.steps] == [
        *["statement", "except", "statement", "except", "statement"],
        *["match", "statement", "statement"],
    ]
    assert traced.happened("print(found, second)") == ["output one 3"]


def test_functions_keep_their_docstrings_defaults_and_nonlocals(trace):
    program = '''
        """A program."""
        def counter(start=1):
            """Counts."""
            n = start
            def step():
                nonlocal n
                n += 1
                return n
            return step
        step = counter()
        step()
        print(step(), counter.__doc__, __doc__)
    '''
    traced = trace(program, setup=False)
    assert traced.happened("print(step(), counter.__doc__, __doc__)") == ["output 3 Counts. A program."]
    assert [(step.function, step.depth) for step in traced.all("n += 1")] == [("step", 1), ("step", 1)]


def test_return_break_and_continue_pass_through_a_step(trace):
    program = """
        def first(numbers):
            for n in numbers:
                if n < 2:
                    continue
                try:
                    return n
                finally:
                    print("finally")
        print(first([1, 2, 3]))
        for n in range(9):
            break
        else:
            n = -1
        print(n)
    """
    traced = trace(program, setup=False)
    outputs = [event["text"] for step in traced.steps for event in step.events]
    assert outputs == ["finally\n", "2\n", "0\n"]


def test_a_generator_that_waits_is_not_around_what_runs_meanwhile(trace):
    program = """
        from contextlib import contextmanager
        def numbers():
            yield 1
            yield 2
        @contextmanager
        def scope():
            before = 1
            yield before
            after = 2
        one = numbers()
        first = next(one)
        between = 0
        second = next(one)
        for n in numbers():
            inside = n
        with scope() as found:
            body = found
        last = 0
    """
    traced = trace(program, setup=False)
    code = [line.strip() for line in traced.source.splitlines()]
    depths = {line: {step.depth for step in traced.all(line)} for line in code}
    assert depths["between = 0"] == depths["second = next(one)"] == depths["last = 0"] == {0}
    assert depths["inside = n"] == depths["body = found"] == {1}
    assert depths["yield 1"] == depths["yield before"] == depths["after = 2"] == {1}
    order = [code[step.lines[0] - 1] for step in traced.steps]
    assert order.index("yield before") < order.index("body = found") < order.index("after = 2")


def test_send_throw_and_close_reach_a_generator(trace):
    program = """
        def echo():
            got = None
            while True:
                try:
                    got = yield got
                except KeyError:
                    got = "thrown"
        one = echo()
        next(one)
        print(one.send("sent"), one.throw(KeyError()))
        one.close()
        print("closed")
    """
    traced = trace(program, setup=False)
    assert traced.happened('print("closed")') == ["output closed"]
    assert "output sent thrown" in traced.happened('print(one.send("sent"), one.throw(KeyError()))')
    assert [step.depth for step in traced.all('print("closed")')] == [0]


def test_async_functions_loops_and_contexts(trace):
    program = """
        import asyncio
        class Scope:
            async def __aenter__(self):
                return 1
            async def __aexit__(self, *error):
                await asyncio.sleep(0)
        async def numbers():
            for n in range(2):
                yield n
        async def main():
            async with Scope() as one:
                async for n in numbers():
                    one += n
            return one
        print(asyncio.run(main()))
    """
    traced = trace(program, setup=False)
    assert traced.happened("print(asyncio.run(main()))") == ["output 2"]
    assert {step.depth for step in traced.all("one += n")} == {3}
    assert {step.task for step in traced.all("one += n")} == {"task1"}


def test_a_class_is_one_declaration_and_its_methods_have_steps(trace):
    program = """
        class A:
            x = 1
            def f(self):
                return self.x
        A().f()
    """
    assert [(line, kind) for line, kind, _ in steps_of(trace, program)] == [(5, "statement"), (4, "statement")]


def test_a_decorator_that_does_something_is_a_step(trace):
    program = """
        def loud(function):
            print("decorated")
            return function
        @loud
        def f():
            pass
        @staticmethod
        def g():
            pass
        f()
    """
    traced = trace(program, setup=False)
    assert traced.happened('print("decorated")') == ["output decorated"]
    assert traced.all("@staticmethod") == []


def test_future_annotations_stay_strings(trace):
    program = "from __future__ import annotations\ndef f(x: Missing) -> None: pass\nprint(f.__annotations__['x'])\n"
    assert "output Missing" in trace(program, setup=False).happened("print(f.__annotations__['x'])")


def test_only_what_stands_below_the_mark_is_recorded(trace):
    traced = trace("def above():\n    x = 1\nabove()\n# --- story\nabove()\n", setup=False)
    assert [step.lines for step in traced.steps] == [(5, 5)]


@pytest.mark.parametrize("levels", [9, 15, 19, 20])
def test_programs_nested_as_deep_as_python_allows_still_run(trace, levels):
    lines = [f"{'    ' * level}for x{level} in [1]:" for level in range(levels)]
    program = "\n".join([*lines, f"{'    ' * levels}print('deep')"])
    traced = trace(program, setup=False, echo=(printed := io.StringIO()))
    assert printed.getvalue() == "deep\n"
    if levels < 20:  # the last one has no room for steps
        assert traced.steps[0].lines == (1, 1)
        assert [event["text"] for step in traced.steps for event in step.events] == ["deep\n"]


def test_with_statements_of_many_items_still_run(trace):
    items = ", ".join(f"Scope({n})" for n in range(18))
    program = f"from contextlib import nullcontext as Scope\nwith {items}:\n    print('inside')\n"
    assert [event["text"] for step in trace(program, setup=False).steps for event in step.events] == ["inside\n"]


def test_tracebacks_keep_their_lines(tmp_path):
    source = textwrap.dedent("""
        def broken(x):
            return (
                1 /
                x
            )
        broken(0)
    """)
    code = instrument(source, "broken.py")

    class Step:
        def __init__(self, *arguments):
            pass

        def __enter__(self):
            pass

        def __exit__(self, *error):
            pass

    with pytest.raises(ZeroDivisionError) as failure:
        exec(code, {"__step__": Step})
    frames = [frame for frame in traceback.extract_tb(failure.value.__traceback__) if frame.filename == "broken.py"]
    assert [(frame.lineno, frame.name) for frame in frames] == [(7, "<module>"), (4, "broken")]


@pytest.mark.parametrize(("program", "line"), [("a = (\n", 1), ("x = 1\nreturn\n", 2), ("if x:\npass\n", 2)])
def test_what_does_not_parse_says_where(program, line):
    with pytest.raises(SyntaxError) as failure:
        instrument(program, "wrong.py")
    assert failure.value.lineno == line
