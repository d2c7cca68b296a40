"""Errors a user can mend: what happened, where, and what to do about it."""

__all__ = ["AligntoolError", "InputError", "ModelError", "OutputError", "PartialError"]


class AligntoolError(Exception):
    """A failure the user can act on; the command line prints it without a traceback.

    Args:
        message: What happened and where, one sentence without a full stop.
        hint: What to do about it, ideally the exact command; may be empty.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputError(AligntoolError):
    """The input cannot be read or is not what it was said to be."""


class ModelError(AligntoolError):
    """No usable translation package for the pair, or a package that is broken or hostile."""


class OutputError(AligntoolError):
    """The output cannot be written, or would overwrite something aligntool did not write."""


class PartialError(AligntoolError):
    """Some documents were finished and some were not; running again resumes."""

    exit_code = 75
