"""What stands in for sys.stdout is like it, and tells what is written."""

import io

import pytest

from tracer.output import Output, tee


@pytest.fixture
def real(tmp_path):
    """A stream on a file, as standard output is."""
    with open(tmp_path / "out", "w", encoding="ascii", errors="backslashreplace") as stream:
        yield stream


def test_a_tee_writes_to_the_same_file_in_the_same_encoding(real):
    told = []
    stream = tee(real, told.append)
    assert (stream.encoding, stream.errors, stream.fileno(), stream.name) == (
        *("ascii", "backslashreplace", real.fileno(), real.name),
    )
    print("é", file=stream, flush=True)
    with open(real.name, encoding="ascii") as file:
        assert file.read() == "\\xe9\n"
    assert told == ["é", "\n"]


def test_bytes_are_told_too(real):
    told = []
    stream = tee(real, told.append)
    stream.buffer.write(b"bytes")
    stream.buffer.flush()
    assert stream.buffer.fileno() == real.fileno()
    with open(real.name, encoding="ascii") as file:
        assert (file.read(), told) == ("bytes", ["bytes"])


def test_what_cannot_be_encoded_raises_as_without_us(tmp_path):
    with open(tmp_path / "out", "w", encoding="ascii") as strict:
        told = []
        with pytest.raises(UnicodeEncodeError):
            tee(strict, told.append).write("é")
        assert told == []


def test_a_tee_that_is_closed_leaves_the_stream_open(real):
    tee(real, lambda text: None).close()
    assert not real.closed
    real.write("still")


def test_a_stream_of_another_kind_is_written_to():
    told, other = [], io.StringIO()
    stream = tee(other, told.append)
    stream.write("a")
    assert (other.getvalue(), told) == ("a", ["a"])


def test_without_an_echo_text_is_told_alone():
    told = []
    stream = Output(told.append, None)
    print("a", file=stream)
    stream.buffer.write("é".encode())
    assert told == ["a", "\n", "é"]
    with pytest.raises(TypeError, match="must be str, not bytes"):
        stream.write(b"a")
    with pytest.raises(io.UnsupportedOperation):
        stream.fileno()
