"""Document formats, one file each: ``PLUGIN`` is a ``codec.Format``."""
