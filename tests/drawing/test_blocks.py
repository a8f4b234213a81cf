"""People inside one box: a list under the head, or columns when a list would be too long."""

from graphkam.drawing.blocks import HEIGHT, INDENT, ROW, SPINE, WIDTH, block, forest, straightened

ANYTHING = 1e9


def made(people, boss_of, *, rows=10, max_width=ANYTHING, exits=frozenset()):
    return block(forest(people, boss_of, exits), rows=rows, max_width=max_width, exits=exits)


def test_subordinates_stand_below_and_to_the_right_of_their_boss():
    found = made(["boss", "a", "b", "c"], {"a": "boss", "b": "a", "c": "boss"})
    assert found.spots == {
        "boss": (0, 0),
        "a": (INDENT, ROW),
        "b": (2 * INDENT, 2 * ROW),
        "c": (INDENT, 3 * ROW),
    }
    assert (found.width, found.height) == (WIDTH + 2 * INDENT, 3 * ROW + HEIGHT)


def test_a_line_runs_down_from_the_boss_and_into_the_side_of_the_subordinate():
    [(boss, person, corners)] = made(["boss", "a"], {"a": "boss"}).lines
    assert (boss, person) == ("boss", "a")
    assert corners == ((SPINE, HEIGHT), (SPINE, ROW + HEIGHT / 2), (INDENT, ROW + HEIGHT / 2))


def test_too_many_for_a_list_stand_in_columns_of_like_height():
    people = ["boss", *(f"p{n}" for n in range(8))]
    found = made(people, dict.fromkeys(people[1:], "boss"), rows=5)
    columns = {}
    for person in people[1:]:
        columns.setdefault(found.spots[person][0], []).append(person)
    assert [len(column) for column in columns.values()] == [4, 4]


def test_columns_go_on_in_a_second_row_where_the_width_ends():
    people = [f"p{n}" for n in range(6)]
    found = made(people, {}, rows=1, max_width=3 * WIDTH + 60)
    assert len({y for _, y in found.spots.values()}) == 2


def test_whoever_has_subordinates_elsewhere_has_a_free_way_down():
    people = ["boss", "a", "b"]
    found = made(people, {"a": "boss", "b": "boss"}, exits={"a"})
    assert found.spots["a"][1] > found.spots["b"][1]
    assert found.way_out("a") == ((INDENT + SPINE, 2 * ROW + HEIGHT),) * 2


def test_a_boss_elsewhere_is_reached_over_the_upper_edge():
    found = made(["head", "a"], {"head": "elsewhere", "a": "head"})
    assert found.entries == {"head": ((WIDTH / 2, 0.0), (WIDTH / 2, 0.0))}


def test_peers_keep_the_order_they_are_given():
    found = made(["b", "a", "c"], {}, rows=3)
    assert sorted(found.spots, key=lambda p: found.spots[p][1]) == ["b", "a", "c"]


def test_corners_that_repeat_are_left_out():
    assert straightened([(0, 0), (0, 0), (0, 5)]) == ((0, 0), (0, 5))
