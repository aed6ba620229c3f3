from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from retold.model import Edge, Stemma, Witness
from retold.show.html.layout import layered
from retold.show.witnesses import outline

EDGES = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=30)
NODE, BEND = 60, 18


@given(EDGES)
def test_boxes_do_not_overlap_and_edges_run_from_left_to_right(pairs):
    nodes = [f"w{number}" for number in range(15)]
    edges = [(f"w{a}", f"w{b}") for a, b in pairs if a != b]
    layout = layered(nodes, edges, node=NODE, bend=BEND)
    assert set(layout.at) == set(nodes)
    by_layer: dict[int, list[float]] = {}
    for layer, middle in layout.at.values():
        by_layer.setdefault(layer, []).append(middle)
        assert NODE / 2 - 1e-6 <= middle <= layout.height - NODE / 2 + 1e-6
        assert 0 <= layer < layout.layers
    for middles in by_layer.values():
        assert all(after - before >= NODE - 1e-6 for before, after in pairwise(sorted(middles)))
    for edge, route in layout.routes.items():
        assert edge in edges
        assert (route[0], route[-1]) == (layout.at[edge[0]], layout.at[edge[1]])
        assert [layer for layer, _ in route] == list(range(route[0][0], route[-1][0] + 1))
    acyclic = all(a < b for a, b in pairs)
    if acyclic:
        assert set(layout.routes) == set(edges)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=24), st.randoms(use_true_random=False))
def test_a_tree_is_drawn_without_crossings(parents, random):
    nodes = [f"w{number}" for number in range(len(parents) + 1)]
    edges = [(f"w{parent % (at + 1)}", f"w{at + 1}") for at, parent in enumerate(parents)]
    random.shuffle(nodes)
    layout = layered(nodes, edges, node=NODE, bend=BEND)
    lines = [(layout.at[a], layout.at[b]) for a, b in edges]
    for (a, b), (c, d) in ((one, other) for one in lines for other in lines if one < other):
        if a[0] == c[0] and a != c:
            assert (a[1] - c[1]) * (b[1] - d[1]) > 0


def test_an_edge_that_passes_a_layer_has_a_place_of_its_own_there():
    layout = layered(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")], node=NODE, bend=BEND)
    between = layout.routes["a", "c"][1]
    assert between[0] == layout.at["b"][0]
    assert abs(between[1] - layout.at["b"][1]) >= (NODE + BEND) / 2 - 1e-6


@given(EDGES)
def test_every_witness_and_every_edge_is_in_the_outline_once(pairs):
    witnesses = tuple(Witness(f"w{number}", "report", "x") for number in range(15))
    edges = tuple(
        Edge(f"w{a}", f"w{b}", (a + b) % 10 / 10, ()) for a, b in dict.fromkeys(pairs) if a != b
    )
    nodes = outline(Stemma(witnesses, edges, (), ()))
    written = [node.witness.id for node in nodes if not node.again]
    assert sorted(written) == sorted(one.id for one in witnesses)
    shown = [edge for node in nodes if not node.again for edge in (node.edge, *node.also) if edge]
    assert sorted((one.from_, one.to) for one in shown) == sorted(
        (one.from_, one.to) for one in edges
    )
    assert nodes[0].depth == 0
    assert all(after.depth <= before.depth + 1 for before, after in pairwise(nodes))


def test_the_best_supported_source_comes_first():
    witnesses = tuple(Witness(name, "report", name) for name in "abc")
    edges = (Edge("a", "c", 0.4, ()), Edge("b", "c", 0.9, ()))
    nodes = outline(Stemma(witnesses, edges, (), ()))
    assert [(node.witness.id, node.depth) for node in nodes] == [("a", 0), ("b", 0), ("c", 1)]
    assert nodes[2].edge is edges[1]
    assert nodes[2].also == (edges[0],)
