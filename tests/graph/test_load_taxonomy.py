from itertools import count

import pytest

from metier.errors import InputError
from metier.graph.load_taxonomy import UNKNOWN, load_taxonomy
from metier.graph.open_graph import knowledge_graph
from metier.graph.taxonomy_store import TaxonomyStore

E = "http://data.europa.eu/esco/"
HEAD = "conceptType,conceptUri,preferredLabel,altLabels\n"


@pytest.fixture
def folder(tmp_path):
    """A small download of ESCO in English, with a ring of wider skills."""
    made = tmp_path / "ESCO dataset - v1.2.0 - classification - en - csv"
    made.mkdir()
    (made / "skills_en.csv").write_text(
        HEAD + "".join(f"KnowledgeSkillCompetence,{E}skill/{n},skill {n},\n" for n in "abc")
    )
    (made / "occupations_en.csv").write_text(HEAD + f"Occupation,{E}occupation/1,zookeeper's mate,\n")
    (made / "broaderRelationsSkillPillar_en.csv").write_text(
        "conceptType,conceptUri,broaderType,broaderUri\n"
        + "".join(f"x,{E}skill/{a},x,{E}skill/{b}\n" for a, b in ("ab", "bc", "ca", "az"))
    )
    (made / "occupationSkillRelations_en.csv").write_text(
        f"occupationUri,relationType,skillUri\n{E}occupation/1,essential,{E}skill/a\n"
    )
    (made / "notes.txt").write_text("hello")
    return made


@pytest.fixture
def store(tmp_path):
    return TaxonomyStore(tmp_path / "store")


def test_a_download_is_stored_used_and_reported(folder, store):
    report = load_taxonomy([folder], store=store)
    assert (report.taxonomy, report.version, report.languages) == ("esco", "1.2.0", ["en"])
    assert report.nodes == {"skill": 3, "occupation": 1}
    assert report.edges == {"broader": 3, "essential": 1}
    assert report.loose == 1
    assert report.cycles == [("skill a", "skill b", "skill c")]
    assert [why for name, why in report.not_taken if name.endswith("notes.txt")] == ["no table of ESCO has this name"]
    graph = knowledge_graph(store.folder)
    mate, skill = graph.find("zookeeper's mate")[0], graph.find("skill b")[0]
    assert graph.path(mate.uri, skill.uri).sentence == "zookeeper's mate → skill a → skill b"
    assert graph.find("Apache Airflow")


def test_a_second_language_is_added_to_the_same_version(folder, store, tmp_path):
    load_taxonomy([folder], store=store)
    (tmp_path / "skills_de.csv").write_text(HEAD + f"KnowledgeSkillCompetence,{E}skill/a,Fertigkeit A,\n")
    report = load_taxonomy([tmp_path / "skills_de.csv"], store=store, version="v1.2.0")
    assert (report.version, report.languages, report.edges["broader"]) == ("1.2.0", ["de", "en"], 3)
    assert knowledge_graph(store.folder).find("fertigkeit a")[0].label == "skill a"


def test_loading_twice_gives_the_same_bytes(folder, store):
    first = load_taxonomy([folder], store=store)
    before = (store.folder / "esco-1.2.0.npz").read_bytes()
    assert load_taxonomy([folder], store=store) == first
    assert (store.folder / "esco-1.2.0.npz").read_bytes() == before


def test_another_version_than_the_files_say_is_an_error(folder, store):
    with pytest.raises(InputError, match=r"of version 1\.2\.0, not 1\.1\.1"):
        load_taxonomy([folder], store=store, version="1.1.1")
    assert store.stored() == []


def test_a_broken_file_leaves_what_was_stored(folder, store):
    load_taxonomy([folder], store=store)
    (folder / "skills_en.csv").write_text("conceptType,conceptUri\n")
    with pytest.raises(InputError, match=r"skills_en\.csv has no column 'preferredLabel'"):
        load_taxonomy([folder], store=store)
    assert len(knowledge_graph(store.folder).find("skill a")) == 1


def test_what_is_no_taxonomy_two_of_them_or_empty_is_an_error(folder, store, tmp_path):
    (tmp_path / "x.csv").write_text("a\n")
    with pytest.raises(InputError, match="no file of ESCO or"):
        load_taxonomy([tmp_path / "x.csv"], store=store)
    (folder / "Skills.txt").write_text("a\n")
    with pytest.raises(InputError, match="files of ESCO and of"):
        load_taxonomy([folder], store=store)
    (tmp_path / "skills_en.csv").write_text(HEAD)
    with pytest.raises(InputError, match="holds no concept"):
        load_taxonomy([tmp_path / "skills_en.csv"], store=store)


def test_the_version_of_what_tells_none_is_unknown_and_a_crosswalk_ties_two(store, tmp_path):
    (tmp_path / "Occupation Data.txt").write_text("O*NET-SOC Code\tTitle\n51-4121.00\tWelders, Cutters\n")
    seen = count()
    report = load_taxonomy(
        [tmp_path / "Occupation Data.txt"],
        store=store,
        watch=lambda records: (one for one in records if next(seen) >= 0),
    )
    assert (report.version, next(seen)) == (UNKNOWN, 3)
    (tmp_path / "crosswalk.csv").write_text(
        f"51-4121.00,{E}isco/C7212,exactMatch\n51-4121.00,{E}occupation/00-0,exactMatch\n"
    )
    report = load_taxonomy([tmp_path / "crosswalk.csv"], store=store, version="2024")
    assert report.edges == {"same_as": 2}
    graph = knowledge_graph(store.folder)
    assert graph.nearness("onet:51-4121.00", f"{E}isco/C7212") == 1.0
    assert graph.node("onet:51-4121.00").label == "Welders, Cutters"
