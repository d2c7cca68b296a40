"""Engines, one file each: ``PLUGIN`` is a ``translation.EngineKind`` that opens packages."""
