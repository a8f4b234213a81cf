"""Addresses, phones, countries, currencies and company numbers, checked by the libraries that know them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from graphkam.exchange.problems import CellFault, nearest
from graphkam.model.base import fold

_SIGNS = {"€": "EUR", "£": "GBP", "euro": "EUR", "euros": "EUR"}


def read_email(text: str) -> str:
    """Give the address in lower case, if it is one; nothing is asked of the network.

    Raises
    ------
    CellFault
        If it is no e-mail address.
    """
    from email_validator import EmailNotValidError, validate_email

    text = text.strip().removeprefix("mailto:")
    try:
        found = validate_email(text, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        raise CellFault("not_an_email", allowed=("prenom.nom@exemple.fr",)) from None
    if "." not in found.domain:
        raise CellFault("not_an_email", allowed=("prenom.nom@exemple.fr",))
    return found.normalized.casefold()


def read_phone(text: str, country: str | None) -> str:
    """Give the number in international form where its country is known, else as it is written.

    Parameters
    ----------
    text
        What was written.
    country
        ISO code of the country that a number without ``+`` is in.

    Raises
    ------
    CellFault
        If no such number is possible.
    """
    import phonenumbers

    if country is None and not text.lstrip().startswith(("+", "00")):
        if sum(c.isdigit() for c in text) < 3 or any(c.isalpha() for c in text.replace("ext", "")):  # noqa: PLR2004
            raise CellFault("not_a_phone", allowed=("+33 1 23 45 67 89",))
        return text
    international = f"+{text.lstrip()[2:]}" if text.lstrip().startswith("00") else text
    try:
        number = phonenumbers.parse(international, country)
    except phonenumbers.NumberParseException:
        raise CellFault("not_a_phone", allowed=("+33 1 23 45 67 89",)) from None
    if not phonenumbers.is_possible_number(number):
        raise CellFault("not_a_phone", allowed=("+33 1 23 45 67 89",))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def read_country(text: str) -> str:
    """Give the ISO 3166 code of a country written as code or by its English or French name.

    Raises
    ------
    CellFault
        If there is no such country.
    """
    import pycountry

    wanted = text.strip().upper()
    found = pycountry.countries.get(alpha_2=wanted) or pycountry.countries.get(alpha_3=wanted)
    code = found.alpha_2 if found else _countries().get(fold(text))
    if code is None:
        raise CellFault("not_a_country", allowed=("FR", "DE", "US", "…"), nearest=_named(text))
    return str(code)


@cache
def _countries() -> Mapping[str, str]:
    import pycountry
    from babel import Locale

    names = {fold(c.name): c.alpha_2 for c in pycountry.countries}
    for language in ("en", "fr"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and pycountry.countries.get(alpha_2=code):  # noqa: PLR2004
                names[fold(name)] = code
    return names | {"usa": "US", "etats unis": "US", "uk": "GB", "angleterre": "GB", "england": "GB"}


def _named(text: str) -> tuple[str, ...]:
    """Give the code of the country whose name is most like a text, with that name."""
    return tuple(f"{_countries()[name]} ({name})" for name in nearest(text, _countries()))


def read_currency(text: str) -> str:
    """Give the ISO 4217 code of a currency.

    Raises
    ------
    CellFault
        If there is no such currency.
    """
    import pycountry

    code = _SIGNS.get(fold(text), text.strip().upper())
    if pycountry.currencies.get(alpha_3=code) is None:
        known = [currency.alpha_3 for currency in pycountry.currencies]
        raise CellFault("not_a_currency", allowed=("EUR", "USD", "…"), nearest=nearest(code, known))
    return code


def read_siren(text: str) -> str:
    """Give a SIREN of 9 digits; a leading zero that a spreadsheet took away comes back.

    Raises
    ------
    CellFault
        If it is none.
    """
    from stdnum.fr import siren

    return _checked("not_a_siren", siren, _padded(text, 9))


def read_siret(text: str) -> str:
    """Give a SIRET of 14 digits; a leading zero that a spreadsheet took away comes back.

    Raises
    ------
    CellFault
        If it is none.
    """
    from stdnum.fr import siret

    return _checked("not_a_siret", siret, _padded(text, 14))


def read_lei(text: str) -> str:
    """Give a legal entity identifier.

    Raises
    ------
    CellFault
        If it is none.
    """
    from stdnum import lei

    return _checked("not_a_lei", lei, text)


def _padded(text: str, digits: int) -> str:
    return text.zfill(digits) if text.isdigit() else text


def _checked(code: str, standard: object, text: str) -> str:
    from stdnum.exceptions import ValidationError

    try:
        return str(standard.validate(text))  # type: ignore[attr-defined]
    except ValidationError:
        raise CellFault(code) from None
