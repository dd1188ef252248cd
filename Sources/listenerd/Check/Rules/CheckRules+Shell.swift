import Handlers
import ListenerKit

extension CheckRules {
    /// The rules about scripts in `sh -c`.
    static let shell = [shellWithoutExec, killOfDash, hiddenCommand]

    private static let shellWithoutExec = CheckRule(
        "shell-without-exec",
        .warning,
        "a shell that waits for the program, so that a stop does not reach it",
        reason: """
            supervisord signals the shell alone: the program goes on running, and a restart runs it twice. With exec, it takes \
            the shell's place.
            """
    ) { checked, findings in
        for program in checked.allPrograms where !program.isTask && !program.stopsGroup {
            guard let command = program.command, let script = ShellScript(shellWords(command.text) ?? []),
                let last = script.commands?.last, leavesChild(last, of: script), let first = last.words.first
            else {
                continue
            }
            findings.add(
                command.location,
                """
                a stop of \(program.name) ends \(script.shell), and \(first) goes on; write exec before \(first), or set \
                stopasgroup=true
                """
            )
        }
    }

    /// Whether a shell stays the parent of the last command of its script.
    private static func leavesChild(_ command: ShellScript.Command, of script: ShellScript) -> Bool {
        guard let first = command.words.first(where: { !$0.utf8.contains(UInt8(ascii: "=")) }),
            first.utf8.first != UInt8(ascii: "$"), !wordsOfShells.contains(first)
        else {
            return false
        }
        // bash executes the last command in its own place, unless it has to restore a redirection.
        return script.shell == "sh" || script.shell == "dash" || command.isRedirected
    }

    /// Commands that are part of a shell, and words that begin more than a simple command.
    private static let wordsOfShells: Set = [
        ".", ":", "!", "[", "[[", "alias", "break", "case", "cd", "command", "continue", "do", "done", "echo", "elif",
        "else", "esac", "eval", "exec", "exit", "export", "false", "fi", "for", "function", "if", "kill", "local",
        "printf", "pwd", "read", "readonly", "return", "set", "shift", "source", "test", "then", "time", "times",
        "trap", "true", "type", "ulimit", "umask", "unset", "until", "wait", "while",
    ]

    private static let killOfDash = CheckRule(
        "kill-of-dash",
        .warning,
        "kill with a signal whose name begins with SIG, in sh",
        reason: """
            Where sh is dash, as on Debian and Ubuntu, that is an illegal option: nothing is killed, and supervisord stays up \
            without the program.
            """
    ) { checked, findings in
        for program in checked.allPrograms {
            guard let command = program.command, let script = ShellScript(shellWords(command.text) ?? []),
                script.shell == "sh" || script.shell == "dash",
                let name = Self.signal(afterKillIn: script.text)
            else {
                continue
            }
            let instead =
                program.kind == .eventListener
                ? "; listenerd --fatal-exit does all of it, and answers supervisord" : ""
            findings.add(
                command.location,
                "\(program.name) runs kill -SIG\(name), which dash rejects; write kill -\(name)\(instead)"
            )
        }
    }

    /// Returns the name of the signal, without SIG, that a script sends with `kill -SIG…`; nil if there is none.
    private static func signal(afterKillIn text: String) -> String? {
        let bytes = Array(text.utf8)
        guard let start = bytes[...].firstOccurrence(of: "kill -SIG".utf8) else {
            return nil
        }
        let name = bytes[(start + "kill -SIG".utf8.count)...].prefix {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        return String(decoding: name, as: UTF8.self)
    }

    private static let hiddenCommand = CheckRule(.listenerCommand) { checked, findings in
        for listener in checked.configuration.eventListeners where ListenerCommand(listener.program.command) == nil {
            guard let command = listener.program.command,
                let script = ShellScript(ListenerCommand.words(of: listener)), let commands = script.commands
            else {
                continue
            }
            for part in commands where !part.isExpanded {
                let words = Array(part.words.drop { $0 == "exec" })
                guard let hidden = ListenerCommand(words: words, at: command.location) else {
                    continue
                }
                do throws(UsageError) {
                    _ = try hidden.request()
                } catch {
                    findings.add(command.location, "\(listener.name) exits as soon as it starts: \(error)")
                }
            }
        }
    }
}

extension ProgramConfiguration {
    /// Whether it is one that is to end by itself, so that hardly anybody stops it.
    fileprivate var isTask: Bool {
        autorestart == .never || autorestart == .unexpected && startSeconds == 0
    }
}
