"""Writes a kit out of the database as one JSON document."""

from kits.export.document import export_document

__all__ = ["export_document"]
