"""Why the operating system refuses a file, in the reader's language; Python says it in English alone."""

import errno

from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _

_REASONS = {
    errno.ENOENT: _help("No such file or directory"),
    errno.EACCES: _help("Permission denied"),
    errno.EPERM: _help("Operation not permitted"),
    errno.ENOSPC: _help("No space left on device"),
    errno.EDQUOT: _help("Disk quota exceeded"),
    errno.EROFS: _help("Read-only file system"),
    errno.EISDIR: _help("Is a directory"),
    errno.ENOTDIR: _help("Not a directory"),
    errno.EEXIST: _help("File exists"),
    errno.ENAMETOOLONG: _help("File name too long"),
    errno.EIO: _help("Input/output error"),
    errno.ETXTBSY: _help("Text file busy"),
    errno.ENOEXEC: _help("Exec format error"),
}


def reason_of(error: OSError) -> str:
    """Give why something was refused, as the system says it where that is one of the seldom ones."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)
