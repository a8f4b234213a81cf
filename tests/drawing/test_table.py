"""The table has a line for every seat, and the same columns in both languages."""

from graphkam.drawing.picture import picture


def test_every_seat_has_a_line_from_the_top_down(acme):
    drawn = picture(acme)
    assert drawn.rows[0].id == "p:ceo"
    assert len(drawn.rows) == len(acme.stakeholders)
    assert all(len(row.cells) == len(drawn.columns) == 9 for row in drawn.rows)


def test_headline_counts_tell_seats_vacancies_and_us(acme):
    assert picture(acme).summary == (
        ("positions", "6"),
        ("vacant", "1"),
        ("holder unknown", "1"),
        ("of us", "2"),
    )


def test_titles_are_told_whole(sketch):
    sketch.person("p", title="T" * 500)
    assert "T" * 500 in picture(sketch.graph()).rows[0].cells
