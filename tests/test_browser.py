from pathlib import Path

from tests.browser import axe_violations, faults_of_html, requests_of

BAD = '<!DOCTYPE html><html><head><title>x</title></head><body><img src="https://example.org/a.png"><p id="a" id="b">x</body></html>'


def test_the_checks_of_pages_find_what_is_planted(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(BAD, "utf-8")
    assert requests_of(page) == ["https://example.org/a.png"]
    assert any(found.startswith("image-alt") for found in axe_violations(page))
    assert any("Duplicate attribute" in fault for fault in faults_of_html(page))
