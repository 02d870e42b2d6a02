"""The core of an annotated notes site: plain Python that knows neither MkDocs nor the subject.

Data flows one way, and each package imports only those before it:
``records`` (what there is) -> ``check`` (what must hold) -> ``render`` (HTML and Markdown)
-> ``publish`` (files beside the pages).
"""

#: The newest version in ``CHANGELOG.md``.
__version__ = "2.0.0"
