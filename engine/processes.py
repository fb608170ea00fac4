"""Child processes that never outlive the engine, and their end."""

import ctypes
import os
import signal
import sys
import threading
import time

import psutil

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_KILL_SECONDS = 2


def die_with_parent(parent: int) -> None:
    """End this process as soon as the process `parent` is gone, whatever ended it.

    Linux is asked to do it at once; a watching thread does it elsewhere, and for a parent that was gone
    before the kernel could be asked.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch, args=(parent,), daemon=True, name="parent-watch").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent and psutil.pid_exists(parent):
        time.sleep(0.5)
    os._exit(1)


def leave_with(parent: int) -> None:
    """End this process as SIGTERM would, soon after the process `parent` is gone."""
    threading.Thread(target=_leave_after, args=(parent,), daemon=True, name="parent-watch").start()


def _leave_after(parent: int) -> None:
    while psutil.pid_exists(parent):
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def kill_tree(pid: int) -> None:
    """End a process and everything it started, at once."""
    try:
        root = psutil.Process(pid)
        family = [*root.children(recursive=True), root]
    except psutil.NoSuchProcess:
        return
    for process in family:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    deadline = time.monotonic() + _KILL_SECONDS
    while not all(map(_has_ended, family)) and time.monotonic() < deadline:
        time.sleep(0.01)


def _has_ended(process: psutil.Process) -> bool:
    """Dead, whether its parent has taken note or not: that is left to whoever started it."""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def kill_marked(pid: int, marker: str) -> None:
    """End a process tree left by an earlier run, if its command line still holds the marker."""
    try:
        command = psutil.Process(pid).cmdline()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return
    if marker in command:
        kill_tree(pid)
