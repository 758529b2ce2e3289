"""Files that are something else than they say."""

import re
import urllib.parse

from attacks import Place, attack, must
from loop import photo

PAGE = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PNG = photo()["buffer"]


def send(place: Place, name: str, kind: str, content: bytes):
    path = f"{place.problem}/attachments"
    return place.office.upload(path, {}, [("files", name, kind, content)])


def files(place: Place) -> list[str]:
    """Addresses of the problem's files."""
    return re.findall(r'href="(/attachments/\d+)[^"]*"', place.office.get(place.problem).text)


@attack
def pages_as_photos(place: Place) -> None:
    """Told by their content, whatever they are called: pages, drawings and scripts are refused in words."""
    before = files(place)
    for content in [PAGE, DRAWING, b"\xef\xbb\xbf" + PAGE, b"\xff\xfe" + PAGE.decode().encode("utf-16-le"), b"", b"MZ" + b"\0" * 500]:
        for name, kind in [("photo.jpg", "image/jpeg"), ("photo.png", "image/png"), ("x.svg", "image/svg+xml"), ("x.html", "text/html")]:
            answer = send(place, name, kind, content)
            assert answer.status in (413, 415, 422), f"{name} {content[:10]!r}: {answer.status}"
            assert "<script>alert" not in answer.text
    assert files(place) == before


@attack
def two_things_in_one(place: Place) -> None:
    """A picture with a page in it is served as a picture or saved, never as a page."""
    for content in [PNG + PAGE, PNG[:-12] + PAGE + PNG[-12:], b"GIF89a" + PAGE, b"%PDF-1.7\n" + PAGE]:
        send(place, "photo.png", "image/png", content)
    for address in files(place):
        for query in ["", "?view=1"]:
            answer = must(place.office.get(address + query), 200)
            assert answer.header("X-Content-Type-Options") == "nosniff"
            kind = answer.header("Content-Type")
            assert not re.search(r"html|svg|xml|javascript|text/(?!plain)", kind), kind
            inline = answer.header("Content-Disposition").startswith("inline")
            assert not inline or kind in ("image/png", "image/jpeg", "image/webp", "image/heic"), kind
            assert "default-src 'none'" in answer.header("Content-Security-Policy")


@attack
def names_of_files(place: Place) -> None:
    """A name puts nothing into a header, a page or a path."""
    for name in [
        "../../../etc/passwd.png", "a\\..\\b.png", 'x"; filename="evil.html', "x%0d%0aSet-Cookie: evil=1.png",
        "<script>alert(1)</script>.png", "照片 一.png", "." * 300 + ".png", "con.png", "a\tb.png",
    ]:  # fmt: skip
        answer = send(place, name, "image/png", PNG[:-12] + name.encode()[:8] + PNG[-12:])
        assert answer.status < 500, name
    page = place.office.get(place.problem).text
    assert "<script>alert" not in page
    for address in files(place):
        answer = place.office.get(address)
        line = answer.header("Content-Disposition")
        assert "evil" not in answer.header("Set-Cookie") and "/" not in line.split("filename*")[0], line
        assert "evil.html" not in re.sub(r"filename\*=\S+", "", line) or '"evil.html' not in line, line
    raw = f"{place.problem}/attachments"
    mark = "x"
    head = 'Content-Disposition: form-data; name="files"; filename="a\r\nX-Evil: 1.png"'
    token = f'--{mark}\r\nContent-Disposition: form-data; name="form_token"\r\n\r\n{place.office.token}\r\n'
    body = (token + f"--{mark}\r\n{head}\r\n\r\n").encode() + PNG + f"\r\n--{mark}--\r\n".encode()
    answer = place.office.ask("POST", raw, body, Content_Type=f"multipart/form-data; boundary={mark}")
    assert answer.status in (303, 400, 422) and not answer.header("X-Evil"), answer.status


@attack
def anothers_files(place: Place) -> None:
    """A file is seen by those who see its problem."""
    must(send(place, "photo.png", "image/png", PNG), 303)
    address = files(place)[0]
    must(place.handler.get(address), 404)
    must(place.handler.post(address + "/withdrawal", {"reason": "x"}), 403, 404)
    answer = place.stranger().get(address)
    assert answer.status == 303 and answer.location.startswith("/sign-in"), answer.status
    upload = place.handler.upload(f"{place.problem}/attachments", {}, [("files", "a.png", "image/png", PNG)])
    must(upload, 403, 404)


@attack
def uploads_without_end(place: Place) -> None:
    """Forms with files have limits too, and ask for the token before they take anything."""
    big = b"\x89PNG\r\n\x1a\n" + b"\0" * 30_000_000
    try:
        must(send(place, "big.png", "image/png", big), 413, 422)
    except (BrokenPipeError, ConnectionResetError):
        pass
    many = [("files", f"{n}.png", "image/png", PNG) for n in range(300)]
    answer = place.office.upload(f"{place.problem}/attachments", {}, many)
    assert answer.status in (400, 413, 422), answer.status
    answer = place.office.upload(
        f"{place.problem}/attachments", {"form_token": "wrong"}, [("files", "a.png", "image/png", PNG)]
    )
    must(answer, 403)
    for boundary in ["", '"', "x" * 500, "x\r\ny"]:
        kind = "multipart/form-data; boundary=" + urllib.parse.quote(boundary)
        answer = place.office.ask("POST", f"{place.problem}/attachments", b"--x--", Content_Type=kind)
        assert answer.status in (400, 403, 413, 415), f"{boundary[:5]!r}: {answer.status}"
