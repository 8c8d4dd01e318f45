"""The same map drawn by what others offer: one small app each, over the same synthetic events."""
