"""A class's roster as a file: read (``reading``), compared with the class (``planning``), then applied in one go
(``applying``), or written out (``export``)."""
