"""One sentence for what a step did, in both languages: true for what the recording says, and for nothing else."""

import pytest

from tracer.moment import Moment
from tracer.recording import Step
from tracer.sentences import sentence

NO_ROWS, ONE_ROW = {"author": []}, {"author": [[1, "Ursula"]]}
SQL = {"event": "sql", "connection": "c1", "sql": "INSERT INTO author (name) VALUES (?)", "parameters": ["Ursula"]}
BEGIN, COMMIT = {"event": "begin", "connection": "c1"}, {"event": "commit", "connection": "c1"}
ROLLBACK = {"event": "rollback", "connection": "c1"}
FAILED = SQL | {"error": "IntegrityError", "reason": "flush"}
RAISED = {"event": "exception", "type": "IntegrityError", "message": "UNIQUE"}


def thing(state, expired=(), modified=None, **values):
    found = {"state": state, "values": values}
    found |= {"expired": list(expired)} if expired else {}
    return found | ({"modified": modified} if modified else {})


def session(new=(), dirty=(), deleted=(), map=(), transaction=None):
    return {"new": [*new], "dirty": [*dirty], "deleted": [*deleted], "map": [*map], "transaction": transaction}


def said(code="", events=(), before=None, after=None, kind="statement", witnessed=True):
    """The sentence in English and in Chinese."""
    step = Step((1, 1), kind, events=list(events))
    before, after = before or {}, after or before or {}
    moment = Moment(step, step.events, before, after, code, {"Author#1": "author"}.get, witnessed)
    moment.name = lambda label: {"Author#1": "author", "s1": "writer"}.get(label, label)
    return [sentence(moment, language) for language in ("en", "zh")]


def test_nothing():
    assert said("x = 1") == ["No SQL is sent.", "没有发 SQL。"]


def test_a_flush_is_not_seen_by_others():
    before = {"objects": {"Author#1": thing("pending", name="Ursula")}, "tables": NO_ROWS}
    after = {
        "objects": {"Author#1": thing("persistent", id=1, name="Ursula")},
        "tables": NO_ROWS,
        "connections": {"c1": "open"},
    }
    assert said("writer.flush()", [BEGIN, SQL | {"reason": "flush"}], before, after) == [
        "`flush()` sends 1 INSERT inside a transaction that stays open; another connection doesn't see it yet;"
        " `author` is persistent.",
        "`flush()` 发出 1 条 INSERT，事务仍然开着；另一个连接还看不到；`author` 变为持久状态。",
    ]


def test_a_commit_shows_the_row_and_expires():
    before = {"objects": {"Author#1": thing("persistent", id=1)}, "tables": NO_ROWS}
    after = {"objects": {"Author#1": thing("persistent", ["id"])}, "tables": ONE_ROW}
    assert said("writer.commit()", [COMMIT], before, after) == [
        "`commit()` sends COMMIT; others now see 1 row in `author`; `author` is expired.",
        "`commit()` 发出 COMMIT；另一个连接现在看到 `author` 有 1 行；`author` 已过期。",
    ]


@pytest.mark.parametrize("connection", ["taken", "failed", "pooled"])
def test_a_transaction_is_said_to_be_open_only_where_the_driver_says_so(connection):
    state = {"tables": NO_ROWS, "connections": {"c1": connection}}
    english, chinese = said("writer.flush()", [SQL | {"reason": "flush"}], state)
    assert english == "`flush()` sends 1 INSERT; another connection doesn't see it yet."
    assert "事务仍然开着" not in chinese


def test_others_are_spoken_of_only_where_there_is_a_witness():
    state = {"connections": {"c1": "open"}}
    english, chinese = said("writer.flush()", [SQL | {"reason": "flush"}], state, witnessed=False)
    assert english == "`flush()` sends 1 INSERT."
    assert "另一个连接" not in chinese


def test_autocommit_shows_the_row_at_once():
    english, _ = said("writer.flush()", [SQL | {"reason": "flush"}], {"tables": NO_ROWS}, {"tables": ONE_ROW})
    assert english == "`flush()` sends 1 INSERT; others now see 1 row in `author`."


def test_a_locked_table_is_not_read():
    state = {"tables": NO_ROWS | {"*": "not readable: locked"}, "connections": {"c1": "open"}}
    english, chinese = said("writer.flush()", [SQL | {"reason": "flush"}], state)
    assert english.endswith("; another connection can't read now.")
    assert chinese.endswith("；另一个连接现在读不了。")


