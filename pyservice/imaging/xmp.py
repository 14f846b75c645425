"""The little XMP Vitrine reads and writes: who made the picture, and whether a machine drew on it."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_TERMS = "http://cv.iptc.org/newscodes/digitalsourcetype/"
# IPTC: "the compositing of trained algorithmic media with some other media, such as with inpainting".
GENERATIVE_EDIT = _TERMS + "compositeWithTrainedAlgorithmicMedia"

_DECLARED = re.compile(
    rb"DigitalSourceType.{0,200}?(http://cv\.iptc\.org/newscodes/digitalsourcetype/\w{1,60})", re.DOTALL
)

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">{body}</rdf:Description>\
</rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""


def declared_source_type(xmp: bytes | None, max_bytes: int) -> str | None:
    """The IPTC digital source type that an XMP packet declares, or None."""
    if not xmp or len(xmp) > max_bytes:
        return None
    found = _DECLARED.search(xmp)
    return found.group(1).decode("ascii") if found else None


def xmp_packet(source_type: str | None, copyright: str | None, artist: str | None) -> bytes:
    """An XMP packet of these facts; empty where there are none."""
    parts = []
    if source_type:
        parts.append(f"<Iptc4xmpExt:DigitalSourceType>{escape(source_type)}</Iptc4xmpExt:DigitalSourceType>")
    if copyright:
        line = f'<rdf:li xml:lang="x-default">{escape(copyright)}</rdf:li>'
        parts.append(f"<dc:rights><rdf:Alt>{line}</rdf:Alt></dc:rights>")
    if artist:
        parts.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(artist)}</rdf:li></rdf:Seq></dc:creator>")
    return _PACKET.format(body="".join(parts)).encode() if parts else b""
