"""Whether a photo's file stops before its format says that it ends."""

__all__ = ["is_cut_short"]

_JPEG, _PNG, _GIF = b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"GIF8"
_SCAN, _END = 0xDA, b"\xff\xd9"
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # JPEG markers that no length follows


def is_cut_short(data: bytes) -> bool:
    """Tell whether a file lacks its end.

    Decoders miss some of these: a download that stopped and left zeros behind decodes to grey areas
    without complaint.

    Args:
        data: The whole file: JPEG, PNG, WebP or GIF; of other formats nothing is known.

    Returns:
        True if the end that the format demands is not there.

    Example:
        >>> is_cut_short(b"GIF89a..."), is_cut_short(b"GIF89a...;"), is_cut_short(b"who knows")
        (True, False, False)
    """
    if data.startswith(_JPEG):
        return data.find(_END, _first_scan(data)) < 0
    if data.startswith(_PNG):
        return b"IEND" not in data
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return len(data) < 8 + int.from_bytes(data[4:8], "little")
    if data.startswith(_GIF):
        return b";" not in data[-1024:]
    return False


def _first_scan(data: bytes) -> int:
    """Find where a JPEG's pixels begin; thumbnails in its head have ends of their own."""
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == _SCAN:
            return place
        if marker == 0xFF or marker in _ALONE:
            place += 1 if marker == 0xFF else 2
        else:
            place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return place
