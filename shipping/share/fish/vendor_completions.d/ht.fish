function __ht_complete
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
