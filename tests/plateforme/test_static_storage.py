"""The production style sheet: one file, same layers, same meaning."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.test import override_settings

from plateforme.static_storage import SHEET, FlattenedManifestStorage, inline_imports, minified

SITE = """@layer base, components, print;
@import url("base.css") layer(base);
@import url('components/carte.css') layer(components);
/* @import url("jamais.css") layer(base); */
@import url(print.css) layer(print) print;
"""
CARTE = """/* une carte */
.carte {
  container: carte / inline-size;
  background: url("../../img/fond.svg");
  inline-size: calc(100% - 2 * var(--marge));
  & :hover { color: red; }
  &:hover { color: blue; }
  .titre :is(h2, h3) { margin: 0 clamp(1rem, 0.5rem + 2vw, 2rem); }
  @container carte (width > 30rem) { &:has(> img :focus) { outline: 3px solid; } }
}
.guillemet::before { content: "«  "; }
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    files = {
        "css/site.css": SITE,
        "css/base.css": "body { color: black; mask: url(#masque); cursor: url(data:image/png;base64,AAAA), auto; }",
        "css/components/carte.css": CARTE,
        "css/print.css": "a { color: inherit; }",
        "img/fond.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "js/site.js": 'import { filtrer } from "./filtres.js";\nimport "./menu.js";\nfiltrer();\n',
        "js/filtres.js": "export const filtrer = () => {};\n",
        "js/menu.js": "document.title;\n",
    }
    for name, content in files.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return source


def collected(source: Path, target: Path) -> FlattenedManifestStorage:
    """Do what collectstatic does."""
    origin = FileSystemStorage(location=source)
    storage = FlattenedManifestStorage(location=target, base_url="/static/")
    names = [path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()]
    for name in names:
        with origin.open(name) as content:
            storage.save(name, content)
    for _name, _hashed, outcome in storage.post_process({name: (origin, name) for name in names}):
        if isinstance(outcome, Exception):
            raise outcome
    return storage


@override_settings(DEBUG=False)
def test_imports_become_layers_of_one_hashed_sheet(sources: Path, tmp_path: Path) -> None:
    storage = collected(sources, tmp_path / "static")
    name = storage.stored_name(SHEET)
    css = (tmp_path / "static" / name).read_text(encoding="utf-8")
    assert name != SHEET
    assert "@import" not in css
    assert "/*" not in css
    assert css.index("@layer base") < css.index("@layer components") < css.index("@layer print")
    assert "@media print{@layer print{" in css
    assert (tmp_path / "static" / f"{name}.gz").exists() or len(css) < 1000


@override_settings(DEBUG=False)
def test_addresses_point_to_hashed_files_from_the_new_place(sources: Path, tmp_path: Path) -> None:
    storage = collected(sources, tmp_path / "static")
    css = (tmp_path / "static" / storage.stored_name(SHEET)).read_text(encoding="utf-8")
    picture = storage.stored_name("img/fond.svg")
    assert f"../{picture}" in css
    assert "../../img" not in css
    assert "url(#masque)" in css
    assert "url(data:image/png;base64,AAAA)" in css


def test_minifying_keeps_the_meaning_of_nested_rules(sources: Path) -> None:
    origin = FileSystemStorage(location=sources)
    paths = {path.relative_to(sources).as_posix(): path for path in sources.rglob("*.css")}
    css = minified(inline_imports(SHEET, {name: (origin, name) for name in paths}))
    assert "& :hover{" in css, "a descendant must not become the element itself"
    assert "&:hover{" in css
    assert ".titre :is(h2,h3)" in css
    assert "calc(100% - 2 * var(--marge))" in css
    assert "&:has(>img :focus)" in css
    assert "«  " in css


@override_settings(DEBUG=False)
def test_module_imports_are_rewritten_to_hashed_names(sources: Path, tmp_path: Path) -> None:
    storage = collected(sources, tmp_path / "static")
    script = (tmp_path / "static" / storage.stored_name("js/site.js")).read_text(encoding="utf-8")
    for module in ("filtres", "menu"):
        assert Path(storage.stored_name(f"js/{module}.js")).name in script
        assert f'"./{module}.js"' not in script


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ('@import url("absent.css") layer(base);', "does not exist"),
        ('@import "base.css";', "write every import"),
        ('@import url("base.css");', "write every import"),
    ],
)
def test_an_import_that_cannot_be_flattened_stops_the_deployment(sources: Path, sheet: str, message: str) -> None:
    (sources / SHEET).write_text(sheet, encoding="utf-8")
    origin = FileSystemStorage(location=sources)
    with pytest.raises(ValueError, match=message):
        inline_imports(SHEET, {name: (origin, name) for name in (SHEET, "css/base.css")})


def test_a_syntax_error_stops_the_deployment() -> None:
    with pytest.raises(ValueError, match="css"):
        minified("a { color: red; } } b { }")


def test_the_sheet_of_the_site_flattens() -> None:
    folder = Path(settings.STATICFILES_DIRS[0])
    storage = FileSystemStorage(location=folder)
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*.css")]
    css = minified(inline_imports(SHEET, {name: (storage, name) for name in names}))
    assert "@import" not in css
    assert len(css) > 1000
