import ExecutableTesting
import Foundation
import Testing

@testable import ListenerKit

/// A shell that completes command lines of listenerd: one of this machine, or one that `make test` has unpacked from Debian's packages.
enum CompletingShell: String, CaseIterable {
    case bash, zsh, fish

    private static let unpacked = "\(TestedExecutable.package)/.build/shells"

    /// The shells that can be had; the others are skipped.
    static var present: [CompletingShell] {
        allCases.filter { $0.path != nil }
    }

    /// Why a test of a shell is skipped.
    static let hint: Comment = "it is missing; 'make test' gets it from Debian, if it can"

    /// Its path; nil if there is none.
    var path: String? {
        ["/bin", "/usr/bin", "\(Self.unpacked)/bin", "\(Self.unpacked)/usr/bin"].map { "\($0)/\(rawValue)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// The name under which it looks for the script.
    private var scriptName: String {
        switch self {
        case .bash: "completion.bash"
        case .zsh: "_listenerd"
        case .fish: "listenerd.fish"
        }
    }

    /// Returns what the shell offers for the ends of command lines.
    ///
    /// - Parameters:
    ///   - choices: Lines that can go on in several ways.
    ///   - words: Lines that can go on in one way.
    ///   - folder: The working directory, which has the configuration.
    /// - Returns: For each line, the words that the last one could become, without quotes or the slash of a directory; of all but the first, bash tells only what
    ///   comes after `=` or `:`.
    /// - Throws: ``TestFailure`` if the shell does not answer.
    func complete(choices: [String], words: [String], in folder: TestFolder) async throws -> [[String]] {
        let path = try #require(path)
        let script = try await Outcome(of: ["completion", rawValue])
        #expect(script.ending == .status(0))
        try folder.write(script.output, to: scriptName)
        let offers =
            switch self {
            case .bash, .zsh:
                try await complete(choices.map { "\($0)\u{07}" } + words.map { "\($0)\u{19}" }, at: path, in: folder)
            case .fish: try await completeInFish(choices + words, at: path, in: folder)
            }
        return offers.map { words in words.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } }
    }

    private func environment(_ folder: TestFolder) throws -> [String: String] {
        let directory = try TestedExecutable.listenerd.split(separator: "/").dropLast().map { "/\($0)" }.joined()
        return [
            "PATH": "\(folder.path(of: "bin")):\(directory):/usr/bin:/bin",
            "HOME": folder.path,
            "ZDOTDIR": folder.path,
            "XDG_CONFIG_HOME": folder.path,
            "LC_ALL": "C.UTF-8",
            "LISTENERD_CONFIG": folder.path(of: "supervisord.conf"),
            "LD_LIBRARY_PATH": Self.libraries,
        ]
    }

    private static var libraries: String {
        let parent = "\(unpacked)/usr/lib"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        return names.map { "\(parent)/\($0)" }.joined(separator: ":")
    }

    /// fish tells what it would offer.
    private func completeInFish(_ lines: [String], at path: String, in folder: TestFolder) async throws -> [[String]] {
        let start = """
            if test -d \(Self.unpacked)/usr/share/fish/functions
                set -g fish_function_path \(Self.unpacked)/usr/share/fish/functions
            end
            set -g fish_complete_path \(folder.path); cd \(folder.path)
            for line in $argv; complete -C "$line"; echo ---; end
            """
        let program = try RunningProgram(
            path,
            ["-c", start] + lines,
            environment: try environment(folder),
            output: folder.path(of: "offers"),
            errors: folder.path(of: "errors")
        )
        #expect(try await program.waitForEnd(diagnostics: { folder.text(of: "errors") }) == .status(0))
        let blocks = folder.text(of: "offers").components(separatedBy: "---\n").dropLast()
        return zip(lines, blocks).map { line, block in
            let words = block.split(separator: "\n").compactMap { $0.split(separator: "\t").first.map { String($0) } }
            // It also offers what is only similar.
            return words.filter { $0.hasPrefix(ShellLine(line).words.last ?? "") }
        }
    }

    /// The others have a key that inserts all that they would offer, and one that completes; both write the line to a file.
    private func complete(_ lines: [String], at path: String, in folder: TestFolder) async throws -> [[String]] {
        let prompt = "ready for keys> "
        try folder.write(startFile(prompt), to: self == .bash ? "rc" : ".zshrc")
        let terminal = try PseudoTerminal(columns: 1000, rows: 50)
        let variables = try environment(folder).map { "\($0.key)=\($0.value)" }
        let arguments = self == .bash ? ["--noprofile", "--rcfile", folder.path(of: "rc"), "-i"] : ["-i"]
        let shell = try terminal.start("/usr/bin/env", variables + [path] + arguments)
        defer { shell.send(SIGKILL) }
        try await wait(for: "the prompt", diagnostics: { terminal.text }) { terminal.text.contains(prompt) }
        var results: [[String]] = []
        for line in lines {
            terminal.press(line)
            try await wait(for: "the completion of \(line)", diagnostics: { terminal.text }) {
                // What is written has to be read, or else the shell waits.
                _ = terminal.text
                return folder.lines(of: "lines").count > results.count
            }
            let completed = try #require(folder.lines(of: "lines").last)
            results.append(Self.offers(in: completed, of: String(line.dropLast())))
        }
        #expect(!terminal.text.contains("error"), "\(terminal.text)")
        return results
    }

    /// Returns the words of a completed line that have been the last one before; none if nothing was inserted.
    private static func offers(in completed: String, of line: String) -> [String] {
        let words = ShellLine(completed).words
        let before = ShellLine(line).words
        return words == before ? [] : words.dropFirst(before.count - 1).filter { !$0.isEmpty }
    }

    private func startFile(_ prompt: String) -> String {
        switch self {
        case .bash:
            #"""
            cd "$HOME"; source ./completion.bash
            bind 'set bell-style none'
            bind 'set enable-bracketed-paste off'
            show() { printf '%s\n' "$READLINE_LINE" >> lines; READLINE_LINE=; READLINE_POINT=0; }
            bind -x '"\C-o": show'
            bind '"\C-t": insert-completions'
            bind '"\C-g": "\C-t\C-o"'
            bind '"\C-y": "\t\C-o"'
            PS1='\#(prompt)'
            """#
        case .zsh, .fish:
            #"""
            if [[ -d \#(Self.unpacked)/usr/share/zsh/functions ]]; then
                module_path=(\#(Self.unpacked)/usr/lib/*/zsh/*(/))
                fpath=(\#(Self.unpacked)/usr/share/zsh/functions/**/*(/))
            fi
            cd $HOME
            fpath+=($HOME)
            autoload -Uz compinit; compinit -u
            insert-all() { compstate[insert]=all }
            show() { comppostfuncs=(insert-all); zle complete-word; print -r -- "$BUFFER" >> lines; BUFFER= }
            zle -N show; bindkey '^G' show; bindkey '^Y' show
            PS1='\#(prompt)'
            """#
        }
    }
}
