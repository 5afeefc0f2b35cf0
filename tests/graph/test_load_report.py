from metier.graph.load_report import LoadReport


def test_files_are_reported_in_the_order_of_reading():
    report = LoadReport(taxonomy="esco")
    report.file("a").taken += 2
    report.file("b").skipped["empty label"] += 1
    assert [(file.name, file.taken, dict(file.skipped)) for file in report.files] == [
        ("a", 2, {}),
        ("b", 0, {"empty label": 1}),
    ]
