import socket

import pytest

from graphkam.errors import InputError
from graphkam.ui.server import PARTS, SCRIPT, listen


def test_a_free_port_is_taken_on_this_computer_only():
    with listen(None) as listener:
        host, port = listener.getsockname()
    assert host == "127.0.0.1"
    assert port > 0


def test_76_a_port_that_is_taken_is_told():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(InputError) as caught:
            listen(other.getsockname()[1])
    assert caught.value.key == "error.app_port"


def test_nothing_but_the_script_stands_where_streamlit_looks_for_pages():
    # Streamlit takes every file of a folder "pages" beside the script for a page without a frame.
    assert SCRIPT.is_file()
    assert not (SCRIPT.parent / "pages").exists()
    assert {path.name for path in SCRIPT.parent.glob("*.py")} == {"app.py", "__init__.py"}


def test_the_gate_is_first():
    assert [part.cls.__name__ for part in PARTS["middleware"]] == ["Gate"]
