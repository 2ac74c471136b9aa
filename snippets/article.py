"""The article that the stories about the version counter edit."""

from snippets.library import Base, empty_tables, url

# --8<-- [start:imports]
from sqlalchemy import String, create_engine
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.orm.exc import StaleDataError

# --8<-- [end:imports]


# --8<-- [start:mapping]
class Article(Base):
    __tablename__ = "article"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(50))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


# --8<-- [end:mapping]

# --8<-- [start:row]
usual = create_engine(url)  # with default settings


def save_first_version():
    empty_tables()
    with Session(usual) as session, session.begin():
        session.add(Article(id=1, title="Kindred"))


# --8<-- [end:row]


# --8<-- [start:form]
def open_form():
    with Session(usual) as session:
        article = session.get(Article, 1)
        return {"title": article.title, "version": article.version}


def save(form):
    try:
        with Session(usual) as session, session.begin():
            article = session.get(Article, 1)
            if article and article.version == form["version"]:
                article.title = form["title"]
                return "saved"
    except StaleDataError:
        pass  # somebody saved between SELECT and UPDATE
    return "changed by somebody else"


# --8<-- [end:form]
