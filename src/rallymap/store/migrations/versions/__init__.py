"""The steps that bring a database from one form to the next; a step that was released is never changed."""
