"""A quiz on paper: two versions, lines to answer on, and a key for each; as a page to print and as a PDF."""
