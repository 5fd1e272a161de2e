"""The demo school: a teacher, a class of 24, and what they have done so far, all through the real actions."""

from kits.demo.school import DemoSchool, build_school

__all__ = ["DemoSchool", "build_school"]
