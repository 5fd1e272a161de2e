"""What a text holds: words, sentences, figures and names. Knows no kit."""
