"""Records of a kit as bytes and back: what was checked is kept, so that just this is loaded."""

import json
import zlib
from dataclasses import asdict

from kits.records.shapes import Record, Records


def packed(records: Records) -> bytes:
    """Records are plain data, as JSON knows it."""
    plain = {kind: {key: asdict(record) for key, record in own.items()} for kind, own in records.items()}
    return zlib.compress(json.dumps(plain, ensure_ascii=False).encode())


def unpacked(body: bytes) -> Records:
    plain = json.loads(zlib.decompress(body))
    return {kind: {key: Record(**record) for key, record in own.items()} for kind, own in plain.items()}
