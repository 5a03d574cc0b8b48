"""Named tuples, and promises of a layer to another (`Protocol`), that cost a start next to nothing.

For a type checker they are those of `typing`. At run time `typing` would compile a constructor for each of the forty shapes on the way
of a question, which is a sixth of a start (docs/start.md): here one constructor serves all of them, and a promise is an empty class.
"""

from operator import itemgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
    from typing import Protocol as Protocol
else:

    class _Shape(type):
        """The class of named tuples: gives each field that is annotated its place, and what stands beside it as its default."""

        def __new__(cls, name, bases, namespace):
            shape = super().__new__(cls, name, bases, {"__slots__": (), **namespace})
            if fields := tuple(shape.__annotations__):
                shape._fields = shape.__match_args__ = fields
                shape._field_defaults = {field: namespace[field] for field in fields if field in namespace}
                for place, field in enumerate(fields):
                    setattr(shape, field, property(itemgetter(place)))
            return shape

    class NamedTuple(tuple, metaclass=_Shape):
        """A tuple whose places have names, as `typing.NamedTuple` makes them; raises TypeError for a field too many, twice or missing."""

        def __new__(cls, *values, **named):
            """Give the tuple of these values."""
            if named or len(values) != len(cls._fields):
                values += _others(cls, values, named)
            return tuple.__new__(cls, values)

        @classmethod
        def _make(cls, values):
            return cls(*values)

        def _replace(self, **named):
            return type(self)(**(self._asdict() | named))

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(f'{field}={value!r}' for field, value in self._asdict().items())})"

        def __getnewargs__(self):
            return tuple(self)

    def _others(shape, values, named):
        """Give the values of the fields that `values` leaves open, by name or by default."""
        open_fields, defaults = shape._fields[len(values) :], shape._field_defaults
        try:
            others = tuple([named.pop(field) if field in named else defaults[field] for field in open_fields])
        except KeyError as missing:
            raise TypeError(f"{shape.__name__} has no value for its field {missing}") from None
        if named or len(values) > len(shape._fields):
            raise TypeError(f"{shape.__name__} takes {', '.join(shape._fields)}, each once")
        return others

    class Protocol:
        """What a layer asks of another: read by type checkers alone."""
