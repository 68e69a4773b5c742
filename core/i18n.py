"""Languages. Source strings are Simplified Chinese; 繁體 and English are catalogs.

``python -m core.i18n update`` collects new strings and converts 繁體 with OpenCC for review;
``python -m core.i18n check`` fails when a string lacks a translation.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TypeVar

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, Domain, force_locale
from flask_login import current_user
from markupsafe import Markup

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {"zh_Hans_CN": "简体中文", "zh_Hant": "繁體中文", "en": "English"}
# English dates are told as 22 Nov, which nobody reads as another day.
REGIONS = {"zh_Hans_CN": "zh_Hans_CN", "zh_Hant": "zh_Hant", "en": "en_GB"}
HTML_LANG = {"zh_Hans_CN": "zh-Hans", "zh_Hant": "zh-Hant", "en": "en"}
BROWSER_TAGS = {
    "zh-tw": "zh_Hant",
    "zh-hk": "zh_Hant",
    "zh-mo": "zh_Hant",
    "zh-hant": "zh_Hant",
    "zh": "zh_Hans_CN",
    "en": "en",
}
# What is worked out once from the language of a request.
KEPT_FOR_THE_REQUEST = ("language", "translations", "surroundings")
CATALOGS = ("zh_Hant", "en")
# 髮 is hair, 錶 a watch, 籤 a lot or a label, 里 a mile: none of them is meant here.
RIGHT = {
    "換髮": "換發", "長髮給": "長發給", "錶單": "表單", "迴心": "回心",
    "道里": "道裡", "戶里": "戶裡", "天后": "天後", "籤": "簽",
}  # fmt: skip
MISREAD = re.compile("|".join(RIGHT).replace("籤", "(?<![標抽])籤"))
DEFAULT = "zh_Hans_CN"
# What a translation says of one and of more: “%(n)s {n:photo|photos}”. Chinese knows no plural, so
# its strings have no plural forms that a catalog could answer with msgid_plural.
ONE_OR_MORE = re.compile(r"\{(\w+):([^|{}]*)\|([^|{}]*)\}")
Text = TypeVar("Text", str, Markup)


class OneLanguageDomain(Domain):
    """Looks the language up once for each request; a page asks for a hundred strings."""

    def get_translations(self) -> NullTranslations:
        """Return the translations of this request's language."""
        try:
            return g.translations
        except RuntimeError:  # outside an application context
            return super().get_translations()
        except AttributeError:
            g.translations = translations_into(language())
            return g.translations

    def gettext(self, string: str, **variables: object) -> str:
        """Translate, in the number that the values ask for."""
        found = self.get_translations().ugettext(string)
        return in_number(found, variables) % variables if variables else found


@cache
def translations_into(spoken: str) -> NullTranslations:
    """Return what the source strings are in a language; the source speaks for itself."""
    return Translations.load(ROOT / "translations", [spoken])


domain = OneLanguageDomain()
# For words that stand in every line of a list: Flask-Babel's own asks for its domain each time.
gettext = domain.gettext


def init_app(app: Flask) -> None:
    """Choose the language of each request."""
    babel = Babel(app, locale_selector=chosen_language)
    babel.domain_instance = domain
    app.jinja_env.globals["_"] = in_template
    app.jinja_env.globals.update(
        html_lang=lambda: HTML_LANG[language()], html_langs=HTML_LANG, languages=LANGUAGES
    )
    app.jinja_env.filters.update(listed=listed, worded=worded)


@contextmanager
def speaking(other: str) -> Iterator[None]:
    """Speak another language for a while, whoever asks."""
    kept = {name: g.pop(name, None) for name in KEPT_FOR_THE_REQUEST}
    g.language = other
    with force_locale(other):
        yield
    for name, value in kept.items():
        g.pop(name, None)
        if value is not None:
            setattr(g, name, value)


def language() -> str:
    """Return the language of this request; a page asks many times."""
    if not g:  # outside an application context
        return DEFAULT
    found = g.get("language")
    if found is None:
        found = g.language = chosen_language()
    return found


def in_template(source: str, **values: object) -> Markup:
    """Translate a string of a template. Values are escaped, and a per cent sign is written %%.

    Does what Jinja's own ``_`` does, without a new context for every call in a loop.
    """
    translations = domain.get_translations()
    if not values:
        return plain(translations, source)
    return in_number(marked_up(translations, source), values) % values


def in_number(text: Text, values: Mapping[str, object]) -> Text:
    """Choose between the forms for one and for more, by the rule of the reader's language."""
    if "{" not in text:
        return text
    return type(text)(ONE_OR_MORE.sub(lambda forms: chosen_form(forms, values), text))


