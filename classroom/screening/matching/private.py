"""Personal data in a text: telephone numbers, e-mail addresses, street addresses, names on other services, links.

Numbers go by Google's libphonenumber (phonenumberslite) and by a few forms of our own, links by linkify-it. What is
found is what looks like personal data; whose it is no pattern can tell.
"""

import re
from collections.abc import Collection, Iterator

import phonenumbers
from linkify_it import LinkifyIt

from classroom.screening.matching.kinds import Kind, Match

# Where a number without a country's code may be from: the countries of the three languages that have the most users.
REGIONS = ("US", "GB", "CN", "ES", "MX")
_FEWEST_DIGITS = 7
_FEWEST_SPELT = 3

_ANY_CASE = re.IGNORECASE
_DIGIT_WORDS = (
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
)
_SPELT = re.compile(
    rf"\b(?:(?:{_DIGIT_WORDS}|\d{{1,4}})[\s,.\-]{{1,3}}){{2,}}(?:{_DIGIT_WORDS}|\d{{1,4}})\b", _ANY_CASE
)
_SPELT_WORD = re.compile(rf"\b(?:{_DIGIT_WORDS})\b", _ANY_CASE)
_SPELT_HAN = re.compile("[零〇一二三四五六七八九幺两]{8,}")
# Chinese stands beside a figure without a space, so a letter is one of an alphabet here.
_DIGITS = re.compile(r"(?<![a-zA-Z0-9_.,/\-])\+?\(?\d(?:[\d\s().\-]{5,18})\d(?![a-zA-Z0-9_/:]|[.,]\d)")
_DATE = re.compile(r"\b(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\b\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d\b")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .,]000|(?:[.,]\d{3})+)(?!\d)")
_NUMBER_MEANT = re.compile(
    r"\b(?:call|text|txt|ring|phone|cell|mobile|number|digits|whatsapp|wasap|sms|"
    r"n[uú]mero|m[oó]vil|tel[eé]fono|tel|celular|cel|ll[aá]mame|llama|escr[ií]beme)\b|电话|手机|号码|打给|電話|手機|號碼",
    _ANY_CASE,
)

_NAME = r"[\w.+\-]{1,40}"
_AT = r"(?:@|\s@\s|\s?[(\[{]at[)\]}]\s?|\s(?:at|arroba)\s)"
_DOT = r"(?:\.|\s?[(\[{]dot[)\]}]\s?|\s(?:dot|punto)\s)"
_EMAIL = re.compile(rf"(?<![\w.+\-]){_NAME}{_AT}[\w\-]{{1,40}}(?:{_DOT}[a-z\-]{{2,20}}){{1,3}}(?![\w\-])", _ANY_CASE)

_STREET_EN = (
    r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|way|terrace|close|crescent)"
)
_ADDRESSES = [
    # 48 Maple Street; 1120 W. Oak Ave
    re.compile(rf"\b\d{{1,5}}[a-z]?,?\s+(?:[nsew]\.?\s+)?(?:[a-z'’]+\s+){{1,3}}{_STREET_EN}\b\.?(?!\s+art)", _ANY_CASE),
    # I live … on Hill Road
    re.compile(
        rf"\b(?:i|we)\s+(?:live|moved)\b.{{0,60}}?\b[a-z'’]+\s+{_STREET_EN}\b"
        rf"|\b(?:my|our)\s+(?:house|home|flat|apartment|address)\b.{{0,60}}?\b[a-z'’]+\s+{_STREET_EN}\b",
        _ANY_CASE,
    ),
    # calle Mayor 15; Avenida de los Pinos 204
    re.compile(
        r"\b(?:calle|c/|avenida|avda\.?|av\.|plaza|paseo|camino|carretera|colonia)\s*"
        r"(?:(?!en\s)[\wáéíóúüñ.]+\s+){1,4}(?:n[ºo°.]*\s*)?\d{1,5}\b",
        _ANY_CASE,
    ),
    # 建国路88号; 3号楼2单元501室
    re.compile(r"[\u4e00-\u9fff]{1,8}(?:路|街|大道|巷|弄|胡同)\s*\d{1,5}\s*[号號弄]"),
    re.compile(r"\d{1,4}\s*[号號栋幢]楼?\s*\d{0,3}\s*(?:单元|單元)?\s*\d{1,5}\s*(?:室|房|楼)"),
]