def test_autoflush_comes_before_the_query():
    events = [SQL | {"reason": "autoflush"}, SQL | {"sql": "SELECT author.id FROM author", "reason": "query"}]
    state = {"tables": NO_ROWS, "connections": {"c1": "open"}}
    english, chinese = said("session.scalars(names).all()", events, state)
    assert english == (
        "Autoflush sends 1 INSERT inside a transaction that stays open; another connection doesn't see it yet;"
        " the query sends 1 SELECT."
    )
    assert chinese == "自动刷写发出 1 条 INSERT，事务仍然开着；另一个连接还看不到；查询发出 1 条 SELECT。"


def test_a_failed_flush():
    english, chinese = said("    session.flush()", [BEGIN, FAILED, ROLLBACK, RAISED], {"tables": NO_ROWS})
    assert english == "`flush()` sends 1 INSERT, which fails; ROLLBACK follows; `IntegrityError` is raised."
    assert chinese == "`flush()` 发出 1 条 INSERT，执行失败；随后发出 ROLLBACK；抛出 `IntegrityError`。"


@pytest.mark.parametrize(
    "code, kind, english",
    [
        ("session.close()", "statement", "`close()` sends ROLLBACK."),
        ("request_session().rollback()", "statement", "`rollback()` sends ROLLBACK."),
        ("with Session(engine) as session:", "exit", "Leaving the block sends ROLLBACK."),
        ("in_a_thread(session.rollback)", "statement", "ROLLBACK is sent."),
    ],
)
def test_who_rolls_back(code, kind, english):
    assert said(code, [ROLLBACK], kind=kind)[0] == english
    to_savepoint = SQL | {"sql": "ROLLBACK TO SAVEPOINT one"}
    assert said(code, [to_savepoint], kind=kind)[0] == english.replace("ROLLBACK", "ROLLBACK TO SAVEPOINT")


def test_connections_are_told_apart_where_a_step_uses_several():
    other = SQL | {"connection": "c2", "sql": "INSERT INTO author", "reason": "commit"}
    own = SQL | {"sql": "INSERT INTO author", "reason": "commit", "error": "UniqueViolation"}
    savepoint = SQL | {"sql": "SAVEPOINT one", "reason": "commit"}
    events = [other, {"event": "commit", "connection": "c2"}, savepoint, own]
    english, chinese = said("with session:", events, kind="exit")
    assert english == (
        "Leaving the block sends 1 INSERT and COMMIT on `c2`; "
        "leaving the block sends SAVEPOINT and 1 INSERT on `c1`, which fails."
    )
    assert chinese == (
        "离开代码块时发出 1 条 INSERT 和 COMMIT（`c2`）；离开代码块时发出 SAVEPOINT 和 1 条 INSERT（`c1`），执行失败。"
    )


def test_an_upsert_that_does_not_say_what_it_changed():
    upsert = SQL | {"sql": "INSERT INTO a ON CONFLICT (b) DO NOTHING RETURNING id", "reason": "statement"}
    assert said("session.execute(upsert)", [upsert], after={"connections": {"c1": "open"}})[0] == (
        "The statement sends 1 INSERT."
    )


def test_a_statement_that_changes_no_row():
    update = SQL | {"sql": "UPDATE account", "reason": "statement", "rows": 0}
    after = {"connections": {"c1": "open"}}
    assert said("session.execute(change)", [update], after=after) == [
        "The statement sends 1 UPDATE, which changes no row.",
        "执行语句时发出 1 条 UPDATE，没有改动任何行。",
    ]


def test_both_connections_roll_back():
    events = [ROLLBACK, ROLLBACK | {"connection": "c2"}]
    english, chinese = said("session.rollback()", events)
    assert (english, chinese) == ("`rollback()` sends 2 ROLLBACKs.", "`rollback()` 发出 2 条 ROLLBACK。")


def test_a_savepoint_that_ends():
    events = [SQL | {"sql": sql, "reason": "savepoint"} for sql in ("SAVEPOINT one", "INSERT INTO author")]
    release = SQL | {"sql": "RELEASE SAVEPOINT one"}
    english, chinese = said("with session.begin_nested():", [*events, release], kind="exit", witnessed=False)
    assert english.startswith(
        "The flush of the savepoint sends SAVEPOINT and 1 INSERT; leaving the block sends RELEASE"
    )
    assert chinese == "保存点的刷写发出 SAVEPOINT 和 1 条 INSERT；离开代码块时发出 RELEASE SAVEPOINT。"


