"""随机抽样: who is reviewed, drawn by lot so that neither the organisation nor its superior can steer it.

Basis: 豫创组办发〔2010〕26号 三.4 (采取随机抽样的方法，确定点评对象); decision 0026. Four steps, in this order:

1. The list is frozen (`frozen_list`). The superior calls the draw (`Terms`: whose, which number, what for, how many,
   the digest of the list, the digest of the draw before) and seals a seed: `seal(terms.digest, superior_seed)`.
2. The organisation seals a seed of its own upon that: `seal(superior_seal, own_seed)`.
3. The superior reveals its seed. From that day the organisation has the days named in the terms.
4. The organisation reveals its seed. Every candidate's place follows from `order_text` and SHA-256 (`drawn`).

A seed is 128 bits as 32 hex digits, from `secrets.token_hex(16)` or `openssl rand -hex 16`, made and kept by whoever
seals it: a machine that holds both seeds can know the outcome before either side does. All hashes are SHA-256 in
lower-case hex of UTF-8 text without a line end; the list, the terms and the record are text files whose every line
ends in LF. `sha256sum` and a text editor redo the whole (`as_sheet` prints how).

Who could gain what:
- Each seed is fixed before the other is known, so trying many seeds gains nothing, for either side.
- Whoever reveals last knows the outcome first; of two parties one always does, and can gain by falling silent (Cleve,
  STOC 1986). Here it is the organisation, whose silence its superior can call to account, not the other way round. Its
  silence is recorded (`Outcome.WITHHELD`) and the order then follows from its seal and the superior's seed, both fixed
  before either could know it. So silence buys one more draw of the same chance, in the open: somebody drawn with the
  chance p escapes with it at best to p². The superior that does not reveal learns nothing first, and the draw is void.
- The superior knows, once the organisation has sealed, what its silence would bring. It cannot bring that silence
  about by revealing late: the days count from its own revealing.
- Every draw of an organisation has a number and holds the digest of the one before, whatever became of it. A draw
  called off, or repeated, shows in the next one's terms and on its sheet.
- Not prevented: both sides agreeing beforehand; a list that leaves somebody out (it is printed whole); a superior that
  calls draw after draw (each is printed).
"""

from dianping.reviews.rules.draw.allocation import allocate
from dianping.reviews.rules.draw.candidates import Candidate, FrozenList, frozen_list, read_list
from dianping.reviews.rules.draw.checking import Verdict, check
from dianping.reviews.rules.draw.drawing import Drawn, Ranked, drawn
from dianping.reviews.rules.draw.faults import DrawFault
from dianping.reviews.rules.draw.record import Draw, Outcome, Terms
from dianping.reviews.rules.draw.seals import digest, fits, order_text, seal, seal_text, shell_line
from dianping.reviews.rules.draw.sheet import as_sheet

__all__ = [
    "Candidate",
    "Draw",
    "DrawFault",
    "Drawn",
    "FrozenList",
    "Outcome",
    "Ranked",
    "Terms",
    "Verdict",
    "allocate",
    "as_sheet",
    "check",
    "digest",
    "drawn",
    "fits",
    "frozen_list",
    "order_text",
    "read_list",
    "seal",
    "seal_text",
    "shell_line",
]
