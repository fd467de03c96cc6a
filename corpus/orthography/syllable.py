"""Which letter strings can be a Vietnamese syllable: initial x rime x tone, with and without diacritics.

A Vietnamese word is written one syllable at a time, and the syllable is a closed system: some thirty
initials, some hundred and sixty rimes, six tones, and strict rules of how they meet (c/k, g/gh and ng/ngh
share their vowels out; a syllable that ends in a stop takes only the sắc and nặng tones). Almost nothing in
another language fits, so spelling alone settles most lines.

The inventory is the one of the orthography as described in Đoàn Thiện Thuật, *Ngữ âm tiếng Việt* (1977), with
the rare rimes of everyday loans (xoong, moóc) and of place names (Đắk Lắk, Bắc Kạn) let in.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_RIMES = (  # those of Vietnamese, by the vowel they begin with
    "a ai ao au ay ac ach am an ang anh ap at ă ăc ăm ăn ăng ăp ăt ăk âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng i ia ich im in inh ip it iu "
    "iêc iêm iên iêng iêp iêt iêu o oi oc om on ong op ot oong ooc "
    "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet "
    "ô ôi ôc ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua ui uc um un ung up ut uân uâng uât uây uê uêch uênh uên "
    "uôc uôi uôm uôn uông uôt uơ uy uya uych uyn uynh uyt uyu uyên uyêt uyp "
    "ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu"
)
_INITIALS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph r s t th tr v x"
_AFTER_QU = (
    "a ai ac ach an ang anh ao at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât âu ây e en eo et ê ên ênh êt êch êu "
    "i it y yên yêt ych ynh yt yu ơ ơi ơn ơt ôc"
)
_WITHOUT_INITIAL = "y yêm yên yêng yêt yêu"  # the i of these is written y: yêu, yến
_BEFORE_Y = "h k l m s t v"  # hy, kỹ, lý, mỹ, sỹ, tỷ, vỹ: i and y are both in use
_CONTRACTED = "gi gin giêng giêt"  # gi and a rime in i share the letter: gì, giếng
_FRONT = "eêiy"
_HIGHLAND_NAMES = "kan kar kon kông kôn đăk đak pak nal"  # outside the rules
_STOPS = ("c", "ch", "p", "t", "k")
_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}


def _meets(initial: str, rime: str) -> bool:
    """Whether the spelling rules let this initial stand before this rime."""
    front = rime[0] in _FRONT
    if initial in ("k", "gh", "ngh"):
        return front
    if initial == "gi":
        return rime[0] != "i" and rime[0] != "y"
    if initial in ("c", "ng"):
        return not front
    return not (initial == "g" and front)


@cache
def syllables() -> frozenset[str]:
    """Every syllable the rules allow, without its tone mark: some four thousand, such as "tiêng" and "viêt".

    >>> "tiêng" in syllables(), "ngiêng" in syllables(), "nghiêng" in syllables()
    (True, False, True)
    """
    rimes = _RIMES.split()
    full = {initial + rime for initial in _INITIALS.split() for rime in rimes if _meets(initial, rime)}
    after_qu = {"qu" + rime for rime in _AFTER_QU.split()}
    in_y = {initial + "y" for initial in _BEFORE_Y.split()}
    rest = f"{_WITHOUT_INITIAL} {_CONTRACTED} {_HIGHLAND_NAMES}".split()
    return frozenset(full.union(rimes, after_qu, in_y, rest))


@cache
def bare_syllables() -> frozenset[str]:
    """The same syllables as they are typed without any diacritic: "tieng", "viet", "duong"."""
    return frozenset(bare(syllable) for syllable in syllables())


def bare(token: str) -> str:
    """The token without any mark, đ as d; lower case is the caller's affair.

    >>> bare("đường")
    'duong'
    """
    if token.isascii():
        return token
    letters = unicodedata.normalize("NFD", token.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def split_tone(token: str) -> tuple[str, str]:
    """A token (lower case, NFC) as its letters without tone marks, and the names of its tones ("" for none).

    >>> split_tone("nghiêng"), split_tone("viết")
    (('nghiêng', ''), ('viêt', 'sắc'))
    """
    if token.isascii():
        return token, ""
    letters = unicodedata.normalize("NFD", token)
    tones = [_TONES[letter] for letter in letters if letter in _TONES]
    toneless = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", toneless), " ".join(tones)


def is_syllable(token: str) -> bool:
    """Whether a token (lower case, NFC) is spelled as a Vietnamese syllable, wherever its tone mark sits.

    >>> [is_syllable(t) for t in ["nghiêng", "hoà", "hòa", "việt", "viềt", "ngê", "über", "straße", "trong"]]
    [True, True, True, True, False, False, False, False, True]
    """
    toneless, tone = split_tone(token)
    if toneless not in syllables() or " " in tone:
        return False
    return tone in ("sắc", "nặng") or not toneless.endswith(_STOPS) or (not tone and token.isascii())


def is_bare_syllable(token: str) -> bool:
    """Whether a token (lower case) could be a Vietnamese syllable typed without diacritics.

    >>> [is_bare_syllable(t) for t in ["nguyen", "duong", "kinh", "cinh", "street", "xyz"]]
    [True, True, True, False, False, False]
    """
    return token in bare_syllables()


# Letters that only Vietnamese (and its neighbours' scripts modelled on it) combine: horned vowels, a tone
# mark on top of a circumflex, breve or horn, a hook above, a dot below the vowels that others leave bare.
VIETNAMESE_LETTERS = frozenset("ơưấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựảẻỉỏủỷỹỵạ")


def vietnamese_letters(token: str) -> int:
    """How many different letters of a token (lower case, NFC) hardly any other language writes.

    >>> vietnamese_letters("trường"), vietnamese_letters("forêt")
    (2, 0)
    """
    return len(VIETNAMESE_LETTERS.intersection(token))
