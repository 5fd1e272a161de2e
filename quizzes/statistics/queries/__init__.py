"""What the answers of a class add up to; every function of the room makes a fixed number of queries."""
