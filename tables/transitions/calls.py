"""Every call that could move an object: what compute.py tries, from each of the starts in starts.py."""

import pickle

from sqlalchemy import delete, insert, inspect, select
from sqlalchemy.orm import (
    close_all_sessions,
    make_transient,
    make_transient_to_detached,
    scoped_session,
)

from tables.transitions.starts import STATES, Author, Book, invented, load

# What can be called. The calls of a group do the same.


def commit_block(t):
    with t.session.begin():
        t.book()


def raise_in_block(t):
    with t.session.begin():
        t.book()
        raise KeyError


def commit_savepoint(t):
    with t.session.begin_nested():
        t.book()


def roll_back_savepoint(t):
    savepoint = t.session.begin_nested()
    t.book()
    savepoint.rollback()


def leave_session(t):
    with t.session:
        t.book()


def remove_scoped(t):
    scoped = scoped_session(lambda: t.session)
    scoped()
    t.book()
    scoped.remove()


def add_parent(t):
    book = t.book()
    if book not in t.session:
        t.session.add(Author(books=[book]))


def append_to_parent(t):
    parent = t.session.get(Author, 2)
    books = parent.books
    book = t.book()
    if book not in t.session:
        books.append(book)


def with_parent(t, call, states=STATES):
    """Call it with the parent, if the book has one loaded."""
    book = t.book()
    parent = inspect(book).dict.get("author")
    if parent and t.before in states:
        call(parent)


def remove_from_parent(t):
    with_parent(t, lambda parent: parent.books.remove(t.seen))


def get_it(t):
    if identity := inspect(t.book()).identity:
        t.session.get(Book, identity)


def read_expired(t):
    other = t.session.get(Book, 2)
    t.session.expire(other)
    t.book()
    return other.title


def refresh_other(t):
    other = t.session.get(Book, 2)
    t.book()
    t.session.refresh(other)


def lazy_load(t):
    parent = t.session.get(Author, 2)
    t.book()
    return parent.books


