"""The named tuples of the start are those of `typing`, but for what they cost."""

import copy
import pickle
import subprocess
import sys
import typing

import pytest

from ht_cli import model
from ht_cli.model import Phone, Place
from ht_cli.shapes import NamedTuple


class Ours(NamedTuple):
    """A shape of this house."""

    first: int
    second: str = "two"
    third: tuple[str, ...] = ()

    @property
    def doubled(self) -> int:
        """Twice the first."""
        return 2 * self.first


class Theirs(typing.NamedTuple):
    """The same of the standard library."""

    first: int
    second: str = "two"
    third: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("values", "named"), [((1,), {}), ((1, "b"), {}), ((1, "b", ("c",)), {}), ((), {"first": 1}), ((1,), {"third": ("c",)})]
)
def test_a_shape_holds_what_that_of_typing_holds(values: tuple[typing.Any, ...], named: dict[str, typing.Any]) -> None:
    ours, theirs = Ours(*values, **named), Theirs(*values, **named)
    assert ours == theirs
    assert ours._asdict() == theirs._asdict()
    assert (Ours._fields, Ours._field_defaults) == (Theirs._fields, Theirs._field_defaults)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert (ours.first, ours.doubled) == (1, 2)
    assert ours._replace(second="b") == theirs._replace(second="b")
    assert Ours._make((1, "b", ())) == Theirs._make((1, "b", ()))
    assert pickle.loads(pickle.dumps(ours)) == ours
    assert type(copy.copy(ours)) is Ours
    assert hash(ours) == hash(theirs)


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1, "b", (), 4), {}), ((1,), {"first": 2}), ((1,), {"fourth": 4}), ((), {"second": "b"})]
)
def test_a_field_too_many_twice_or_missing_is_refused_as_by_typing(values: tuple[typing.Any, ...], named: dict[str, typing.Any]) -> None:
    with pytest.raises(TypeError):
        Theirs(*values, **named)
    with pytest.raises(TypeError, match="Ours"):
        Ours(*values, **named)


def test_a_shape_takes_no_room_beside_its_fields_and_none_can_be_set() -> None:
    phone = Phone("107")
    assert not hasattr(phone, "__dict__")
    with pytest.raises(AttributeError):
        phone.number = "112"  # type: ignore[misc]
    match Place(1, "nis:1", "Mons", "municipality"):
        case Place(_, code, name):
            assert (code, name) == ("nis:1", "Mons")


def test_the_model_needs_no_typing() -> None:
    code = "import sys; import ht_cli.model; print('typing' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, cwd=model.__file__.rsplit("/", 2)[0]
    )
    assert run.stdout.strip() == "False"