def test_warnings():
    warning = {"event": "warning", "category": "SAWarning", "text": "careful"}
    assert said("author.books", [warning]) == [
        "No SQL is sent; a warning is issued: `SAWarning`.",
        "没有发 SQL；给出警告 `SAWarning`。",
    ]


def test_who_reads():
    select = SQL | {"sql": "SELECT book.id FROM book"}
    refresh = {"event": "refresh", "objects": ["Author#1"]}
    assert said("author.name", [select | {"reason": "refresh"}, refresh]) == [
        "Refreshing `author` sends 1 SELECT.",
        "刷新 `author` 时发出 1 条 SELECT。",
    ]
    assert said("author.books", [select | {"reason": "lazy load Author.books"}] * 2) == [
        "The lazy load of `Author.books` sends 2 SELECTs.",
        "延迟加载 `Author.books` 时发出 2 条 SELECT。",
    ]
    assert said("connection.execute(x)", [select])[0] == "The connection sends 1 SELECT."


def test_connections():
    taken, given = {"event": "checkout", "connection": "c1"}, {"event": "checkin", "connection": "c1"}
    assert said("session.connection()", [taken, BEGIN]) == ["A transaction begins on `c1`.", "`c1` 上开启了事务。"]
    assert said("engine.connect()", [taken])[0] == "No SQL is sent; `c1` is taken from the pool."
    assert said("connection.close()", [given])[1] == "没有发 SQL；`c1` 归还连接池。"
    thrown = {"event": "invalidate", "connection": "c1"}
    assert said("session.invalidate()", [thrown, given])[0] == "No SQL is sent; `c1` is thrown away."


def test_objects():
    known = {"Author#1": thing("persistent", name="Ursula")}
    changed = {"Author#1": thing("persistent", modified={"name": {}}, name="Ann")}
    assert said("author.name = 'Ann'", before={"objects": known}, after={"objects": changed}) == [
        "No SQL is sent; `author.name` is now `'Ann'`.",
        "没有发 SQL；`author.name` 现在是 `'Ann'`。",
    ]
    doomed = {"objects": known, "sessions": {"s1": session(deleted=["Author#1"])}}
    idle = {"objects": known, "sessions": {"s1": session()}}
    assert said("session.delete(author)", before=idle, after=doomed)[0].endswith("; `author` is marked for deletion.")
    gone = {"objects": {"Author#1": None}}
    assert said("del author", before={"objects": known}, after=gone)[1] == "没有发 SQL；已没有变量引用 `author`。"
    detached = {"objects": {"Author#1": thing("detached", ["name"])}}
    assert said("", before={"objects": known}, after=detached)[0] == "No SQL is sent; `author` is detached and expired."
    partly = {"Author#1": thing("persistent", ["name"], id=1)}
    expired = [{"event": "expire", "attributes": ["name"], "objects": ["Author#1"]}]
    assert said("", expired, before={"objects": known}, after={"objects": partly}) == [
        "No SQL is sent; `author.name` is expired.",
        "没有发 SQL；`author.name` 已过期。",
    ]
    loaded = {"Author#1": thing("persistent", id=1, books=[])}
    unloaded = {"Author#1": thing("persistent", id=1) | {"unloaded": ["books"]}}
    expired = [{"event": "expire", "attributes": ["books"], "objects": ["Author#1"]}]
    assert (
        said("", expired, {"objects": loaded}, {"objects": unloaded})[0] == "No SQL is sent; `author.books` is expired."
    )
    assert said("", expired, {"objects": unloaded}, {"objects": unloaded})[0] == "No SQL is sent."
    many = {"objects": {f"Author#{number}": thing("persistent") for number in range(1, 5)}}
    loaded = [{"event": "state", "change": "loaded_as_persistent", "objects": list(many["objects"])}]
    assert said("", loaded, {}, many) == ["No SQL is sent; 4 objects are loaded.", "没有发 SQL；加载了 4 个对象。"]


@pytest.mark.parametrize(
    ("before", "after", "english"),
    [
        (session(), session(transaction="begun"), "`writer` begins a Session transaction"),
        (session(transaction="begun"), session(transaction="nested"), "`writer` is in a savepoint now"),
        (session(transaction="nested"), session(transaction="begun"), "`writer` has left the savepoint"),
        (
            session(transaction="begun"),
            session(transaction="begun inactive"),
            "`writer` can't be used until `rollback()`",
        ),
        (session(transaction="begun"), session(), "`writer` is empty and has no transaction"),
        (
            session(map=["Author#1"], transaction="begun"),
            session(map=["Author#1"]),
            "`writer` has no transaction any more",
        ),
        (session(), session(dirty=["Author#1"]), "`author` is marked as changed"),
        (session(dirty=["Author#1"]), session(), "`author` is no longer marked as changed"),
        (session(deleted=["Author#1"]), session(), "`author` is no longer marked for deletion"),
    ],
)
def test_a_step_that_changes_only_a_session(before, after, english):
    objects = {"Author#1": thing("persistent", name="Ursula")}
    then, now = {"objects": objects, "sessions": {"s1": before}}, {"objects": objects, "sessions": {"s1": after}}
    assert said("", before=then, after=now)[0] == f"No SQL is sent; {english}."


