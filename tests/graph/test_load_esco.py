import pytest

from metier.errors import InputError
from metier.graph.edge import Edge, Node
from metier.graph.load_esco import EscoReader, is_esco, version_of
from metier.graph.load_report import LoadReport
from metier.graph.taxonomy_file import TaxonomyFile

E = "http://data.europa.eu/esco/"


def read(tmp_path, name, text, **options):
    (tmp_path / name).write_text(text)
    reader = EscoReader(origin="esco 1.2.0", report=LoadReport(taxonomy="esco"), **options)
    records = list(reader.read(TaxonomyFile(name=name, path=tmp_path / name)))
    nodes = [record for record in records if isinstance(record, Node)]
    return nodes, [record for record in records if isinstance(record, Edge)], reader.report


def test_occupations_with_their_group(tmp_path):
    nodes, edges, report = read(
        tmp_path,
        "occupations_de.csv",
        "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status\n"
        f'Occupation,{E}occupation/1,7212,Schweißer,"Schweißerin\nSchweißfachkraft",,released\n'
        f"Occupation,{E}occupation/2,7212,,,,released\n"
        f"Occupation,{E}occupation/3,7212,alt,,,obsolete\n"
        "Occupation,,7212,ohne,,,released\n"
        f"Thing,{E}occupation/4,7212,ding,,,released\n",
    )
    assert nodes == [
        Node(
            uri=f"{E}occupation/1",
            kind="occupation",
            label="",
            labels={"de": ("Schweißer", "Schweißerin", "Schweißfachkraft")},
        )
    ]
    assert [(edge.target, edge.kind) for edge in edges] == [(f"{E}isco/C7212", "broader")]
    (file,) = report.files
    assert file.taken == 1
    assert dict(file.skipped) == {"empty label": 1, "status obsolete": 1, "no URI": 1, "unknown type 'thing'": 1}


def test_skills_and_a_collection_with_wider_ones(tmp_path):
    nodes, _, _ = read(
        tmp_path,
        "skills_en.csv",
        f"conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels\nKnowledgeSkillCompetence,{E}skill/1,knowledge,x,Haskell,Haskell techniques\n",
    )
    assert (nodes[0].kind, nodes[0].label, nodes[0].labels) == (
        "skill",
        "Haskell",
        {"en": ("Haskell", "Haskell techniques")},
    )
    _, edges, _ = read(
        tmp_path,
        "digitalSkillsCollection_en.csv",
        "conceptType,conceptUri,preferredLabel,altLabels,broaderConceptUri,broaderConceptPT\n"
        f"KnowledgeSkillCompetence,{E}skill/1,Haskell,a | b,{E}skill/9 | {E}isced-f/0613,x | y\n",
    )
    assert [edge.target for edge in edges] == [f"{E}skill/9", f"{E}isced-f/0613"]


def test_relations_of_occupations_and_of_skills(tmp_path):
    _, edges, report = read(
        tmp_path,
        "occupationSkillRelations_en.csv",
        "occupationUri,occupationLabel,relationType,skillType,skillUri,skillLabel\n"
        f"{E}occupation/1,a,essential,knowledge,{E}skill/1,s\n{E}occupation/1,a,optional,,{E}skill/2,s\n"
        f"{E}occupation/1,a,vital,,{E}skill/3,s\n,a,optional,,{E}skill/4,s\n",
    )
    assert [(edge.kind, edge.target[-1], edge.is_inferred, edge.origin) for edge in edges] == [
        ("essential", "1", False, "esco 1.2.0"),
        ("optional", "2", False, "esco 1.2.0"),
    ]
    assert dict(report.files[0].skipped) == {"unknown relation 'vital'": 1, "no URI": 1}
    _, edges, report = read(
        tmp_path,
        "skillSkillRelations_en.csv",
        f"originalSkillUri,originalSkillType,relationType,relatedSkillType,relatedSkillUri\n{E}skill/1,x,optional,x,{E}skill/2\n{E}skill/1,x,optional,x,{E}skill/1\n",
    )
    assert [(edge.kind, edge.weight) for edge in edges] == [("related", 0.8)]
    assert dict(report.files[0].skipped) == {"points to itself": 1}


