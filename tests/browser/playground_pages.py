"""What the tests of the playground share: its page, as a reader drives it."""

from tools.site import playground

RESULT = ".playground .result"
START = 90_000  # ms: Python starts, on a machine that is busy
RUN = 30_000  # ms: a program ends, or is ended
HEAD = """from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
class Base(DeclarativeBase): pass
class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
engine = create_engine("sqlite:///my.db")
Base.metadata.create_all(engine)
# --- story
"""
SAVE = "session = Session(engine)\nsession.add(Author(name='Ursula'))\nsession.commit()\n"


class Playground:
    """The page of one language. `page` is Playwright's."""

    def __init__(self, page) -> None:
        self.page = page

    def write(self, program: str) -> None:
        self.page.fill(".playground textarea", program)

    def start(self) -> None:
        """Press Run and wait until the program runs."""
        self.page.click(".playground .run")
        self.page.wait_for_selector(".playground .run:enabled", timeout=START)

    def end(self) -> None:
        """Wait until the program has ended."""
        self.page.wait_for_selector(".playground[aria-busy=false]", timeout=RUN)

    def run(self, program: str = "") -> str:
        """Run a program, or the one that is there; return what is said of it: the status, then what failed."""
        if program:
            self.write(program)
        self.start()
        self.end()
        return self.said()

    def said(self) -> str:
        said = [self.page.inner_text(".playground .status")]
        said += [element.inner_text() for element in self.page.query_selector_all(f"{RESULT} .failed")]
        return "\n".join(filter(None, said))

    def text(self, selector: str) -> str:
        found = self.page.query_selector(f"{RESULT} {selector}")
        return found.inner_text() if found else ""

    def steps(self) -> int:
        return self.page.locator(f"{RESULT} .stepper > ol > li[id]").count()


def needed() -> str:
    """Why there is no playground to be tested; empty where there is one."""
    return "" if playground.manifest() else "there are no packs: run make playground, which needs npm"
