"""How often a key may ask: a bucket that fills evenly."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

_MOST_KEYS = 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


@dataclass(slots=True)
class RateLimit:
    """Lets each key ask so many times a minute, and at most a minute's worth at once.

    Attributes:
        per_minute: Of one key; 0 for no limit.
        clock: Seconds that only grow.
    """

    per_minute: float
    clock: Callable[[], float] = time.monotonic
    _buckets: OrderedDict[str, _Bucket] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, key: str) -> float:
        """Count one request.

        Returns:
            0 where it may go on, else after how many seconds it may.
        """
        if not self.per_minute:
            return 0.0
        now, most = self.clock(), max(1.0, self.per_minute)
        with self._lock:
            bucket = self._buckets.setdefault(key, _Bucket(left=most, at=now))
            self._buckets.move_to_end(key)
            while len(self._buckets) > _MOST_KEYS:
                self._buckets.popitem(last=False)
            bucket.left = min(most, bucket.left + (now - bucket.at) * self.per_minute / 60)
            bucket.at = now
            if bucket.left >= 1:
                bucket.left -= 1
                return 0.0
            return (1 - bucket.left) * 60 / self.per_minute
