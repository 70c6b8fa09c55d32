"""Requests that are no form with one photo, or no HTTP at all."""

from collections.abc import Iterator

from tests.serve.hostile.made import saved

BOUNDARY = "XbX"
MULTIPART = f"Content-Type: multipart/form-data; boundary={BOUNDARY}"
NAMES = (
    "../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/shadow",
    "C:\\boot.ini",
    "<script>alert(1)</script>.jpg",
    "x' onerror='alert(1)",
    "a\x00b.jpg",
    "a\x1b[31mb\u202egpj.exe",
    "%2e%2e%2fpasswd",
    "${jndi:ldap://127.0.0.1/a}",
    "$(id).jpg",
    "long" * 800,
    "e\u0301" * 200,
    "..",
    "",
)
"""What nobody should call a photo."""

Requests = Iterator[tuple[str, bytes]]


def part(body: bytes, name: str = "photo", filename: str | None = "look.jpg", *more: str) -> bytes:
    """Give one part of a form."""
    told = f'Content-Disposition: form-data; name="{name}"'
    if filename is not None:
        told += f'; filename="{filename}"'
    head = "\r\n".join([f"--{BOUNDARY}", told, *more])
    return head.encode() + b"\r\n\r\n" + body + b"\r\n"


def form(*parts: bytes) -> bytes:
    """Give a form of parts."""
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def request(body: bytes, *headers: str, path: str = "/v1/predict?masks=none") -> bytes:
    """Give a whole request that says how long its body is, unless the headers do."""
    told = list(headers or [MULTIPART])
    if not any(line.lower().startswith(("content-length", "transfer-encoding")) for line in told):
        told.append(f"Content-Length: {len(body)}")
    head = [f"POST {path} HTTP/1.1", "Host: localhost", "Connection: close", *told]
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body


def with_photo(data: bytes, filename: str | None = "look.jpg") -> bytes:
    """Give a request with a file as its photo."""
    return request(form(part(data, filename=filename)))


def hostile_requests() -> Requests:
    """Give what is to be refused, each with a phrase."""
    yield from of_other_kinds()
    yield from malformed()
    yield from of_wrong_length()
    yield from with_hostile_names()


def of_other_kinds() -> Requests:
    """Give forms that are sound and hold no one photo, and what is no form."""
    photo = part(saved())
    yield "no photo", request(form(part(saved(), "picture")))
    yield "photo as text", request(form(part(b"look.jpg", filename=None)))
    yield "two photos", request(form(photo, photo))
    yield "photo and url", request(form(photo, part(b"https://shop.example/a.jpg", "url", None)))
    for url in (b"file:///etc/passwd", b"http://127.0.0.1/", b"http://169.254.169.254/latest/meta-data/"):
        yield f"url {url.decode()}", request(form(part(url, "url", None)))
        yield (
            f"url {url.decode()} in a short form",
            request(b"url=" + url, "Content-Type: application/x-www-form-urlencoded"),
        )
    for kind in (
        "image/jpeg",
        "application/json",
        "text/html",
        "application/octet-stream",
        "nonsense",
        ";;;",
    ):
        yield f"photo as {kind}", request(saved(), f"Content-Type: {kind}")
    yield "photo of no kind", request(saved(), "X-None: 1")
    yield "nothing at all", request(b"", "X-None: 1")
    yield "packed form", request(form(photo), MULTIPART, "Content-Encoding: gzip")[:-50] + bytes(50)
    yield (
        "photo in base64",
        request(form(part(b"/9j/4AAQ", "photo", "a", "Content-Transfer-Encoding: base64"))),
    )


def malformed() -> Requests:
    """Give forms that break the rules of forms."""
    photo = part(saved())
    kind = "Content-Type: multipart/form-data"
    yield "no boundary named", request(form(photo), kind)
    yield "empty boundary", request(form(photo), f"{kind}; boundary=")
    yield "another boundary", request(form(photo), f"{kind}; boundary=other")
    yield "boundary of 10,000 signs", request(form(photo), f"{kind}; boundary=" + 10_000 * "b")
    yield "charset that does not exist", request(form(photo), f"{MULTIPART}; charset=klingon")
    yield "charset that runs code", request(form(photo), f"{MULTIPART}; charset=idna")
    yield "no last boundary", request(photo)
    yield "half a last boundary", request(form(photo)[:-5])
    yield "last boundary alone", request(form())
    yield "empty body", request(b"")
    yield "lines that end in LF", request(form(photo).replace(b"\r\n", b"\n"))
    yield "text in place of a form", request(b"photo=look.jpg")
    yield "bytes in place of a form", request(bytes(range(256)) * 40)
    yield "part without headers", request(form(f"--{BOUNDARY}\r\n\r\nx\r\n".encode()))
    yield "part without disposition", request(form(f"--{BOUNDARY}\r\nA: b\r\n\r\nx\r\n".encode()))
    yield "part without name", request(form(photo.replace(b' name="photo";', b"")))
    yield "header without colon", request(form(photo.replace(b"Content-Disposition:", b"Disposition")))
    yield "header with a zero", request(form(photo.replace(b"Content-Disp", b"Con\0tent-Disp")))
    yield "header of 100 kB", request(form(part(saved(), "photo", "a", "X: " + 100_000 * "x")))
    yield "fifty headers", request(form(part(saved(), "photo", "a", *50 * ["X: x"])))
    yield "name of 100 kB", request(form(part(saved(), 100_000 * "n")))
    yield "thousand fields", request(form(*1000 * [part(b"x", "a", None)], photo))
    yield "thousand files", request(form(*1000 * [part(b"x")]))
    yield "field of 1 MB", request(form(part(1_000_000 * b"x", "where", None), photo))
    yield "ten thousand boundaries", request(10_000 * f"--{BOUNDARY}\r\n".encode())
    nested = part(form(photo), "photo", None, f"Content-Type: multipart/mixed; boundary={BOUNDARY}")
    yield "form in a form", request(form(nested))
    yield "short form of 1 MB", request(1_000_000 * b"a", "Content-Type: application/x-www-form-urlencoded")
    yield (
        "short form of 10,000 fields",
        request(b"a=b&" * 10_000, "Content-Type: application/x-www-form-urlencoded"),
    )


def of_wrong_length() -> Requests:
    """Give requests whose body is not as long as they say, or longer than may be."""
    body = form(part(saved()))
    yield "length too short", request(body, MULTIPART, f"Content-Length: {len(body) // 2}")
    yield "negative length", request(body, MULTIPART, "Content-Length: -1")
    yield "length that is no number", request(body, MULTIPART, "Content-Length: many")
    yield "length of 30 digits", request(body, MULTIPART, "Content-Length: " + 30 * "9")
    yield "two lengths", request(body, MULTIPART, "Content-Length: 5", f"Content-Length: {len(body)}")
    yield "30 MB declared", request(b"", MULTIPART, "Content-Length: 31457280")
    chunked = "Transfer-Encoding: chunked"
    yield "chunks of no size", request(b"zz\r\n" + body, MULTIPART, chunked)
    head = part(b"")[:-2]
    large = b"".join(
        f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in [head, *24 * [bytes(2**20)]]
    )
    yield "24 MB in chunks", request(large + b"0\r\n\r\n", MULTIPART, chunked)


def with_hostile_names() -> Requests:
    """Give files that are no photos under names that are no names."""
    for name in NAMES:
        yield f"name {name[:30]!r}", with_photo(b"<script>alert(1)</script>", name)
