"""What `make catalogue` does."""

from pathlib import Path

from babel.messages.pofile import read_po

from scripts.catalogue import begin, extract, follow


def test_texts_are_gathered_and_translations_follow(tmp_path: Path) -> None:
    extract(tmp_path / "playground.pot")
    with (tmp_path / "playground.pot").open("rb") as file:
        found = read_po(file)
    assert len(found) > 1500
    assert found["Decision boundary"].locations
    assert found["Copy the link"].locations[0][0].endswith(".js")
    assert all(not Path(name).is_absolute() for name, _ in found["Decision boundary"].locations)
    assert found.get(("trained for {n:,} epoch: {result}", "trained for {n:,} epochs: {result}"))
    begin(tmp_path, "de")
    follow(tmp_path)
    place = tmp_path / "de" / "LC_MESSAGES"
    with (place / "playground.po").open("rb") as file:
        assert len(read_po(file)) == len(found)
    assert (place / "playground.mo").is_file()
