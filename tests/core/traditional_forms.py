"""How core/traditional.txt is made: the other forms of the 8,105 standard characters.

``python -m tests.core.traditional_forms > core/traditional.txt`` writes it anew.
"""

from collections import defaultdict

from opencc import OpenCC

from tests.documents.standard_characters import standard_characters

HEAD = """\
# A standard character of 《通用规范汉字表》, then the forms it has elsewhere (國 in Taiwan and
# Hong Kong), in order of code point. Made with OpenCC (Apache License 2.0) by
# tests/core/traditional_forms.py; read by core/folding.py.
"""
# Where Unicode keeps Chinese characters.
_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))
# Traditional as such, then what only Taiwan and Hong Kong write; the first that knows a form.
_CONVERTERS = ("t2s", "tw2s", "hk2s")


def table() -> str:
    """The whole file. A form that is itself standard (乾, beside 干) stays what it is."""
    standard = set(standard_characters())
    signs = [chr(code) for first, last in _BLOCKS for code in range(first, last + 1)]
    others = [sign for sign in signs if sign not in standard]
    standard_form: dict[str, str] = {}
    for converter in _CONVERTERS:
        plain = OpenCC(converter).convert("\n".join(others)).split("\n")
        found = {form: sign for form, sign in zip(others, plain, strict=True) if sign in standard}
        standard_form = found | standard_form
    forms: dict[str, list[str]] = defaultdict(list)
    for form, sign in sorted(standard_form.items()):
        forms[sign].append(form)
    return HEAD + "".join(f"{sign}{''.join(forms[sign])}\n" for sign in sorted(forms))


if __name__ == "__main__":
    print(table(), end="")
