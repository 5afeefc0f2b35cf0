import numpy as np
import pytest

from metier.graph.inference import EVIDENCE, InferenceModel, Known, SkillInference, fit, fit_known
from metier.graph.skill_table import skill_table

FINDS = {
    "TIG welding": "perform tungsten inert gas welding",
    "cooking": "cook pastry products",
    "drawings": "read standard blueprints",
}


@pytest.fixture(scope="module")
def uris(graph):
    return {name: skill_table().uri(label) for name, label in FINDS.items()}


def inference(graph, uris, **options):
    names = {uri: graph.skill(uri).preferred_label for uri in uris.values()}
    return SkillInference(names=names, linker=graph, **options)


def test_a_skill_that_the_text_names_is_inferred_and_marked(graph, uris):
    edges = inference(graph, uris).infer("x:welder", "Welders do TIG welding of pipes.", least=0.05, origin="o")
    assert edges[0].target == uris["TIG welding"]
    assert (edges[0].source, edges[0].kind, edges[0].is_inferred, edges[0].origin) == (
        "x:welder",
        "optional",
        True,
        "o",
    )
    assert 0 < edges[0].weight < 1


def test_what_is_asked_for_with_it_and_what_kin_need_speak_too(graph, uris):
    text = "Welders do TIG welding of pipes."
    tied = {uris["TIG welding"]: {uris["drawings"]: 0.8}}
    known = {"x:other": Known(text="Pipe welders do welding.", skills=frozenset([uris["drawings"]]))}

    def sure(**options):
        found = inference(graph, uris, **options).infer("x:welder", text)
        return sum(edge.weight for edge in found if edge.target == uris["drawings"])

    assert sure() == 0.0 < sure(together=tied)
    assert 0.0 < sure(known=known) < sure(together=tied, known=known)


def test_what_is_known_of_itself_is_not_looked_at(graph, uris):
    known = {"x:welder": Known(text="Welders weld.", skills=frozenset([uris["cooking"]]))}
    whole = inference(graph, uris, known=known)
    keys, evidence = whole.evidence("Welders weld.", leave="x:welder")
    assert not evidence[:, EVIDENCE.index("kin")].any()
    keys, evidence = whole.evidence("Welders weld.")
    assert evidence[keys.index(uris["cooking"]), EVIDENCE.index("kin")] == pytest.approx(1.0)


@pytest.mark.parametrize("text", ["", "🙂🙂", "焊工", "x" * 5000])
def test_a_text_that_says_nothing_gives_nothing_sure(graph, uris, text):
    assert inference(graph, uris).infer("x", text) == []
    assert SkillInference(names={}, linker=graph).infer("x", text) == []


def test_the_fit_finds_what_tells_and_never_counts_against():
    rng = np.random.default_rng(0)
    evidence = rng.random((400, 3))
    needed = (evidence[:, 0] > 0.7).astype(float)
    evidence[:, 2] = 1 - needed
    model = fit(evidence, needed)
    assert model.weights[0] > 2
    assert min(model.weights) >= 0
    sure = InferenceModel(weights=model.weights, bias=model.bias).confidence(evidence)
    assert sure[needed == 1].mean() > sure[needed == 0].mean()


def test_the_fit_on_known_occupations_is_the_same_each_time(graph, uris):
    known = {f"x:{name}": Known(text=f"They do {name}.", skills=frozenset([uri])) for name, uri in uris.items()}
    first, second = (fit_known(inference(graph, uris, known=known), known) for _ in range(2))
    assert first == second