CALLS = {
    "`flush()`": {"`flush()`": lambda t: (t.book(), t.session.flush())},
    "`commit()`": {
        "`commit()` of the transaction": lambda t: (t.book(), t.session.commit()),
        "leaving `with session.begin()`": commit_block,
        "`commit()` of a savepoint": commit_savepoint,
    },
    "any query": {
        "`execute()`": (lambda t: (t.book(), t.session.execute(select(Author)))),
        "`scalars()`": (lambda t: (t.book(), t.session.scalars(select(Author)))),
        "`scalar()`": (lambda t: (t.book(), t.session.scalar(select(Author)))),
        "`query()`": (lambda t: (t.book(), t.session.query(Author).all())),
        "`get()` that sends SQL": lambda t: (t.book(), t.session.get(Author, 2)),
        "`get_one()` that sends SQL": (lambda t: (t.book(), t.session.get_one(Author, 2))),
        "`merge()`": (lambda t: (t.book(), t.session.merge(Author(id=2)))),
        "`merge_all()`": (lambda t: (t.book(), t.session.merge_all([Author(id=2)]))),
        "`refresh()` of another object": refresh_other,
        "a lazy load": lazy_load,
        "reading another object that is expired": read_expired,
    },
    "`rollback()`": {
        "`rollback()`": lambda t: (t.book(), t.session.rollback()),
        "an exception in `with session.begin()`": raise_in_block,
        "`rollback()` of a savepoint": roll_back_savepoint,
    },
    "`add()`": {
        "`add()`": lambda t: t.session.add(t.book()),
        "`add_all()`": lambda t: t.session.add_all([t.book()]),
        "`add()` of its parent": add_parent,
        "appending it to a parent's collection": append_to_parent,
    },
    "`delete()`": {
        "`delete()`": lambda t: t.session.delete(t.book()),
        "`delete_all()`": lambda t: t.session.delete_all([t.book()]),
    },
    "`execute(delete())`": {
        "`execute(delete())`": (lambda t: (t.book(), t.session.execute(delete(Book)))),
        "`query().delete()`": (lambda t: (t.book(), t.session.query(Book).delete())),
    },
    "`get()` of it": {"`get()` of it": get_it},
    "`expunge()`": {
        "`expunge()`": lambda t: t.session.expunge(t.book()),
    },
    "`close()`": {
        "`close()`": lambda t: (t.book(), t.session.close()),
        "`reset()`": lambda t: (t.book(), t.session.reset()),
        "`invalidate()`": lambda t: (
            t.book(),
            t.session.invalidate(),
        ),
        "`expunge_all()`": (lambda t: (t.book(), t.session.expunge_all())),
        "leaving `with Session()`": leave_session,
        "`remove()` of a scoped session": remove_scoped,
        "`close_all_sessions()`": (lambda t: (t.book(), close_all_sessions())),
    },
    "`make_transient()`": {
        "`make_transient()`": lambda t: make_transient(t.book()),
    },
    "`make_transient_to_detached()`": {
        "`make_transient_to_detached()`": (lambda t: make_transient_to_detached(t.book())),
    },
    "`expunge()` of a cascading parent": {
        "`expunge()` of a cascading parent": (lambda t: with_parent(t, t.session.expunge)),
    },
    "removing it from a parent": {
        "removing it from a parent": remove_from_parent,
    },
    # For a persistent one it is `refresh()` of another object.
    "`refresh()` of a cascading parent": {
        "`refresh()` of a cascading parent": (lambda t: with_parent(t, t.session.refresh, ["pending"])),
        "`expire()` of a cascading parent": (lambda t: with_parent(t, t.session.expire, ["pending"])),
    },
    "`begin_nested()`": {
        "`begin_nested()`": (lambda t: (t.book(), t.session.begin_nested())),
    },
    "`refresh()` of it": {
        "`refresh()` of it": lambda t: t.session.refresh(t.book()),
    },
    "`merge()` of it": {
        "`merge()` of it": lambda t: t.session.merge(t.book()),
    },
    "`bulk_save_objects(return_defaults=True)`": {
        "`bulk_save_objects(return_defaults=True)`": (
            lambda t: t.session.bulk_save_objects([t.book()], return_defaults=True)
        ),
    },
    "`enable_relationship_loading()`": {
        "`enable_relationship_loading()`": (lambda t: t.session.enable_relationship_loading(t.book())),
    },
    "the Session is garbage-collected": {
        "the Session is garbage-collected": (lambda t: (t.book(), t.forget_session())),
    },
    # No edge leads from here, which is worth a try too.
    "`expire()`": {
        "`expire()`": lambda t: t.session.expire(t.book()),
        "`expire_all()`": lambda t: (
            t.book(),
            t.session.expire_all(),
        ),
        "reading a loaded attribute": lambda t: t.book().title,
        "`connection()`": lambda t: (
            t.book(),
            t.session.connection(),
        ),
        "`is_modified()`": lambda t: t.session.is_modified(t.book()),
    },
}


# Calls that make a new object.
MAKERS = {
    "`Book()`": {"`Book()`": lambda t: Book(title="Dawn")},
    "loading its row": {
        "`execute()`": (lambda t: t.session.execute(select(Book)).scalars().first()),
        "`scalars()`": lambda t: t.session.scalars(select(Book)).first(),
        "`scalar()`": lambda t: t.session.scalar(select(Book)),
        "`query()`": lambda t: t.session.query(Book).first(),
        "`get()`": lambda t: t.session.get(Book, 1),
        "`get_one()`": lambda t: t.session.get_one(Book, 1),
        "a lazy load": lambda t: t.session.get(Author, 1).books[0],
        "`insert().returning()`": (lambda t: t.session.scalar(insert(Book).values(title="Dawn").returning(Book))),
    },
    "`merge()` of an object with a row": {
        "`merge()` of an object with a row": (lambda t: t.session.merge(Book(id=1, title="Dawn"))),
    },
    "`merge()` of an object without a row": {
        "`merge()` of an object without a row": (lambda t: t.session.merge(Book(title="Dawn"))),
    },
    "`merge(load=False)`": {
        "`merge(load=False)`": lambda t: t.session.merge(invented(t.session), load=False),
    },
    "`pickle.loads()`": {
        "`pickle.loads()`": (lambda t: pickle.loads(pickle.dumps(load(t.session)))),
    },
    "`pickle.loads()` of a transient object": {
        "`pickle.loads()` of a transient object": (lambda t: pickle.loads(pickle.dumps(Book(title="Dawn")))),
    },
}
