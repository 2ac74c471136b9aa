"""What there is when recording begins, and what has gone."""


def test_objects_go_when_the_program_lets_go_of_them(trace):
    traced = trace("""
        author = Author(name="ann")
        author = None
        book = Book()
        book.author = Author(books=[])
        del book
        import gc
        n = gc.collect() > 0
    """)
    assert traced.after("author = None")["objects"]["Author#1"] is None
    # A cycle stays until it is collected, which the tracer leaves to the program.
    assert traced.after("del book")["objects"]["Book#1"] is not None
    assert traced.after("n = gc.collect() > 0")["objects"]["Book#1"] is None
    assert "garbage collected" in traced.text


def test_what_the_setup_made_is_not_new(trace):
    program = """
        from shelf import *
        engine = fresh()
        unused, book = Session(engine), Book(title="one", author=Author(name="ann"))
        # --- story
        session = Session(engine)
        unused.add(book)
    """
    traced = trace(program, setup=False)
    assert sorted(traced.recording.initial["objects"]) == ["Author#1", "Book#1"]
    assert list(traced.at("session = Session(engine)").changes["sessions"]) == ["s1"]
    assert traced.recording.initial["sessions"]["s2"]["new"] == []
    assert traced.at("unused.add(book)").changes["sessions"]["s2"]["new"] == ["Author#1", "Book#1"]
