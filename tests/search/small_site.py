"""A small site with our search in Material's box, built apart from the project's own pages."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from annotated.folder import Folder
from annotated.publish import search_index as search
from annotated.publish.assets import joined
from annotated.publish.search import put_engine, read_pages
from annotated.publish.search_texts import PageReader, search_texts

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "overrides" / "assets"
ENGINE = ASSETS / "search"

PAGES = {
    "index.md": "# Tea\n\nLeaves, water and time.\n",
    "brewing.md": (
        "# Brewing\n\nHow leaves become tea.\n\n## Steeping time {#steeping}\n\n"
        "Steeping takes three minutes for black tea.\n\n## Water & `<b>heat</b>` {#water}\n\n"
        "Use water at 95 degrees.\n"
    ),
    "glossary.md": "# Glossary\n\nAll terms.\n",
    "letters.md": (
        "# Letters\n\n## Signs {#signs}\n\n`tea:StartSteeping` needs `KETTLE_IS_HOT` "
        "and a porcelain pot.\n\n    whiskMatcha --slowly\n\n"
        "## Scripts {#scripts}\n\n찻주전자를 데워 둔다. Чайник кипит. 茶を淹れます。 泡茶要用热水。 "
        "إبريق الشاي ساخن. ต้มน้ำชา. El té está listo.\n"
    ),
}

SETTINGS = """
site_name: Tea
use_directory_urls: false
theme: {name: material, font: false, features: [search.highlight, search.suggest]}
markdown_extensions: [attr_list]
plugins: [search]
"""

CONCEPTS = [
    search.Concept(
        id="steeping",
        term={"en": "steeping", "ko": "우리기"},
        location="brewing.html#steeping",
        definition={"en": "Leaving leaves in water <until> it tastes."},
        aliases={"en": ["infusion time"], "ko": ["인퓨전"]},
        questions={"ko": ["차를 얼마나 담가 두나"]},
    )
]

SENTENCES = {
    "nothing": "Nothing found for “{query}”",
    "partly": "No page answers all of “{query}”",
    "closest": "Did you mean {term}?",
    "advice": "Try another word.",
    "home": "glossary.html",
}
SAID = {
    "loading": "The search loads.",
    "failed": "The search index did not load.",
    "retry": "Try again",
}


def build(folder: Path, sentences: dict[str, str] = SENTENCES) -> Path:
    """Build the site in `folder` and put our engine and index in it; return where it stands."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    for name, text in PAGES.items():
        (docs / name).write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True)
    site = folder / "site"
    files = Folder(site)
    pages = [(name.replace(".md", ".html"), "") for name in PAGES]
    read = read_pages(files, pages, PageReader())
    index = search.search_index(
        [doc for page in read for doc in search.docs_of(page)],
        CONCEPTS,
        kinds={"glossary.html": "reference"},
        sentences=sentences,
    )
    sources = {path.name: path.read_text(encoding="utf-8") for path in ENGINE.glob("*.js")}
    put_engine(files, sources, index, search_texts(read), SAID)
    for path, _, text in joined(_scripts(folder / "assets")):
        files[path] = text.encode()
    for path in files:
        if path.endswith(".html"):
            files[path] = files[path].replace(
                b"</body>", b'<script src="assets/site.js"></script></body>', 1
            )
    return site


def _scripts(target: Path) -> Path:
    """Lay out what a page's search needs of the site's scripts at `target`."""
    for part in ("search/page", "later/marks"):
        shutil.copytree(ASSETS / part, target / part)
    (target / "scripts").mkdir()
    shutil.copy(ASSETS / "scripts" / "later.js", target / "scripts")
    return target
