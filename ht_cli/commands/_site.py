"""The site of a resource, for whoever opens it in a browser."""

from ht_cli.errors import NotFoundError
from ht_cli.locale import translate as _
from ht_cli.model import Resource


def site_of(resource: Resource) -> str:
    """Give the address of a site that a browser may be handed. Raises NotFoundError where none is known."""
    if not resource.url.startswith(("http://", "https://")):
        raise NotFoundError(_("no site of {name} is known; see: ht show {id}").format(name=resource.name, id=resource.id))
    return resource.url


def not_opened(url: str) -> NotFoundError:
    """Give what to raise where no browser could be started."""
    return NotFoundError(_("no browser could be started; the site is {url}").format(url=url))
