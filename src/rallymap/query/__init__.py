"""What is asked of the events: filters, the in-memory snapshot, counts over cells and time, the public view."""