def chosen_form(forms: re.Match[str], values: Mapping[str, object]) -> str:
    name, one, more = forms.groups()
    if name not in values:  # braces of a text of its own, as in {年}
        return forms[0]
    return one if Locale.parse(language()).plural_form(int(str(values[name]))) == "one" else more


def N_(source: str) -> str:
    """Mark a string for the catalogs that is translated later, by ``gettext(it)``."""
    return source


# Words of ours that are kept as they stand, in fields where people may write their own.
STORED = frozenset((
    N_("户主"), N_("老伴"), N_("丈夫"), N_("妻子"), N_("父亲"), N_("母亲"), N_("儿子"), N_("女儿"),
    N_("儿媳"), N_("女婿"), N_("孙子"), N_("孙女"), N_("外孙"), N_("外孙女"), N_("入户走访"),
))  # fmt: skip


def worded(text: str) -> str:
    """Say a stored word of ours in the reader's language; what people wrote themselves stays."""
    return gettext(text) if text in STORED else text


def listed(items: Iterable[object]) -> str:
    """Put things into one line, apart as the reader's language sets them apart."""
    return gettext("、").join(map(str, items))


@cache
def marked_up(translations: NullTranslations, source: str) -> Markup:
    """Return a string of ours, translated, with its placeholders."""
    return Markup(translations.ugettext(source))  # noqa: S704 - our own


@cache
def plain(translations: NullTranslations, source: str) -> Markup:
    """Return a string of ours that has no placeholders."""
    return marked_up(translations, source) % {}


def chosen_language() -> str:
    """Return the person's own choice, else the browser's first choice we speak.

    A command has nobody to ask and speaks the default.
    """
    if not has_request_context():
        return DEFAULT
    own = getattr(current_user, "language", None) or session.get("language")
    if own in LANGUAGES:
        return own
    for tag in request.accept_languages.values():
        for known, language in BROWSER_TAGS.items():
            if tag.lower() == known or tag.lower().startswith(f"{known}-"):
                return language
    return DEFAULT


def collected_strings() -> Catalog:
    """Return every string of the code and the templates."""
    with tempfile.NamedTemporaryFile(suffix=".pot") as pot:
        subprocess.run(  # noqa: S603 - fixed arguments
            [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg"]
            + ["-k", "_l", "--no-location", "--sort-output", "-o", pot.name, "."],
            cwd=ROOT,
            check=True,
        )
        return read_po(pot)


def catalog_path(language: str) -> Path:
    return ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"


def catalog(language: str) -> Catalog:
    path = catalog_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def missing(language: str, strings: Catalog) -> list[str]:
    """Return the strings that have no translation, or one with other placeholders."""
    known = catalog(language)
    return [
        str(message.id)
        for message in strings
        if message.id and not well_translated(str(message.id), known.get(message.id))
    ]


def well_translated(source: str, message: object) -> bool:
    translation = str(getattr(message, "string", "") or "")
    if not translation or getattr(message, "fuzzy", False):
        return False
    return placeholders(source) == placeholders(translation)


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[sd]", text))


def righted(text: str) -> str:
    """Right the words that OpenCC takes for others, where a simplified character has two forms."""
    return MISREAD.sub(lambda found: RIGHT[found[0]], text)


def update() -> None:
    """Bring both catalogs up to the code; OpenCC fills 繁體 where nobody has written it.

    ``s2tw``: 戶 and 裡 as the glossary writes them.
    """
    from opencc import OpenCC

    convert = OpenCC("s2tw").convert
    strings = collected_strings()
    for language in CATALOGS:
        known = catalog(language)
        known.update(deepcopy(strings), no_fuzzy_matching=True)
        known.obsolete.clear()
        known.header_comment, known.fuzzy = f"# 邻里 (Linli), {LANGUAGES[language]}", False
        known.project, known.version = "Linli", "1"
        for message in known:
            if language == "zh_Hant" and message.id:
                message.string = righted(str(message.string) or convert(str(message.id)))
        path = catalog_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, known, omit_header=False, sort_output=True, width=0)


def check() -> int:
    """Print what is missing; return the exit status."""
    strings = collected_strings()
    lacking = {language: missing(language, strings) for language in CATALOGS}
    for language, sources in lacking.items():
        for source in sources:
            print(f"{language}: {source}")  # the list a translator works from
    return 1 if any(lacking.values()) else 0


if __name__ == "__main__":
    sys.exit(check() if sys.argv[1:] == ["check"] else update())