def test_a_new_session_and_a_caught_exception():
    assert said("", before={"sessions": {}}, after={"sessions": {"s1": session()}}) == [
        "No SQL is sent; `writer` is a new Session.",
        "没有发 SQL；新建 Session `writer`。",
    ]
    assert said("except ValueError:", kind="except") == ["The exception is caught.", "异常在这里被捕获。"]


def test_what_is_written_outside_of_a_transaction_is_not_said_to_be_unseen():
    state = {"tables": NO_ROWS, "connections": {"c1": "idle"}}
    assert said("writer.flush()", [BEGIN, SQL | {"reason": "flush"}], state)[0] == "`flush()` sends 1 INSERT."


@pytest.mark.parametrize(
    ("code", "end", "english", "chinese"),
    [
        (
            "writer.commit()",
            COMMIT,
            "No SQL is sent; the driver sends no COMMIT, because `c1` has no database transaction.",
            "没有发 SQL；`c1` 在数据库里没有事务，所以驱动没有发 COMMIT。",
        ),
        (
            "find(name)",
            ROLLBACK,
            "No SQL is sent; the driver sends no ROLLBACK, because `c1` has no database transaction.",
            "没有发 SQL；`c1` 在数据库里没有事务，所以驱动没有发 ROLLBACK。",
        ),
    ],
)
def test_an_end_that_the_driver_does_not_send(code, end, english, chinese):
    assert said(code, [end | {"unsent": True}]) == [english, chinese]
    select = SQL | {"sql": "SELECT 1", "reason": "query"}
    sent = english.replace("No SQL is sent", "The query sends 1 SELECT")
    assert said(code, [BEGIN, select, end | {"unsent": True}])[0] == sent


def test_a_transaction_that_ends_unsent_does_not_hide_the_next_one():
    select, update = SQL | {"sql": "SELECT 1", "reason": "query"}, SQL | {"sql": "UPDATE a", "reason": "flush"}
    events = [BEGIN, select, ROLLBACK | {"unsent": True}, BEGIN, select, update]
    state = {"tables": NO_ROWS, "connections": {"c1": "open"}}
    assert said("work()", events, state)[0] == (
        "The query sends 1 SELECT; the driver sends no ROLLBACK, because `c1` has no database transaction;"
        " the query sends 1 SELECT; `flush()` sends 1 UPDATE inside a transaction that stays open;"
        " another connection doesn't see it yet."
    )


def test_a_begin_that_the_driver_does_not_send():
    taken = {"event": "checkout", "connection": "c1"}
    assert said("session.connection()", [taken, BEGIN], after={"connections": {"c1": "idle"}}) == [
        "SQLAlchemy begins a transaction on `c1`, but the driver sends no BEGIN.",
        "SQLAlchemy 在 `c1` 上开始事务，但驱动没有发 BEGIN。",
    ]


def test_the_program_says_begin_itself():
    immediate, select = SQL | {"sql": "BEGIN immediate"}, SQL | {"sql": "SELECT 1", "reason": "query"}
    assert said("session.scalar(x)", [BEGIN, immediate, select])[0] == (
        "BEGIN IMMEDIATE is sent; the query sends 1 SELECT."
    )
    failed = immediate | {"error": "OperationalError"}
    assert said("session.scalar(x)", [BEGIN, failed])[1] == "发出 BEGIN IMMEDIATE，执行失败。"


def test_a_statement_that_cannot_be_sent():
    failed = SQL | {"sql": "SELECT 1", "reason": "query", "error": "MissingGreenlet"}
    assert said("author.books", [failed])[0] == "No SQL is sent."


def test_a_call_of_a_function_that_runs_next():
    step = Step((1, 1), "statement")
    moment = Moment(step, [], {}, {}, "save(form)", str, calls="save")
    assert [sentence(moment, language) for language in ("en", "zh")] == ["`save()` is called.", "调用 `save()`。"]
