"""Write the sample's resumes that are not plain text: DOCX with a table, two-column PDF, HTML, JSON Resume.

Usage: python runs/sample_resumes.py
"""

from __future__ import annotations

import json
from pathlib import Path

import docx
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

FOLDER = Path(__file__).parents[1] / "src/metier/sample/resumes"


def driver() -> None:
    written = docx.Document()
    written.add_heading("Gareth Pryce", 0)
    written.add_paragraph("Ipswich, UK | 01632 555 203 | g.pryce@example.org")
    written.add_paragraph("Class 1 driver, clean licence, ten years on containers and general haulage.")
    written.add_heading("Employment", 1)
    table = written.add_table(rows=0, cols=3)
    for row in (
        (
            "2019 – present",
            "HGV Class 1 Driver, Stour Valley Freight, Felixstowe",
            "Container work, days, home most nights. Own fleet walk-round checks.",
        ),
        (
            "2015 – 2019",
            "HGV Class 2 Driver, Gipping Builders Merchants, Ipswich",
            "Multi-drop with HIAB, 8 to 12 drops a day.",
        ),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    written.add_heading("Licences", 1)
    for line in (
        "Category C+E licence, no points",
        "Driver CPC valid to 2029",
        "Digital tachograph card",
        "HIAB (ALLMI)",
    ):
        written.add_paragraph(line, style="List Bullet")
    written.save(FOLDER / "s-driver.docx")


def chef() -> None:
    """Two columns: a narrow one with skills at the left, the career at the right, set on another grid."""
    canvas = Canvas(str(FOLDER / "s-chef.pdf"), pagesize=A4, invariant=1)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(50, 790, "MARIT SOLHEIM")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(50, 772, "Norwich, UK   01632 555 318   marit.solheim@example.org")
    left = [
        ("SKILLS", True),
        ("Grill and sauce", False),
        ("Butchery", False),
        ("Menu costing", False),
        ("HACCP", False),
        ("Stock rotation", False),
        ("", False),
        ("CERTIFICATES", True),
        ("Level 3 Food Hygiene", False),
        ("Allergen awareness", False),
        ("First aid at work", False),
        ("", False),
        ("LANGUAGES", True),
        ("English, fluent", False),
        ("Norwegian, native", False),
    ]
    right = [
        ("EXPERIENCE", True),
        ("Chef de Partie, The Otter & Oak, Norwich", True),
        ("May 2022 - Present", False),
        ("Run the grill section, 80 covers on a Saturday.", False),
        ("Train two commis chefs and write their rotas.", False),
        ("Took food cost from 34 to 29 percent.", False),
        ("Commis Chef, Hotell Fjordgløtt, Bergen", True),
        ("August 2019 - April 2022", False),
        ("Cold section and breakfast for 120 guests.", False),
        ("Daily checks of fridges and deliveries.", False),
        ("EDUCATION", True),
        ("Vocational certificate in cookery, Bergen, 2017 - 2019", False),
    ]
    for lines, x, leading in ((left, 50, 17), (right, 230, 20)):
        y = 735
        for text, is_bold in lines:
            canvas.setFont("Helvetica-Bold" if is_bold else "Helvetica", 11 if is_bold else 10)
            canvas.drawString(x, y, text)
            y -= leading
    canvas.save()


def teacher() -> None:
    page = """<!doctype html><html lang="en"><head><title>CV</title><style>nav{color:#999}</style></head><body>
<h1>Aoife Ní Dhomhnaill</h1><p>Cork, Ireland · 01632 555 411 · aoife.nd@example.org</p>
<h2>Profile</h2><p>Primary teacher, registered with the Teaching Council, six years with fourth and fifth class.</p>
<h2>Teaching experience</h2>
<h3>Class teacher, Scoil Bhríde, Cork</h3><p>September 2020 to date</p>
<ul><li>Fourth class of 27, differentiated lesson planning in English and Irish</li><li>Link teacher for pupils with additional needs</li>
<li>Led the school's maths week</li></ul>
<h3>Substitute teacher, various schools, Limerick</h3><p>January 2019 – June 2020</p>
<h2>Education</h2><p>Bachelor of Education (Primary), Mary Immaculate College, 2015–2019</p>
<h2>Languages</h2><p>English (native), Irish (fluent)</p></body></html>
"""
    (FOLDER / "s-teacher.html").write_text(page, encoding="utf-8")


def engineer() -> None:
    resume = {
        "basics": {
            "name": "Ravi Balasubramanian",
            "label": "Backend Engineer",
            "email": "ravi.b@example.org",
            "location": {"city": "Berlin", "countryCode": "DE"},
            "summary": "Python services and the databases under them.",
        },
        "work": [
            {
                "name": "Kontor Logistik GmbH",
                "position": "Backend Engineer",
                "startDate": "2021-04",
                "highlights": [
                    "Built routing APIs in Python and FastAPI on PostgreSQL",
                    "Moved twelve services to Kubernetes",
                    "On call one week in five",
                ],
            },
            {
                "name": "Pixelmill",
                "position": "Junior Software Developer",
                "startDate": "2018-09",
                "endDate": "2021-03",
                "highlights": ["Django back end of a web shop", "Docker images and GitLab CI"],
            },
        ],
        "education": [
            {
                "institution": "TU Chemnitz",
                "area": "Computer Science",
                "studyType": "BSc",
                "startDate": "2014-10",
                "endDate": "2018-07",
            }
        ],
        "skills": [{"name": "Languages", "keywords": ["Python", "SQL", "Go"]}],
        "languages": [
            {"language": "English", "fluency": "Fluent"},
            {"language": "German", "fluency": "B1"},
            {"language": "Tamil", "fluency": "Native speaker"},
        ],
    }
    (FOLDER / "s-engineer.json").write_text(json.dumps(resume, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    driver()
    chef()
    teacher()
    engineer()
