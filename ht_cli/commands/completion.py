"""`ht completion`: the script that makes a shell complete commands, options, ids, cities and terms."""

from enum import StrEnum
from typing import Annotated

import typer

from ht_cli.locale import translate as _
from ht_cli.options import LocaleOption
from ht_cli.output.terminal import note, write


def _help(text: str) -> str:
    """Mark a line of help for translation."""
    return text


class Shell(StrEnum):
    """Shells for which there is a script."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"


SCRIPTS = {
    Shell.bash: """_ht() {
    local IFS=$'\\n'
    COMPREPLY=($(ht __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o nosort -F _ht ht
""",
    Shell.zsh: """#compdef ht
_ht() {
    local -a candidates
    candidates=("${(@f)$(ht __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    compadd -- $candidates
}
compdef _ht ht
""",
    Shell.fish: """complete -c ht -f -a '(ht __complete (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
""",
}
HINTS = {
    Shell.bash: "ht completion bash > ~/.local/share/bash-completion/completions/ht",
    Shell.zsh: "ht completion zsh > ~/.zfunc/_ht",
    Shell.fish: "ht completion fish > ~/.config/fish/completions/ht.fish",
}


def completion(shell: Annotated[Shell, typer.Argument(help=_help("bash, zsh or fish"))], locale: LocaleOption = None) -> None:
    """Print the completion script of a shell."""
    write([SCRIPTS[shell]])
    note(_("To install it: {command}").format(command=HINTS[shell]))
