"""Which Engine the other connection goes to."""


def test_the_first_engine_that_can_have_one_is_looked_at(trace):
    traced = trace(
        """
        from shelf import *
        memory = sqlalchemy.create_engine("sqlite://")
        memory.connect().close()
        engine = fresh()
        # --- story
        with Session(engine) as session, session.begin():
            session.add(Author(id=1, name="ann"))
    """,
        setup=False,
    )
    assert traced.recording.no_witness == ""
    assert traced.after("with Session(engine) as session, session.begin():")["tables"]["author"] == [[1, "ann"]]