_SERVICES = (
    r"snap(?:chat)?|sc|insta(?:gram)?|ig|tik\s?tok|discord|telegram|whatsapp|roblox|fortnite|minecraft|xbox|psn|"
    r"facebook|fb|twitter|kik|wechat|weixin|line|youtube|yt|steam|twitch"
)
_ACCOUNT = r"@?[a-z0-9](?=[\w.]*[\d_.])[\w.]{2,30}|@[\w.]{2,30}"
_NAMED_ACCOUNT = r"@?(?=[\w.]*[\w])[a-z0-9][\w.]{2,30}"
_HANDLES = [
    re.compile(r"(?<![\w.@/])@[a-z0-9_](?:[\w.]{0,28}\w)(?![\w@])(?!\.\w)", _ANY_CASE),
    # my discord is …, snap: …, add me on insta …
    re.compile(
        rf"\b(?:{_SERVICES})\s*(?:(?:user(?:name)?|name|tag|account|handle)\s*)?(?:is|es|it'?s|its|:|=|-)\s*"
        rf"(?:it'?s\s+|its\s+)?(?P<account>{_NAMED_ACCOUNT})",
        _ANY_CASE,
    ),
    re.compile(
        rf"\b(?:add|follow|dm|find|hmu|message|msg|text|agr[eé]game|s[ií]gueme|b[uú]scame|a[ñn][aá]deme)\b.{{0,20}}?"
        rf"\b(?:{_SERVICES})\b[\s,:]*(?:it'?s\s+|its\s+|as\s+|como\s+|soy\s+|user\s+)?(?P<account>{_ACCOUNT})",
        _ANY_CASE,
    ),
    re.compile(r"\b[a-z][\w.]{1,30}#\d{4}\b", _ANY_CASE),
    re.compile(
        r"(?:微信|威信|薇信|vx|wx|qq|扣扣|加q|抖音|快手|小红书|小紅書|b站)\s*(?:号|號)?\s*(?:是|:|:|搜)?\s*"
        r"(?P<account>[a-z0-9][\w\-]{4,30}|(?<=搜)\s*[\u4e00-\u9fff]{2,10}|(?<=搜\s)[\u4e00-\u9fff]{2,10})",
        _ANY_CASE,
    ),
]
# The ends of addresses that are words too: a full stop without a space after it is no link.
_WORDS_TOO = frozenset(
    {"al", "am", "as", "at", "be", "de", "do", "es", "id", "im", "in", "is", "it", "la", "lo", "me", "mi", "my", "no"}
    | {"se", "si", "so", "su", "te", "to", "tu", "un", "us", "va", "ya"}
)
_links = LinkifyIt(options={"fuzzy_email": False})


def find(text: str, known: Collection[str] = ()) -> list[Match]:
    """Personal data in a text as it was typed, in order. ``known`` are names that the film itself uses, as @aiww."""
    found: list[Match] = []
    for kind, spans in (
        (Kind.EMAIL, _emails(text)),
        (Kind.LINK, _find_links(text)),
        (Kind.ADDRESS, _each(_ADDRESSES, text)),
        (Kind.HANDLE, _handles(text, known)),
        (Kind.PHONE, _phones(text)),
    ):
        for start, end in spans:
            if not any(start < other.end and other.start < end for other in found):
                found.append(Match(start, end, kind))
    return sorted(found)


def _each(patterns: Collection[re.Pattern[str]], text: str) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield match.span()


def _emails(text: str) -> Iterator[tuple[int, int]]:
    for match in _EMAIL.finditer(text):
        if "@" in match.group() or re.search(r"dot|punto", match.group(), _ANY_CASE):
            yield match.span()


def _find_links(text: str) -> Iterator[tuple[int, int]]:
    for link in _links.match(text) or []:
        host = re.split(r"[/?#]", link.raw.split("://")[-1])[0]
        ending = host.rpartition(".")[2].casefold()
        plain = not link.schema and "/" not in link.raw and not host.casefold().startswith("www.")
        if not plain or not (ending in _WORDS_TOO or not host.islower()):
            yield link.index, link.last_index


def _handles(text: str, known: Collection[str]) -> Iterator[tuple[int, int]]:
    for pattern in _HANDLES:
        for match in pattern.finditer(text):
            account = match.groupdict().get("account") or match.group()
            if account.strip().removeprefix("@").casefold() not in known:
                yield match.span()


def _phones(text: str) -> Iterator[tuple[int, int]]:
    dates = [match.span() for match in _DATE.finditer(text)]

    def is_date(start: int, end: int) -> bool:
        return any(one < end and start < other for one, other in dates)

    meant = _NUMBER_MEANT.search(text) is not None
    for match in _DIGITS.finditer(text):
        typed = match.group()
        digits = re.sub(r"\D", "", typed)
        if is_date(*match.span()) or _THOUSANDS.fullmatch(typed.strip()):
            continue
        if len(digits) >= _FEWEST_DIGITS and (meant or _is_number(typed)):
            yield match.span()
    for match in _SPELT.finditer(text):
        spelt = len(_SPELT_WORD.findall(match.group()))
        figures = len(re.sub(r"\D", "", match.group()))
        if spelt + figures >= _FEWEST_DIGITS and spelt >= _FEWEST_SPELT:
            yield match.span()
    for match in _SPELT_HAN.finditer(text):
        yield match.span()


def _is_number(typed: str) -> bool:
    """Whether some country that we know has such numbers."""
    for region in REGIONS:
        try:
            number = phonenumbers.parse(typed, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number) and (phonenumbers.is_valid_number(number) or _is_grouped(typed)):
            return True
    return False


def _is_grouped(typed: str) -> bool:
    """Set in groups as numbers are: 415-555-0134, which is kept for films and valid nowhere."""
    return (
        re.fullmatch(r"\+?\d{0,3}[\s.\-]?\(?\d{3}\)?[\s.\-]\d{3}[\s.\-]\d{4}|\+\d[\d\s().\-]{7,}", typed.strip())
        is not None
    )
