"""Groups of a class: making, filling and deleting them."""
