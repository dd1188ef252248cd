import ExecutableTesting
import Foundation
import Testing

/// Runs the blocks of a page one after the other, all in one folder.
final class PageRun {
    /// The folder in which the page's commands are run.
    private let folder: TestFolder
    /// The folder of what the page does not show.
    private let own: TestFolder
    /// The commands that run while others do.
    private var background: [RunningProgram] = []
    /// The exit status of the last command.
    private var status: Int32 = 0
    private var outputs = 0

    /// The path of listenerd in pages.
    private static let installed = "/usr/local/bin/listenerd"
    /// How long a command is tried again while others run, until it prints what the page shows.
    private static let timeout = Duration.seconds(90)

    /// Prepares the folders.
    init() throws {
        folder = try TestFolder()
        own = try TestFolder()
        let supervisord = try TestedExecutable.supervisord
        let supervisorctl = supervisord.replacing(/supervisord$/, with: "supervisorctl")
        try FileManager.default.createDirectory(atPath: own.path(of: "bin"), withIntermediateDirectories: false)
        for program in [try TestedExecutable.listenerd, supervisord, supervisorctl] {
            let name = URL(filePath: program).lastPathComponent
            try FileManager.default.createSymbolicLink(
                atPath: own.path(of: "bin/\(name)"),
                withDestinationPath: program
            )
        }
    }

    /// Tests a block as it says, and records an issue if that fails.
    func expect(_ block: CodeBlock, _ check: BlockCheck) async throws {
        switch check {
        case .configuration(let text, let file, let isForSupervise):
            let name = file ?? "supervisord.d/line\(block.line).conf"
            try write(text, to: name)
            let handlers = "\(text.contains("startafter=") ? "--ordered-startup " : "")--fatal-exit --log"
            let check = isForSupervise ? "supervise --check \(handlers) -c" : "check"
            let output = try await run("listenerd \(check) \(name)")
            #expect(output == "" && status == 0, "check prints about \(text)\n\(output)")
        case .file(let name):
            try write(block.text, to: name)
        case .transcript(let isOrdered):
            try await expect(try Transcript(block.lines), isOrdered: isOrdered)
        case .commands:
            try await expectAcceptance(of: block.listenerdCommands)
        case .shown, .notRun:
            break
        }
    }

    private func write(_ text: String, to name: String) throws {
        let parent = URL(filePath: folder.path(of: name)).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        try folder.write(text.replacing(Self.installed, with: try TestedExecutable.listenerd), to: name)
    }

    private func expectAcceptance(of commands: [[String]]) async throws {
        #expect(!commands.isEmpty, "there is no command in it: mark it otherwise")
        for words in commands {
            // Without supervisord on the PATH, nothing comes of it but what is wrong with the command.
            let command = words.map { "'\($0)'" }.joined(separator: " ")
            let output = try await run(
                "mkdir -p empty bin; ln -sf $(command -v listenerd) bin; cd empty; PATH=../bin \(command)"
            )
            #expect(status != 64, "\(output)")
        }
    }
}

// MARK: - Transcripts

extension PageRun {
    private func expect(_ transcript: Transcript, isOrdered: Bool) async throws {
        for step in transcript.steps {
            if step.isBackground {
                background.append(try start(step.command.before(" &") ?? step.command, isAlone: true).program)
            } else {
                try await expect(step, isOrdered: isOrdered)
            }
        }
        try await end()
    }

    private func expect(_ step: Transcript.Step, isOrdered: Bool) async throws {
        let shown = [TranscriptLine](text: step.output.joined(separator: "\n"))
        let deadline = ContinuousClock.now + Self.timeout
        let before = status
        var output = try await run(step.command)
        while !shown.show([TranscriptLine](text: output), isOrdered: isOrdered), !background.isEmpty,
            ContinuousClock.now < deadline
        {
            await suspend(forMilliseconds: 100)
            status = before
            output = try await run(step.command)
        }
        let isShown = shown.show([TranscriptLine](text: output), isOrdered: isOrdered)
        #expect(isShown, "$ \(step.command)\n\(output)is shown as\n\(step.output.joined(separator: "\n"))")
    }

    /// Runs a command to its end.
    ///
    /// - Parameter command: The command, for a shell.
    /// - Returns: What it prints, with the paths that pages have.
    /// - Throws: ``TestFailure`` if it does not end, or a signal ends it.
    private func run(_ command: String) async throws -> String {
        let (program, output) = try start("(exit \(status)); \(command)")
        let ending = try await program.waitForEnd(diagnostics: { "\(command)\n\(self.own.text(of: output))" })
        guard case .status(let status) = ending else {
            throw TestFailure("\(command): \(ending)\n\(own.text(of: output))")
        }
        self.status = status
        return own.text(of: output)
            // supervisord's words about a connection that is closed before its answer.
            .replacing(/error: uncaptured python exception, closing channel <supervisor\.http.*\n/, with: "")
            .replacing("\(folder.path)/", with: "")
            .replacing(try TestedExecutable.listenerd, with: Self.installed)
    }

    /// Starts a command in the folder.
    ///
    /// - Parameters:
    ///   - command: The command, for a shell.
    ///   - isAlone: Whether the shell makes way for it, so that it gets the signals.
    /// - Returns: What was started, and the name of its output.
    /// - Throws: ``TestFailure`` if it cannot be started.
    private func start(_ command: String, isAlone: Bool = false) throws -> (program: RunningProgram, output: String) {
        outputs += 1
        let output = "output\(outputs)"
        let variables = [
            "PATH": "\(own.path)/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")",
            "TMPDIR": own.path, "LC_ALL": "C.UTF-8", "COLUMNS": "100", "ROLES": "",
        ]
        let program = try RunningProgram(
            "/bin/bash",
            ["-c", "cd \"$0\" || exit 70\n\(isAlone ? "exec env " : "")\(command)", folder.path],
            environment: variables.merging(folder.variables) { $1 }.merging(composed) { $1 },
            output: own.path(of: output)
        )
        return (program, output)
    }

    /// The configuration of the supervisord that runs in the background, which `supervise` has composed.
    ///
    /// Commands find that of the only `supervise` by themselves, but other tests have theirs.
    private var composed: [String: String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: own.path)) ?? []
        let paths = names.map { own.path(of: "\($0)/supervisord.conf") }
        let path = paths.first { FileManager.default.fileExists(atPath: $0) }
        return path.map { ["LISTENERD_CONFIG": $0] } ?? [:]
    }

    /// Ends what runs in the background.
    private func end() async throws {
        for program in background {
            program.send(SIGTERM)
            _ = try await program.waitForEnd()
        }
        background = []
    }

    /// Kills what is left, also after a failure.
    func killEverything() {
        for pid in folder.survivors {
            kill(pid, SIGKILL)
        }
    }
}

extension CodeBlock {
    /// The command lines of listenerd in a Dockerfile, or in YAML.
    fileprivate var listenerdCommands: [[String]] {
        lines.filter { !$0.hasPrefix("-CMD") }.compactMap { line in
            if let list = line.firstMatch(of: /\[((?:CMD, *)?"?listenerd.*)\]/) {
                let words = list.1.matches(of: /"([^"]*)"|([^\s,"]+)/).map { String($0.1 ?? $0.2 ?? "") }
                return words.first == "CMD" ? Array(words.dropFirst()) : words
            }
            let command = line.firstMatch(
                of: /(?:command|run|entry|ExecStart)[:=] *(?:\/usr\/local\/bin\/)?(listenerd .*)/
            )
            return command.map { $0.1.split(separator: " ").map(String.init) }
        }
    }
}
