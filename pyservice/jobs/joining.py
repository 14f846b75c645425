"""Worker processes of this machine that work for a scheduler elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import signal

from distributed import Nanny

from pyservice.config import Settings
from pyservice.jobs.dask_settings import configure_dask
from pyservice.logs import logger

# A scheduler that is gone is asked again this often.
_AGAIN_S = 2.0
_CLOSE_S = 5.0

log = logger(__name__)


def work_for(address: str, settings: Settings) -> None:
    """Keep as many worker processes as the settings say at this scheduler, until SIGINT or SIGTERM.

    They set themselves up once pyservice gives them something to do, by the environment of this process.
    """
    configure_dask(settings.data_dir.absolute() / "tmp")
    asyncio.run(_work_for(address, settings))


async def _work_for(address: str, settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    log.info("working", scheduler=address, workers=settings.workers)
    await asyncio.gather(*(_keep_one(address, settings, stop) for _ in range(settings.workers)))
    log.info("stopped")


async def _keep_one(address: str, settings: Settings, stop: asyncio.Event) -> None:
    """One worker after the other: they end with the connection to their scheduler."""
    while not stop.is_set():
        try:
            await _one(address, settings, stop)
        except (OSError, TimeoutError, RuntimeError) as error:
            log.warning("no scheduler", scheduler=address, error=str(error))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _AGAIN_S)


async def _one(address: str, settings: Settings, stop: asyncio.Event) -> None:
    nanny = Nanny(address, nthreads=1, memory_limit=settings.worker_memory_bytes, dashboard=False)
    stopped = asyncio.ensure_future(stop.wait())
    working = asyncio.ensure_future(_until_gone(nanny, address))
    try:
        await asyncio.wait((stopped, working), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
    finally:
        stopped.cancel()
        working.cancel()
        await nanny.close(timeout=_CLOSE_S)


async def _until_gone(nanny: Nanny, address: str) -> None:
    await nanny
    log.info("worker joined", scheduler=address)
    await nanny.finished()
    log.info("worker left", scheduler=address)
