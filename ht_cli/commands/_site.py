"""The site of a resource, for whoever opens it in a browser."""

from ht_cli.errors import NotFoundError
from ht_cli.locale import translate as _
from ht_cli.model import Resource


def site_of(resource: Resource, *, commands: bool = True) -> str:
    """Give the address of a site that a browser may be handed.

    Raises NotFoundError where none is known, which names a command unless none can be typed there.
    """
    if not resource.url.startswith(("http://", "https://")):
        unknown = _("no site of {name} is known; see: ht show {id}") if commands else _("no site of {name} is known")
        raise NotFoundError(unknown.format(name=resource.name, id=resource.id))
    return resource.url


def not_opened(url: str) -> NotFoundError:
    """Give what to raise where no browser could be started."""
    return NotFoundError(_("no browser could be started; the site is {url}").format(url=url))
