"""a_program_of_your_own.py, with a request (needs Flask)."""

from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


engine = create_engine("sqlite:///traced.db")
Base.metadata.drop_all(engine)
Base.metadata.create_all(engine)
# --8<-- [start:request]
from flask import Flask

# --- story
app = Flask("library")


@app.post("/authors/<name>")
def add_author(name):
    with Session(engine) as session:
        session.add(Author(name=name))
        session.commit()
    return {"name": name}


client = app.test_client()
print(client.post("/authors/Ursula").status)
#> INSERT author; COMMIT; prints 200 OK
# --8<-- [end:request]
