"""Checks, one file each: a module here is a plug-in, its ``PLUGIN`` a ``flags.Check``."""
