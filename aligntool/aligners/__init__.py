"""Aligners, one file each: ``PLUGIN`` is an ``alignment.Aligner``."""
