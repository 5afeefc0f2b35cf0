"""A run is judged as things are: against what answers now."""

import json
from dataclasses import replace

from metier.catalog import Catalog, ModelRun
from metier.ranking.score import session_model
from metier.training.promotion import speaks_against


def test_what_is_in_use_decides_and_the_bound_is_stated(tmp_path):
    report = {"wins": True, "widened": 0.03, "against": session_model().name, "gain": {}}
    run = ModelRun(id="a", kind="ranker", model="{}", report=json.dumps(report))
    with Catalog.open(str(tmp_path), encoder_id="e", size=4) as catalog:
        for name in "ab":
            catalog.models.add(replace(run, id=name))
        assert speaks_against(catalog.models, run, gap_bound=0.05) == []
        assert "widens" in speaks_against(catalog.models, run)[0]
        catalog.models.promote("b")
        assert "compared with" in speaks_against(catalog.models, run, gap_bound=0.05)[0]
        assert speaks_against(catalog.models, catalog.models.one("b")) == []
