"""The numeric core of the aligners: sentences as vectors, beads scored by them, the best path of beads."""
