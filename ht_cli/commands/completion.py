"""`ht completion`: the script that makes a shell complete commands, options, ids, cities and terms."""

from __future__ import annotations

from enum import StrEnum

from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.output.terminal import note, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from ht_cli.options import LocaleOption


class Shell(StrEnum):
    """Shells for which there is a script."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"


# Each hands over the words up to the cursor and is given whole words; where `ht` ends with 2, the name of a folder is wanted, and where it ends otherwise than with 0, that of a file.
SCRIPTS = {
    Shell.bash: r"""_ht() {
    local found
    COMPREPLY=()
    found=$("${1/#\~/$HOME}" __complete_bash "${COMP_LINE:0:COMP_POINT}" 2>/dev/null) || { [[ $? == 2 ]] && compopt -o dirnames || compopt -o default; return; }
    [[ $found ]] && mapfile -t COMPREPLY <<<"$found"
    [[ $found == *= ]] && compopt -o nospace
}
complete -o nosort -F _ht ht
""",
    Shell.zsh: r"""#compdef ht
_ht() {
    local word=$PREFIX found
    local -a begun notes ends space
    [[ -z $compstate[quote] ]] && word=${(Q)word}
    begun=("${(@Q)words[2,CURRENT-1]}")
    found=$(${~${(Q)words[1]}} __complete "${(@)begun}" "$word" 2>/dev/null) || { (( $? == 2 )) && { _files -/; return }; compset -P '--*='; _files; return }
    [[ -z $found ]] && return 1
    notes=("${(@f)found}")
    ends=("${(@)notes%%$'\t'*}")
    notes=("${(@)notes/$'\t'/  -- }")
    [[ $found == *= ]] && space=(-S '')
    compadd -l -d notes -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' "${(@)space}" -- "${(@)ends}"
}
if [[ $funcstack[1] == _ht ]]; then _ht "$@"; else compdef _ht ht; fi
""",
    Shell.fish: r"""function __ht_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l word (string unescape -- "$typed"; or string unescape -- "$typed'"; or string unescape -- "$typed\""; or string collect -- "$typed")
    set -l found
    if set found ($words[1] __complete $words[2..] "$word" 2>/dev/null)
        string join \n -- $found
    else if test $status -eq 2
        __fish_complete_directories "$word" ''
    else
        set -l option (string match -r '^--[^=]*=' -- "$word")
        for path in (__fish_complete_path (string replace -- "$option" '' "$word"))
            printf '%s\n' "$option$path"
        end
    end
end
complete -c ht -f -a '(__ht_complete)'
""",
}
HINTS = {
    Shell.bash: "mkdir -p ~/.local/share/bash-completion/completions && ht completion bash > ~/.local/share/bash-completion/completions/ht",
    Shell.zsh: "mkdir -p ~/.zfunc && ht completion zsh > ~/.zfunc/_ht"
    " && echo 'fpath+=(~/.zfunc); autoload -Uz compinit; compinit' >> ~/.zshrc",
    Shell.fish: "mkdir -p ~/.config/fish/completions && ht completion fish > ~/.config/fish/completions/ht.fish",
}


def completion(shell: Annotated[Shell, typer.Argument(help=_help("bash, zsh or fish"))], locale: LocaleOption = None) -> None:
    """Print the completion script of a shell."""
    write([SCRIPTS[shell]])
    note(_("To install it: {command}").format(command=HINTS[shell]))
