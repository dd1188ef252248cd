extension Shell {
    /// Returns the script that has the shell complete a program's command lines by asking the program.
    ///
    /// - Parameter program: The program's name.
    /// - Returns: The script, with a newline at its end.
    func script(for program: String) -> String {
        let function = "_" + program.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "_" }.joined()
        return switch self {
        case .bash: bash(program, function)
        case .zsh: zsh(program, function)
        case .fish: fish(program, function)
        }
    }

    private func bash(_ program: String, _ function: String) -> String {
        #"""
        # Completion of \#(program) in bash.
        \#(function)() {
            local lines
            mapfile -t lines < <("${1/#~\//$HOME/}" completion bash -- "${COMP_LINE:0:COMP_POINT}" "$2" 2> /dev/null)
            COMPREPLY=("${lines[@]:2}")
            case ${lines[0]} in
                list) compopt -o nospace ;;
                files) compopt -o default ;;
                directories) compopt -o dirnames ;;
                commands) mapfile -t COMPREPLY < <(compgen -c -- "$2") ;;
            esac
        }
        complete -F \#(function) \#(program)

        """#
    }

    private func zsh(_ program: String, _ function: String) -> String {
        #"""
        #compdef \#(program)
        # Completion of \#(program) in zsh.
        \#(function)() {
            local -a lines candidates
            lines=("${(@f)$("${words[1]/#\~\//$HOME/}" completion zsh -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2> /dev/null)}")
            case $lines[2] in
                *,) compset -P '*,' ;;
                ?*) compset -P 1 "*${lines[2][-1]}" ;;
            esac
            candidates=("${(@)lines[3,-1]}")
            case $lines[1] in
                words) _describe -t values value candidates ;;
                list) _describe -t values value candidates -S '' ;;
                files) _files ;;
                directories) _files -/ ;;
                commands) _alternative 'commands:command:_path_commands' 'files:file:_files' ;;
            esac
        }
        if [[ $funcstack[1] == \#(function) ]]; then
            \#(function) "$@"
        else
            compdef \#(function) \#(program)
        fi

        """#
    }

    private func fish(_ program: String, _ function: String) -> String {
        #"""
        # Completion of \#(program) in fish.
        function _\#(function)
            set -l words (commandline -opc)
            set -l word (commandline -ct)
            set -l command (string replace -r '^~/' "$HOME/" -- $words[1])
            set -l lines ($command completion fish -- $words[2..] "$word" 2> /dev/null)
            set -l start $lines[2]
            set -l rest (string sub -s (math 1 + (string length -- "$start")) -- "$word")
            switch "$lines[1]"
                case files
                    string replace -r '^' -- "$start" (complete -C "'' $rest")
                case directories
                    string replace -r '^' -- "$start" (__fish_complete_directories "$rest")
                case commands
                    string replace -r '^' -- "$start" (complete -C "$rest")
                case '*'
                    string join -- \n $lines[3..]
            end
        end
        complete -c \#(program) -f -a '(_\#(function))'

        """#
    }
}
