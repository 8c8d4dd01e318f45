"""What four other ways to draw the same events take, in the same browser, doing the same thing."""
