"""Chunks of a batch on the cluster: every item is answered once, whatever dies on the way."""

from __future__ import annotations

import contextlib
import queue
import time
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pyservice.config import Settings
from pyservice.errors import ClusterUnavailable, VitrineError, WorkerLost
from pyservice.jobs.chunk_item import Answer, ChunkItem, failed
from pyservice.jobs.cluster import IDLE_S, Cluster
from pyservice.jobs.item_work import do_item
from pyservice.jobs.slices import SliceAnswer, SliceSizer, Work
from pyservice.logs import logger

if TYPE_CHECKING:
    from pyservice.jobs.link import Link, News

_LOOK_S = 1.0
# Workers that ended come back sooner.
_SILENCE_S = 60.0

log = logger(__name__)


class Chunks:
    """Does chunks, several at once. work: what is done with an item, in a worker; it must travel by pickle.

    Threads may share it.
    """

    def __init__(
        self,
        settings: Settings,
        work: Work = do_item,
        *,
        idle_s: float = IDLE_S,
        item_limit_s: float | None = None,
        silence_s: float = _SILENCE_S,
    ) -> None:
        self._silence_s = silence_s
        self._work = work
        self._sizer = SliceSizer()
        self.cluster = Cluster(settings, idle_s=idle_s, item_limit_s=item_limit_s)

    def begin(self, items: Sequence[ChunkItem]) -> Chunk:
        """A chunk under way: read its `lines` to the end, or `cancel` it and read on. Raises ClusterUnavailable."""
        return Chunk(self.cluster, self._sizer, self._work, items, self._silence_s)

    def stop(self) -> None:
        """Answer what is not done yet as undone, and begin no more. A signal may call this."""
        self.cluster.stop()

    def close(self) -> None:
        """End the workers."""
        self.cluster.close()


class Chunk:
    """The items of one request. One thread reads lines; any may cancel."""

    def __init__(
        self, cluster: Cluster, sizer: SliceSizer, work: Work, items: Sequence[ChunkItem], silence_s: float
    ) -> None:
        self._cluster = cluster
        self._sizer = sizer
        self._work = work
        self._items = items
        # None: nobody wants to hear more.
        self._news: queue.Queue[tuple[str, News] | None] = queue.Queue()
        self._open: dict[str, tuple[Sequence[ChunkItem], Any]] = {}
        self._heard_s = time.monotonic()
        self._silence_s = silence_s
        self._link: Link = cluster.join()

    def cancel(self) -> None:
        """Give up what has not begun; `lines` ends."""
        self._news.put(None)

    def lines(self) -> Generator[Answer, None, None]:
        """An answer per item, as it gets done."""
        try:
            for priority in sorted({item.priority for item in self._items}, reverse=True):
                alike = [item for item in self._items if item.priority == priority]
                yield from self._submitted(self._sizer.sliced(alike))
            while self._open:
                if not self._link.alive or (self._is_silent() and not self._link.has_workers()):
                    yield from self._unanswered()
                    return
                try:
                    told = self._news.get(timeout=_LOOK_S)
                except queue.Empty:
                    continue
                self._heard_s = time.monotonic()
                if told is None:
                    log.info("chunk given up", left=sum(len(items) for items, _ in self._open.values()))
                    return
                yield from self._heard(*told)
        finally:
            for name in [*self._open]:
                self._dropped(name)
            self._cluster.leave()

    def _is_silent(self) -> bool:
        """Whether nothing came for long, which is worth a question now and then."""
        silent = time.monotonic() - self._heard_s > self._silence_s
        if silent:
            self._heard_s = time.monotonic()
        return silent

    def _submitted(self, slices: Sequence[Sequence[ChunkItem]]) -> Iterator[Answer]:
        """Nothing, or the failure of all of them."""
        if not slices:
            return
        try:
            handed = self._link.submit(slices, self._work, slices[0][0].priority, lambda *told: self._news.put(told))
        except ClusterUnavailable as error:
            self._link.lose()
            for items in slices:
                yield from (failed(item, error) for item in items)
            return
        for (name, future), items in zip(handed, slices, strict=True):
            self._open[name] = (items, future)

    def _heard(self, name: str, news: News) -> Iterator[Answer]:
        if name not in self._open:
            return
        items, future = self._open[name]
        if isinstance(news, int):
            self._dropped(name)
            yield from self._hung(items, news)
            return
        answer = _result(future)
        self._dropped(name)
        if isinstance(answer, SliceAnswer):
            self._sizer.learn(answer)
            yield from answer.answers
            rest = items[len(answer.answers) :]
            yield from self._submitted(self._sizer.sliced(rest))
        elif isinstance(answer, WorkerLost) and len(items) > 1:
            # One of them ends workers: each is tried by itself.
            yield from self._submitted([[item] for item in items])
        else:
            if isinstance(answer, ClusterUnavailable):
                self._link.lose()
            yield from (failed(item, answer) for item in items)

    def _hung(self, items: Sequence[ChunkItem], place: int) -> Iterator[Answer]:
        """The others lost what was done of them with the worker."""
        yield failed(items[place], WorkerLost("Expected an item that ends, it was given up after its time"))
        yield from self._submitted([[item] for item in (*items[:place], *items[place + 1 :])])

    def _unanswered(self) -> Iterator[Answer]:
        self._link.lose()
        lost = ClusterUnavailable("Expected an answer from the workers, they or their scheduler were lost")
        for name, (items, _) in [*self._open.items()]:
            self._dropped(name)
            yield from (failed(item, lost) for item in items)

    def _dropped(self, name: str) -> None:
        """A task that nobody waits for is not begun any more."""
        _, future = self._open.pop(name)
        self._link.forget(name)
        with contextlib.suppress(OSError, RuntimeError, AttributeError):
            future.release()


def _result(future: Any) -> SliceAnswer | Exception:
    """What a task that is done comes to."""
    from distributed.client import FutureCancelledError
    from distributed.scheduler import KilledWorker, NoValidWorkerError, NoWorkerError

    try:
        answer: SliceAnswer = future.result(timeout=30)
        return answer
    except KilledWorker:
        return WorkerLost("Expected a picture that can be worked on, the process that tried ended each time")
    except (FutureCancelledError, NoWorkerError, NoValidWorkerError, OSError, TimeoutError):
        return ClusterUnavailable("Expected an answer from the workers, they or their scheduler were lost")
    except VitrineError as error:
        return error
    except Exception as error:
        log.error("slice failed", exc_info=error)
        return error
