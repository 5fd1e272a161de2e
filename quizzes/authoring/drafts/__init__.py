"""From a blueprint to a question, a module for each group of types."""
