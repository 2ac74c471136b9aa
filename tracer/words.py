"""What a step did, in one sentence, and the labels of a drawing: in English and Chinese.

Code in a sentence stands between backticks, as in Markdown; whoever draws the sentence decides what becomes of them.
A sentence says only what the recording holds. A pattern that is missing makes it shorter, never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tracer import statements
from tracer.observe import ARROW
from tracer.recording import State, Step

WORDS: dict[str, dict[str, str]] = {
    "en": {
        # A drawing's labels.
        "title": "Step through it",
        "step through": "Step through it: {}",
        "steps": "{} steps",
        "one step": "1 step",
        "transient": "transient",
        "pending": "pending",
        "persistent": "persistent",
        "deleted": "deleted",
        "detached": "detached",
        "expired": "expired: the next read sends a SELECT",
        "expired, detached": "expired, and no Session to read it",
        "not loaded": "not loaded",
        "key": "key",
        "at the start": "At the start",
        "idle": "empty, no transaction",
        "gone": "your code no longer refers to it",
        "gone, many": "your code no longer refers to them",
        "more objects": "{} more objects",
        "none": "–",
        "identity map": "identity map",
        "transaction": "transaction",
        "tx None": "none",
        "tx begun": "begun",
        "tx nested": "in a savepoint",
        "tx inactive": "inactive: `rollback()` comes first",
        "c pooled": "in the pool",
        "c idle": "taken, no transaction",
        "c None": "closed",
        "c open": "transaction open",
        "c failed": "transaction failed: only ROLLBACK is left",
        "c taken": "taken",
        "others see": "others see",
        "no rows": "no rows",
        "rows": "{} rows",
        "unreadable": "not readable now: {}",
        "locked": "locked",
        "prints": "prints",
        "one row": "1 row",
        "by flush": "by flush()",
        "by autoflush": "by autoflush",
        "by commit": "by commit",
        "by begin_nested": "by begin_nested()",
        "by savepoint": "at the end of the savepoint",
        "by query": "query",
        "by statement": "statement",
        "by refresh": "refresh",
        "by lazy load": "lazy load of {}",
        "by eager load": "eager load of {}",
        "checkout": "from the pool",
        "checkin": "back to the pool",
        "invalidate": "connection thrown away",
        "again": "next turn",
        "leaving": "leaving the block",
        "goes on": "goes on",
        "returned": "done",
        "stopped": "Recording stopped here; the program went on.",
        "uncaught": "The program ended with {}.",
        "no witness": "No other connection could look: {}",
        # Parts of a sentence.
        "stop": ".",
        "and then": "; ",
        "comma": ", ",
        "and": " and ",
        "nothing": "nothing is sent",
        "caught": "the exception is caught",
        "sends": "{who} sends {what}",
        "which fails": ", which fails",
        "follows": "{} follows",
        "is sent": "{} is sent",
        "begins": "a transaction begins on `{}`",
        "taken": "`{}` is taken from the pool",
        "given back": "`{}` goes back to the pool",
        "thrown away": "`{}` is thrown away",
        "who flush": "`flush()`",
        "who autoflush": "autoflush",
        "who commit": "the commit",
        "who begin_nested": "`begin_nested()`",
        "who savepoint": "the end of the savepoint",
        "who query": "the query",
        "who statement": "the statement",
        "who refresh": "a refresh",
        "who refreshing": "refreshing {}",
        "who lazy load": "the lazy load of `{}`",
        "who eager load": "the eager load of `{}`",
        "who leaving": "leaving the block",
        "who connection": "the connection",
        "stays open": " inside a transaction that stays open",
        "unseen": "another connection sees nothing of it yet",
        "unreadable yet": "another connection cannot read now",
        "fails": "`{}` is raised",
        "warns": "`{}` is issued, a warning",
        "others now see": "others now see {}",
        "in table": "{rows} in `{table}`",
        "rows of table": "{rows} of `{table}` changed",
        "is": "{names} is {what}",
        "are": "{names} are {what}",
        "expired too": "{} and expired",
        "is expired": "{names} is expired",
        "are expired": "{names} are expired",
        "is loaded": "{names} is loaded",
        "are loaded": "{names} are loaded",
        "is to delete": "{names} is marked for deletion",
        "are to delete": "{names} are marked for deletion",
        "is now": "{name} is now {value}",
        "is new": "{names} is a new Session",
        "are new": "{names} are new Sessions",
        "is gone": "your code no longer refers to {names}",
        "are gone": "your code no longer refers to {names}",
        "many": "{} objects",
    },
    "zh": {
        "title": "逐步查看",
        "step through": "逐步查看：{}",
        "steps": "{} 步",
        "one step": "1 步",
        "transient": "瞬态",
        "pending": "待定",
        "persistent": "持久",
        "deleted": "已删除",
        "detached": "游离",
        "expired": "已过期：下次读取会发出 SELECT",
        "expired, detached": "已过期，没有 Session 可以读取",
        "not loaded": "未加载",
        "key": "键",
        "at the start": "开始时",
        "idle": "空，没有事务",
        "gone": "代码不再引用它",
        "gone, many": "代码不再引用它们",
        "more objects": "另有 {} 个对象",
        "none": "–",
        "identity map": "标识映射",
        "transaction": "事务",
        "tx None": "无",
        "tx begun": "已开启",
        "tx nested": "在保存点内",
        "tx inactive": "已失效：要先 `rollback()`",
        "c pooled": "在连接池里",
        "c idle": "已借出，没有事务",
        "c None": "已关闭",
        "c open": "事务开着",
        "c failed": "事务已失败：只能 ROLLBACK",
        "c taken": "已借出",
        "others see": "别的连接看到",
        "no rows": "没有行",
        "rows": "{} 行",
        "unreadable": "现在读不了：{}",
        "locked": "被锁住",
        "prints": "打印",
        "one row": "1 行",
        "by flush": "由 flush() 发出",
        "by autoflush": "自动刷写",
        "by commit": "提交时刷写",
        "by begin_nested": "由 begin_nested() 发出",
        "by savepoint": "保存点结束时刷写",
        "by query": "查询",
        "by statement": "语句",
        "by refresh": "刷新",
        "by lazy load": "延迟加载 {}",
        "by eager load": "预加载 {}",
        "checkout": "从连接池借出",
        "checkin": "归还连接池",
        "invalidate": "连接作废",
        "again": "下一轮",
        "leaving": "离开代码块",
        "goes on": "继续",
        "returned": "结束",
        "stopped": "记录到此为止，程序还在继续。",
        "uncaught": "程序以 {} 结束。",
        "no witness": "没有别的连接可以查看：{}",
        "stop": "。",
        "and then": "；",
        "comma": "、",
        "and": " 和 ",
        "nothing": "什么也没有发出",
        "caught": "异常在这里被捕获",
        "sends": "{who}发出 {what}",
        "which fails": "，执行失败",
        "follows": "随后发出 {}",
        "is sent": "发出 {}",
        "begins": "`{}` 上开启了事务",
        "taken": "从连接池借出 `{}`",
        "given back": "`{}` 归还连接池",
        "thrown away": "`{}` 作废",
        "who flush": "`flush()` ",
        "who autoflush": "自动刷写",
        "who commit": "提交",
        "who begin_nested": "`begin_nested()` ",
        "who savepoint": "保存点结束时",
        "who query": "查询",
        "who statement": "执行语句",
        "who refresh": "刷新",
        "who refreshing": "刷新 {} 时",
        "who lazy load": "延迟加载 `{}` 时",
        "who eager load": "预加载 `{}` 时",
        "who leaving": "离开代码块时",
        "who connection": "连接",
        "stays open": "，事务仍然开着",
        "unseen": "另一个连接还看不到",
        "unreadable yet": "另一个连接现在读不了",
        "fails": "抛出 `{}`",
        "warns": "给出警告 `{}`",
        "others now see": "别的连接现在看到{}",
        "in table": " `{table}` 有 {rows}",
        "rows of table": " `{table}` 有 {rows}变了",
        "is": "{names}{what}",
        "are": "{names}{what}",
        "expired too": "{}并过期",
        "is expired": "{names}已过期",
        "are expired": "{names}都已过期",
        "is loaded": "加载了{names}",
        "are loaded": "加载了{names}",
        "is to delete": "{names}被标记为删除",
        "are to delete": "{names}被标记为删除",
        "is now": "{name} 现在是 {value}",
        "is new": "新建会话{names}",
        "are new": "新建会话{names}",
        "is gone": "代码不再引用{names}",
        "are gone": "代码不再引用{names}",
        "many": " {} 个对象",
    },
}
MAX_TEXT = 60
CALL = re.compile(r"\s*(?:await )?[\w.()]+\.(\w+)\(")  # the last call of a chain
_ENDS = {  # calls that have no other reason
    "COMMIT": "commit",
    "ROLLBACK": "rollback",
    "RELEASE SAVEPOINT": "commit",
    "ROLLBACK TO SAVEPOINT": "rollback",
}
_SAVEPOINT = re.compile(r"\b(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT)")


@dataclass
class Moment:
    """A step as a sentence needs it: `before` and `after` are whole states, `code` the first line of its statement."""

    step: Step
    events: list[dict[str, Any]]
    before: State
    after: State
    code: str
    name: Callable[[str], str]
    witnessed: bool = True


def plural(count: int, language: str) -> str:
    words = WORDS[language]
    return words["one row"] if count == 1 else words["rows"].format(count)


def reason(said: str, language: str, prefix: str = "by") -> str:
    """A recorded reason, or who sends: "lazy load Author.books" → "lazy load of Author.books"."""
    words = WORDS[language]
    for kind in ("lazy load", "eager load"):
        if said.startswith(kind):
            return words[f"{prefix} {kind}"].format(said[len(kind) + 1 :])
    return words.get(f"{prefix} {said}", said)


def short(text: str, length: int = MAX_TEXT) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def python(value: Any, name: Callable[[str], str]) -> str:
    """A recorded value as Python would write it, mapped objects by name."""
    if isinstance(value, str):
        if value.startswith(ARROW):
            return name(value[len(ARROW) :])
        return value if re.fullmatch(r"<[\w ]+>", value) else repr(short(value))
    if isinstance(value, list):
        if len(value) > 6:
            return f"[{', '.join(python(item, name) for item in value[:4])}, … {len(value)}]"
        return f"[{', '.join(python(item, name) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {python(item, name)}" for key, item in value.items()) + "}"
    return short(repr(value))


def sentence(moment: Moment, language: str) -> str:
    """One sentence on what a step did."""
    words = WORDS[language]
    clauses = [*_sent(moment, words, language), *_effects(moment, words, language)]
    if moment.step.kind == "except" and clauses[0] == words["nothing"]:
        clauses[0] = words["caught"]
    text = re.sub(" +", " ", words["and then"].join(clauses)).strip() + words["stop"]
    # Full-width punctuation stands without spaces, and so do two Chinese characters.
    text = re.sub(" ?([，。；：、]) ?|(?<=[一-鿿]) (?=[一-鿿])", r"\1", text)
    return text if text[0] == "`" else text[0].upper() + text[1:]


def _sent(moment: Moment, words: dict[str, str], language: str) -> list[str]:
    """Who sent what, one clause for each who; "nothing is sent" if nobody did."""
    called = CALL.match(moment.code) if moment.step.kind == "statement" else None
    method = called[1] if called else ""
    groups: list[tuple[str, list[str], bool]] = []  # who, verbs, whether the last one failed
    writes: dict[str, int] = {}  # connection → the group of its last write that no COMMIT or ROLLBACK followed
    raised, failed = "", False
    for index, event in enumerate(moment.events):
        kind, connection = event["event"], event.get("connection", "")
        if kind == "exception":
            raised = event["type"]
        if kind not in ("sql", "commit", "rollback"):
            continue
        what = statements.verb(event["sql"]) if kind == "sql" else kind.upper()
        cause = event.get("reason") or _ENDS.get(what, "")
        who = _who(cause, moment, index, method, words, language)
        if what.startswith("ROLLBACK") and failed:
            who = "follows"
        failed = failed or "error" in event
        if groups and groups[-1][0] == who and not groups[-1][2]:
            groups[-1] = (who, [*groups[-1][1], what], "error" in event)
        else:
            groups.append((who, [what], "error" in event))
        if kind != "sql":
            writes.pop(connection, None)
        elif what in statements.WRITES and "error" not in event:
            writes[connection] = len(groups) - 1
    clauses = []
    for who, verbs, fails in groups:
        pattern = words[who] if who in ("follows", "is sent") else words["sends"].replace("{who}", who)
        counted = _counted(verbs, words, language)
        clauses.append(pattern.replace("{what}", "{}").format(counted) + (words["which fails"] if fails else ""))
    tables, after = moment.before.get("tables", {}), moment.after.get("tables", {})
    if writes and moment.witnessed and tables == after:
        last = max(writes.values())
        connections = moment.after.get("connections", {})
        if all(connections.get(connection) == "open" for connection in writes) and not raised:
            clauses[last] += words["stays open"]
        clauses.insert(last + 1, words["unreadable yet" if after.get("*") else "unseen"])
    if not clauses:
        clauses = [*_pooled(moment.events, words)]
        if not any(event["event"] == "begin" for event in moment.events):
            clauses.insert(0, words["nothing"])
    for event in moment.events:
        if event["event"] == "warning":
            clauses.append(words["warns"].format(event["category"]))
    if raised:
        clauses.append(words["fails"].format(raised))
    return clauses


def _pooled(events: list[dict[str, Any]], words: dict[str, str]) -> Iterable[str]:
    """What became of connections, for a step that sent nothing else."""
    begun = {event["connection"] for event in events if event["event"] == "begin"}
    for event in events:
        kind, connection = event["event"], event.get("connection", "")
        if kind == "begin":
            yield words["begins"].format(connection)
        elif kind == "checkout" and connection not in begun:
            yield words["taken"].format(connection)
        elif kind == "checkin" and {"event": "invalidate", "connection": connection} not in events:
            yield words["given back"].format(connection)
        elif kind == "invalidate":
            yield words["thrown away"].format(connection)


def _who(said: str, moment: Moment, index: int, method: str, words: dict[str, str], language: str) -> str:
    """Who sent it: the call on this line, where it is that of which the recording speaks; "is sent" if unknown."""
    calls = {"commit": ("commit",), "rollback": ("rollback", "close", "remove", "reset"), "refresh": ("refresh",)}
    if method in calls.get(said, ()):
        return f"`{method}()`" + (" " if language == "zh" else "")
    if said in ("", "commit", "rollback") and moment.step.kind == "exit" and "with " in moment.code:
        return words["who leaving"]
    if said == "refresh":
        later = (event for event in moment.events[index:] if event["event"] == "refresh")
        if (event := next(later, None)) and len(event["objects"]) == 1:
            return words["who refreshing"].format(f"`{moment.name(event['objects'][0])}`")
    if said == "rollback":
        return "is sent"
    return reason(said, language, "who") if said else words["who connection"]


def _counted(verbs: list[str], words: dict[str, str], language: str) -> str:
    counts: dict[str, int] = {}
    for verb in verbs:
        counts[verb] = counts.get(verb, 0) + 1
    said = []
    for verb, count in counts.items():
        if count == 1 and (verb in ("COMMIT", "ROLLBACK") or _SAVEPOINT.match(verb)):
            said.append(verb)
        elif language == "zh":
            said.append(f"{count} 条 {verb}")
        else:
            said.append(f"{count} {verb}" + ("s" if count > 1 else ""))
    return _listed(said, words)


def _listed(items: list[str], words: dict[str, str]) -> str:
    return words["and"].join(filter(None, (words["comma"].join(items[:-1]), items[-1]))) if items else ""


def _effects(moment: Moment, words: dict[str, str], language: str) -> Iterable[str]:
    """What became of tables, objects and Sessions."""
    before, after = moment.before, moment.after
    chinese = language == "zh"

    def said(pattern: str, labels: list[str], **more: str) -> str:
        if len(labels) > 3:
            names = words["many"].format(len(labels))
        else:
            names = _listed([f"`{moment.name(label)}`" for label in labels], words)
        plain = words[f"{'is' if len(labels) == 1 else 'are'}{pattern}"]
        return plain.format(names=f" {names} ".replace("  ", " ") if chinese else names, **more)

    seen = []
    for table, rows in after.get("tables", {}).items():
        then = before.get("tables", {}).get(table)
        if table != "*" and isinstance(rows, list) and isinstance(then, list) and rows != then:
            if len(rows) != len(then):
                seen.append(words["in table"].format(rows=plural(len(rows), language), table=table))
            else:
                changed = sum(row not in then for row in rows)
                seen.append(words["rows of table"].format(rows=plural(changed, language), table=table))
    if seen:
        yield words["others now see"].format(words["comma"].join(seen) if chinese else _listed(seen, words))

    new_sessions = [label for label, now in after.get("sessions", {}).items() if now and not _was(before, label)]
    if new_sessions:
        yield said(" new", new_sessions)

    groups: dict[str, list[str]] = {}
    loads = (event["objects"] for event in moment.events if event.get("change") == "loaded_as_persistent")
    loaded = {label for labels in loads for label in labels}
    for label, now in after.get("objects", {}).items():
        then = before.get("objects", {}).get(label)
        if now == then:
            continue
        if now is None:
            groups.setdefault("gone", []).append(label)
            continue
        if then is None and label in loaded:
            groups.setdefault("loaded", []).append(label)
        elif then is None or now["state"] != then["state"]:
            groups.setdefault(now["state"], []).append(label)
        if _all_expired(now) and not (then and _all_expired(then)):
            groups.setdefault("expired", []).append(label)
    gone, expired = groups.pop("gone", []), groups.pop("expired", [])
    assigned = [] if any(event["event"] == "sql" for event in moment.events) else list(_assigned(before, after))
    for label, key, value in assigned[:2]:
        name, text = f"`{moment.name(label)}.{key}`", f"`{python(value, moment.name)}`"
        yield words["is now"].format(name=name, value=text)
    for label, key in _expired_alone(moment):
        yield words["is expired"].format(names=f"`{moment.name(label)}.{key}`" + (" " if chinese else ""))
    doomed = [label for label in _doomed(after) if label not in _doomed(before)]
    if doomed:
        yield said(" to delete", doomed)
    for what, labels in groups.items():
        if what == "loaded":
            yield said(" loaded", labels)
        else:
            state = words["expired too"].format(words[what]) if labels == expired else words[what]
            known = before.get("objects", {}).get(labels[0])
            yield said("", labels, what=("变为" if known else "是") + state if chinese else state)
    if expired and expired not in groups.values():
        yield said(" expired", expired)
    if gone and not (groups or expired or assigned or seen or new_sessions or moment.events):
        yield said(" gone", gone)


def _assigned(before: State, after: State) -> Iterator[tuple[str, str, Any]]:
    """Attributes of known objects that have another value, where no statement can have brought it."""
    for label, now in after.get("objects", {}).items():
        then = before.get("objects", {}).get(label)
        if now and then and now["state"] == then["state"]:
            for key, value in now["values"].items():
                if key in now.get("modified", {}) and then["values"].get(key, then) != value:
                    yield label, key, value


def _expired_alone(moment: Moment) -> Iterator[tuple[str, str]]:
    """Attributes that expire while others of their object stay loaded."""
    for event in moment.events:
        for label in event["objects"] if event["event"] == "expire" else ():
            now = moment.after.get("objects", {}).get(label)
            if now and not _all_expired(now):
                yield from ((label, key) for key in event.get("attributes", ()) if key in now.get("expired", ()))


def _doomed(state: State) -> list[str]:
    """The objects that the next flush deletes."""
    return [label for session in state.get("sessions", {}).values() if session for label in session["deleted"]]


def _was(before: State, label: str) -> bool:
    return before.get("sessions", {}).get(label) is not None


def _all_expired(thing: dict[str, Any]) -> bool:
    return bool(thing.get("expired")) and not thing["values"]
