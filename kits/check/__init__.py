"""Says what is wrong with a kit, with file and line."""

from kits.check.report import Report, check_folder, told

__all__ = ["Report", "check_folder", "told"]
