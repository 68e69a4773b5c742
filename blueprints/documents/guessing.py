"""Slow down whoever tries check codes one after the other.

Kept in memory: there is one server process, and forgetting at a restart costs nothing.
"""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

from core.clock import now

MISSES, WINDOW = 20, timedelta(minutes=10)
# Bounds the memory that many addresses can take.
MOST_ADDRESSES = 10_000

_lock = Lock()
_missed: dict[str, deque[datetime]] = {}


def must_wait(address: str) -> bool:
    """Answer whether this address has guessed wrong too often lately."""
    with _lock:
        return len(_recent(address)) >= MISSES


def note_miss(address: str) -> None:
    """Remember one wrong code."""
    with _lock:
        if len(_missed) >= MOST_ADDRESSES:
            _missed.clear()
        recent = _recent(address)
        recent.append(now())
        _missed[address] = recent


def forget() -> None:
    """Start afresh, as after a restart."""
    with _lock:
        _missed.clear()


def _recent(address: str) -> deque[datetime]:
    since = now() - WINDOW
    return deque((at for at in _missed.get(address, ()) if at > since), maxlen=MISSES)