@pytest.mark.parametrize("name", ["broaderRelationsOccPillar_en.csv", "broaderRelationsSkillPillar.csv"])
def test_wider_ones_with_or_without_a_language(tmp_path, name):
    _, edges, _ = read(
        tmp_path, name, f"conceptType,conceptUri,broaderType,broaderUri\nSkill,{E}skill/1,Skill,{E}skill/2\n"
    )
    assert [(edge.source, edge.target, edge.kind) for edge in edges] == [(f"{E}skill/1", f"{E}skill/2", "broader")]


def test_other_files_and_other_languages_are_not_taken(tmp_path):
    for name, why in (
        ("skillsHierarchy_en.csv", "the same"),
        ("readme.csv", "no table"),
        ("skills_fr.csv", "language is fr"),
    ):
        nodes, edges, report = read(tmp_path, name, "x\n1\n", languages=["de"])
        assert (nodes, edges, report.files) == ([], [], [])
        assert why in report.not_taken[0][1]


def test_a_missing_column_names_file_and_column(tmp_path):
    with pytest.raises(InputError, match=r"occupationSkillRelations_en\.csv has no column 'skillUri'"):
        read(tmp_path, "occupationSkillRelations_en.csv", "occupationUri,relationType\na,b\n")


TURTLE = f"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix esco: <http://data.europa.eu/esco/model#> .
<{E}occupation/1> a esco:Occupation , skos:Concept ;
  skos:prefLabel "welder"@en , "Schweißer"@de ; skos:altLabel "TIG welder"@en ;
  skos:broader <{E}isco/C7212> ; esco:relatedEssentialSkill <{E}skill/1> .
<{E}skill/1> a esco:Skill ; skos:prefLabel "weld"@en ; esco:isOptionalSkillFor <{E}occupation/2> , <{E}skill/2> .
<{E}skill/g> a skos:Concept ; skos:prefLabel "metal work"@en .
<{E}skill/1> skos:altLabel "welding"@en .
<http://x/y> skos:prefLabel "something else"@en .
"""


def test_turtle_says_the_same(tmp_path):
    nodes, edges, report = read(tmp_path, "esco_v1.2.0.ttl", TURTLE)
    assert [(node.uri.removeprefix(E), node.kind, node.label) for node in nodes] == [
        ("occupation/1", "occupation", "welder"),
        ("skill/1", "skill", "weld"),
        ("skill/g", "group", "metal work"),
    ]
    assert nodes[0].labels == {"en": ("welder", "TIG welder"), "de": ("Schweißer",)}
    assert [(edge.source.removeprefix(E), edge.kind, edge.target.removeprefix(E)) for edge in edges] == [
        ("occupation/1", "broader", "isco/C7212"),
        ("occupation/1", "essential", "skill/1"),
        ("occupation/2", "optional", "skill/1"),
        ("skill/2", "related", "skill/1"),
    ]
    assert report.files[0].taken == 7


def test_turtle_gives_the_languages_asked_for(tmp_path):
    nodes, _, report = read(tmp_path, "esco.ttl", TURTLE, languages=["de"])
    assert [node.labels for node in nodes] == [{"de": ("Schweißer",)}]
    assert report.files[0].skipped["no label in the language"] == 2


def test_the_version_is_told_by_names_and_must_be_one(tmp_path):
    def file(*parts):
        path = tmp_path.joinpath(*parts)
        return TaxonomyFile(name=path.name, path=path)

    assert version_of([file("ESCO dataset - v1.2.0 - classification - en - csv", "skills_en.csv")]) == "1.2.0"
    assert version_of([file("esco_v1.1.ttl")]) == "1.1"
    assert version_of([file("skills_en.csv")]) == ""
    with pytest.raises(InputError, match="several versions"):
        version_of([file("esco_v1.1.ttl"), file("esco_v1.2.ttl")])
    assert is_esco(file("skills_pl.csv"))
    assert not is_esco(file("skills.txt"))
