"""The 8,105 characters of 《通用规范汉字表》 (国务院, 2013), which every paper can print.

Those of the basic block as one bit each from U+4E00 on, compressed; the others as they are.
"""

import base64
import zlib

_BASIC_BLOCK = (
    "eNqNVGlYE+cWPjOZhCEGmYQEI3UZwyIgQkBcWCpDiAuLileQSPGyqC2iVSrgAm0ZkGAUkRiUclFrghsiuEGror2J"
    "KGqLCigitrdCxaVaNSpXUCKZRsV7r7f90fd5vmfO88z3ne99z3nPV2DMyq71EC33MM3vDkEHBVOmyYU9WUvXMcv6"
    "uvyHP6pAjWub+quiM8I6f2P8NPP6RxzQuN2/Ls2ddHttb5gxZQocDrx+axURt6HFVSiRNlxwc3SCCjuMRxsiMUOq"
    "G27AMZCBmM4as0LotMYU4FhT6zC+2TippYzrZlcRqm9cdM6Ln/X9Ia/AtObyfExrj1j/ahs0uFnlHq3kA3I2UfeL"
    "T7gcblaef9za0X5Sme6fsGdpCFw4F/SsaA1jDIjtNf7aaJqQ9b1N/wdxyGO/a30Znn07Hao7uvV3b38yuLY+1851"
    "R+uB5lhOIvHs86fzOooENWqoTJH6xD/J3FGVwLoKl8qkczcoU9V2wpEycaqFMK6lCcCIi0Nca+4qhiAaHmMzU2le"
    "9ypNv35S3EuPyx0PJjRcbK/dx6+STryY6SgrZjunpkoFiaQYpcawxp4PYwEhAQkQilCWWvtZyWGzZkhJYx97NKlw"
    "vOl8MeS4EQujbHZmTJotqzTZcTe7oSuJ4AnklK28F9ujICICnDyD7QXponBPlATUgJOEmh4FJv3n9mOc6rZVZDPD"
    "1nT1EDadPsHIzr/lrxhfKxIwXk2OsiU02sYZfzXeJqBSNwLPG9TnzFJ1REZdvJIU2VkeR42FMiE4kbxyCvJAK4GE"
    "u41fJyzbnBZUn5jr50ukTudgcd81bzS1PSUfzKEGz+QC25DXUVi5/s4u2RAEHupaJxQ4HLPd8wG6SCtNPnp+QfFS"
    "90fZt9P9u4rI0sGuH7ps14fqFeOiqmacGDK0M8JHf9o0jxPe5Z13wxVoKlpC7vbWAUyXovQ4Wo7Z2AMFJE313yuc"
    "nF7aaVw+IvSCObRnKMdcOHGopO7Vqp+3ver+8Ul+SNjDrELMZWnfKMOmWwYP5fUpwdWr/hEdWb4IBrkodKNLhytC"
    "fAmnZ0phKC0hHGvhYxmxQidyTmAHRwHQCIoh5AXqN7J4RUqEw1agxQV1NZXBPpntDdSd7u7Cn68Hlp+szkx3395/"
    "bu6lq/Ja4hZJB6fXAx/8KXTHFeTAiQrqO3/n+VeXXNm1r7r9qLsuo6r6EctBGb/KWbNNq+to0qKc7VnZMQHAFLSi"
    "KWoVXNL5PbFyH8seOt9x8oJkW5rvxN+FwZaPQy/Tdq8cV4hpt2KcG8XfjpAcLWB0DqqUJKiBFZ4EqIBPraUQB7DU"
    "5i0wy9oJ2KxfBYC+wsDhpmcEj4sdp12O93PRja6STm1WUdt50enztkdeFHtFJ5mLhxb1Lecyp+xf/t3r0oEvNPM2"
    "zar6dDLzwBh0c0nPVr5vWsD9jibfnKelsu457WUOZHrx7oBKkUicFHsCny40PChHrt3J6/G8XFnX0GtLoPKC1TD7"
    "4I+xhgqqRZ7kmyFMA3G5k8KHzeVQrHoLOamAh4NEAJstlCsSWxLnptfgLzYE2LKJky0nDZ6U/f0Yig4B9zi8uTl4"
    "mLM6j9g2ik9y8YtSTEdZ3A3EbhB1Hcj3lh/sqXe6XFyF0bC5hTVigTKJ1b1zeJm8c7XLzeJzQCoBOUxQpWHLmlY9"
    "aPp6j/6TlEeee0a/PM/fuLL/CyIb+sx53o1UYyi7RRfDwRCQz55vaFYR2g1bk/SHZoy6ETkidYtwbZj26t6gF0Fp"
    "p0YHhv7Lxk6zRKgryPD0a7GWNkfiKrjfGpoSFplgTy+8d319gqFkjsYL8qfUdIq2USzesqFwy3s1h94z2a3CYl1F"
    "VWbojRiftm/2rz4Svyv9uQt8DmpV94YdlUi8TLLJW4Dyt3AlBG5ppTSqsen+qz26vOhxG4U2asCXhbu75LTXIYtn"
    "rNZMtQZVXSTkagBa1gUsuntksTeeA7jszOIK2Kso9An77GdutK4s5sMM6m7sKPIlcS5IgNQTXJeks7mRqrIEbQ6G"
    "5LBIABLEkwDd+9RXPvhZ+fjbGiSHxF8bSKl6YyUCKPpNQL0z1wDYALjmv37DmXcwWlbM6yCb7UvWKDnT5iahUZm3"
    "NbRVjVe0tGhBfYHCdLzX7rnVb/sjAoVs4KB0u8P06omPS57Hf2b48qQ+frz8bnwDaKaepoYHWem67MxsJRpAIThv"
    "hhAlVL5ixSqpqH3sKSb88A+ghNPDbw97lF+TxWxL0zD/vGFSacKyf6oLpE9kTvwpN/6miaH9EmS8LMS249i+byOP"
    "OHKsfGJfoONfsLjjKKp+BNc/i73loxwNmmN/qGRvuPZTAlFbizbkoWI6CLcyyAhENPMoDWJhw/q1aK6bejYLVCTI"
    "EBq1TLthpFyoyGViAl2lpV/FYDcu2zUSSSNDCj+pjvaUaS7Qc1QsPyp6tYcbTVufcHcK3sjBR0WADOclAwcwgV/q"
    "FtTrI2XnSrezhLAql/g4xLcgEPlgDoaN3STZOBsEQLZSOKjCBups7pjWmlzBpTe/HXEKEHjdHBQ4+Hu9of8npoiB"
    "s8aB/pj0DNPPmC2Rul5AYpwZuNVCewJ5v7vQaR7Y3uHxEnx4Ahqn/a/FtZ95KN76wIssEXZGtCW5HLO1spcfjX5S"
    "TvMjoRTD4E9gGEiDD2Ld+jY4wJS+fP3o7IPXH07rTJ3Xpi2y9kiUlttYV46ZdS3bWNdQENhWTfzyIZEbY6NC0aVm"
    "5cIv23rvaf2teNgdqZzuYRF/vIF4+/BZFvW+Cuo/j+G7gmDUH//jrzn2WyjqzdnMPUY/oHtA/xcWH9PvZX1Tx96v"
    "UPmXx59njbtQMuTfkLx/sx2Nhq7s7nECZN0Psu6u6ZHgzA4BiAgbLZj3jcTVHil4OewNFUNQ8v+X2pLvJ6b3TbH0"
    "Z+jXGkhkgJ0UtBZifXpmgRaBP8eTgaFDzoi8FFxkagW44zm8HJw+KzYfEMBfwBMj0/taP6O3fEbCXwL9dtB7mQ5m"
    "pEFpPVNrobtEfUtwYl8+xEJyIcouy03JRVlv946ETew3Ut8e/h3M+c16"
)
_OTHERS = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹"
    "䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽"
    "𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐"
    "𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩"
    "𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽"
    "𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮"
    "𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)


def standard_characters() -> str:
    """Return all of them in the order of their code points."""
    bits = zlib.decompress(base64.b64decode(_BASIC_BLOCK))
    basic = (0x4E00 + place for place in range(8 * len(bits)) if bits[place // 8] >> place % 8 & 1)
    return "".join(sorted({*map(chr, basic), *_OTHERS}))
