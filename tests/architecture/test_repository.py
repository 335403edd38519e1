"""Rules of the repository that no linter knows."""

import re
import subprocess
import unicodedata
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation

ROOT: Path = settings.BASE_DIR
APPS = ["home", "fiches", "glossaire", "evenements", "outilthèque", "variantes", "redaction", "socle"]
CODE = [*APPS, "site", "tests", "benchmarks"]
LINES_AT_MOST = 400


@cache
def tracked_files() -> list[str]:
    """Return what the repository holds, or is about to hold."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [name for name in listing.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def python_files() -> list[str]:
    return [name for name in tracked_files() if name.endswith(".py") and "/migrations/" not in name]


def test_the_tool_library_app_has_an_accented_name_and_an_ascii_label() -> None:
    module = import_module("outilthèque")
    config = apps.get_app_config("outiltheque")
    assert config.name == module.__name__ == "outilthèque"
    assert config.label.isascii()


def test_file_names_are_in_nfc_and_only_one_folder_has_an_accent() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("*")] + tracked_files()
    assert [name for name in names if unicodedata.normalize("NFC", name) != name] == []
    accented = {name for name in tracked_files() if not name.isascii()}
    assert [name for name in accented if not name.startswith("outilthèque/")] == []
    assert [name for name in accented if not name.removeprefix("outilthèque/").isascii()] == []


def test_every_app_has_an_ascii_label_and_a_name_for_people() -> None:
    for name in APPS:
        config = next(config for config in apps.get_app_configs() if config.name == name)
        assert config.label.isascii()
        assert config.verbose_name


def test_no_module_is_named_for_being_useful() -> None:
    assert [name for name in python_files() if Path(name).stem in ("utils", "helpers", "common", "misc")] == []


def test_no_file_is_too_long_to_read() -> None:
    lengths = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in python_files()}
    assert {name: length for name, length in lengths.items() if length > LINES_AT_MOST} == {}


def test_identifiers_are_ascii() -> None:
    declared = re.compile(r"^\s*(?:class|def)\s+(\w+)|^(\w+)\s*[:=]", re.MULTILINE)
    found = [
        (name, match.group(0).strip())
        for name in python_files()
        for match in declared.finditer((ROOT / name).read_text(encoding="utf-8"))
        if not (match[1] or match[2]).isascii()
    ]
    assert found == []


def test_every_template_is_used() -> None:
    templates = {
        name.removeprefix("templates/") for name in tracked_files() if re.match(r"templates/.*\.(html|txt)$", name)
    }
    sources = [name for name in tracked_files() if name.endswith((".py", ".html", ".txt", ".json"))]
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in sources if not name.startswith("tests/")}
    conventional = {template_of(model) for model in apps.get_models() if hasattr(model, "get_template")}
    unused = [
        template
        for template in sorted(templates)
        if template not in conventional
        and not is_override(template)
        and not any(template in text for name, text in texts.items() if name != f"templates/{template}")
    ]
    assert unused == []


def template_of(model: type) -> str:
    return str(getattr(model, "template", ""))


def is_override(template: str) -> bool:
    """Tell whether Django or Wagtail looks this template up by its own name."""
    if template in ("404.html", "500.html", "403.html", "400.html", "403_csrf.html"):
        return True
    theirs = [app for app in apps.get_app_configs() if Path(app.path).parent != ROOT]
    return any(Path(app.path, "templates", template).exists() for app in theirs)


def test_every_requirement_is_pinned_with_hashes_and_names_no_registry() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert not re.search(r"https?://|file:/|--(extra-)?index-url|--find-links|--trusted-host", text)
    requirements = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(requirements) > 50
    assert [entry.split()[0] for entry in requirements if "--hash=sha256:" not in entry or "==" not in entry] == []


def test_every_declared_dependency_is_locked() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    locked = {
        match[1].lower().replace("_", "-")
        for match in re.finditer(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    }
    names = {re.match(r"[\w.-]+", entry)[0].lower().replace("_", "-") for entry in declared}  # type: ignore[index]
    assert names - locked == set()


@pytest.mark.parametrize("code", dict(settings.LANGUAGES))
def test_every_language_activates(code: str) -> None:
    with translation.override(code):
        assert translation.get_language() == code
        assert translation.get_language_info(code)["code"] == code
        assert translation.get_language_bidi() is (code == "ar")
        assert translation.check_for_language(code)
        assert translation.to_locale(code) in {"fr", "fr_Simple", "en", "ar", "es", "pt"}


def test_easy_french_is_a_language_of_its_own() -> None:
    assert translation.get_language_info("fr-simple")["name_local"] == "Français facile (FALC)"
    assert translation.get_supported_language_variant("fr-simple", strict=True) == "fr-simple"
    assert translation.get_supported_language_variant("fr-CA") == "fr"
    with pytest.raises(LookupError):
        translation.get_supported_language_variant("de")
