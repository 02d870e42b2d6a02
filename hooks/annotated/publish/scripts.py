"""Published scripts, made smaller without changing what they do."""

from __future__ import annotations

from importlib.util import find_spec


def smaller_script(script: str) -> str:
    """Return a classic script with short names and no comments.

    Not every machine has a build of the minifier (see requirements.in): there, the script stays
    as it is.

    Raises:
        ValueError: the script has a syntax error; the message tells where.
    """
    if find_spec("minify") is None:
        return script
    import minify  # noqa: PLC0415 (it may be missing)

    try:
        smaller: str = minify.string("application/javascript", script)
    except minify.MinifyError as error:
        raise ValueError(f"a script cannot be read: {error}") from error
    return smaller
