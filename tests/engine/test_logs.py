"""The logs say where an error arose, never the text it arose on."""

import logging
import sys

from engine.logs import QuietFormatter


def test_an_errors_message_stays_out_of_the_log() -> None:
    text = "".join(["Зникомий", " заявник"])
    try:
        int(text)
    except ValueError:
        record = logging.LogRecord("engine", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())
    line = QuietFormatter().format(record)
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "Зникомий" not in line
