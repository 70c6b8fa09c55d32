"""Room for the pixels of all photos that are unpacked at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

__all__ = ["PixelRoom"]


class PixelRoom:
    """A number of pixels that photos share; who finds no room waits for it, first come, first served.

    A photo larger than all of the room is let in when it is empty, so that none waits for ever.

    Example:
        >>> async def photo() -> int:
        ...     room = PixelRoom(100)
        ...     async with room.hold(60):
        ...         return room.taken
        >>> asyncio.run(photo())
        60
    """

    def __init__(self, pixels: int) -> None:
        """Make it.

        Args:
            pixels: At most.
        """
        self._most = pixels
        self._turn = asyncio.Lock()
        self._left = asyncio.Event()
        self.taken = 0
        """Pixels of the photos inside."""

    @asynccontextmanager
    async def hold(self, pixels: int) -> AsyncIterator[None]:
        """Hold room for a photo, once there is some."""
        async with self._turn:
            while self.taken and self.taken + pixels > self._most:
                self._left.clear()
                await self._left.wait()
            self.taken += pixels
        try:
            yield
        finally:
            self.taken -= pixels
            self._left.set()
