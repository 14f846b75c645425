"""Photos to try the studio with."""

from flask.testing import FlaskClient


def test_a_sample_comes_in_like_any_picture_and_is_known_the_second_time(client: FlaskClient) -> None:
    items = client.get("/samples").get_json()["items"]
    assert len(items) >= 6
    assert all(item["sku"] for item in items)
    name = items[0]["name"]
    first, second = (client.post(f"/samples/{name}") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json() == second.get_json()
    told = first.get_json()
    assert told["format"] == "jpeg"
    assert first.headers["Location"] == f"/blobs/{told['id']}"
    assert client.get(f"/blobs/{told['thumb']}").status_code == 200


def test_every_sample_can_be_taken_in(client: FlaskClient) -> None:
    names = [item["name"] for item in client.get("/samples").get_json()["items"]]
    assert {client.post(f"/samples/{name}").status_code for name in names} <= {200, 201}


def test_an_unknown_sample_is_404_with_the_known_ones(client: FlaskClient) -> None:
    answer = client.post("/samples/..%2Fsecret")
    assert answer.status_code == 404
    answer = client.post("/samples/mona-lisa")
    assert answer.status_code == 404
    assert "coffee" in answer.get_json(force=True)["detail"]
