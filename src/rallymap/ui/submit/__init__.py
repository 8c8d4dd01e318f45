"""Organisers' pages: the form for a new event, and the page of an edit link. Both use the same steps."""
