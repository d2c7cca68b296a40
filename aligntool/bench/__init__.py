"""Benchmark suites: each measures one thing beside a peer or a floor; figures go beside a stored baseline."""
