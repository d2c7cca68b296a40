"""Benchmark suites: quality, speed, splitting; figures beside peers and a stored baseline."""
