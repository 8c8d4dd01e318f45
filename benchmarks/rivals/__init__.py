"""The same map drawn by other libraries: one small app each, over the same synthetic events."""
