"""What the words of a search mean, and the words of an event; independent of any database."""
