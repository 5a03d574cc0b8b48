"""A way to a server that is so long that each byte needs a while, in both directions."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread


@contextmanager
def slow_way(port: int, seconds: float) -> Iterator[int]:
    """Lead to a port of this machine, late by so many seconds each way, and give the port where that way begins."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, daemon=True).start()

    async def lead(here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        there, forth = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_carry(here, forth, seconds), _carry(there, back, seconds))

    async def begin() -> asyncio.Server:
        return await asyncio.start_server(lead, "127.0.0.1", 0)

    way = asyncio.run_coroutine_threadsafe(begin(), loop).result()
    try:
        yield way.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_end(way), loop).result()
        loop.call_soon_threadsafe(loop.stop)


async def _end(way: asyncio.Server) -> None:
    way.close()
    under_way = asyncio.all_tasks() - {asyncio.current_task()}
    for task in under_way:
        task.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    while data := await reader.read(65536):
        loop.call_later(seconds, writer.write, data)
    loop.call_later(seconds, writer.close)
