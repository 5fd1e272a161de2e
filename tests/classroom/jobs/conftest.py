import pytest


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """The counts of jobs are files, and each test has its own."""
    settings.DATA_DIR = tmp_path
