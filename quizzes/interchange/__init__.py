"""Questions in and out: GIFT, Moodle XML and a CSV of our own, read into a plan that is shown before it is applied."""
