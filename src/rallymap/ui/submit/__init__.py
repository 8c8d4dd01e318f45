"""The organiser's pages: the form of a new event, and the page of an edit link. Both show the same steps."""
