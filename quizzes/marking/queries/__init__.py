"""What markers, teachers and students are shown of markings, regrades and questioned keys."""
