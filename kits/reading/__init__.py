"""Reads a kit's folder into typed data, with the file and line of everything in it."""

from kits.reading.folder import KitRead, read_film, read_kit
from kits.reading.places import Place, Problem, Problems

__all__ = ["KitRead", "Place", "Problem", "Problems", "read_film", "read_kit"]
