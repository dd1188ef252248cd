import ExecutableTesting
import Foundation
import Testing

/// Completion in real shells.
@Suite struct CompletionTests {
    private static let configuration = """
        [supervisord]
        [program:web]
        command=/bin/cat
        [program:worker]
        command=/bin/cat
        numprocs=2
        process_name=%(program_name)s_%(process_num)d
        [program:my job]
        command=/bin/cat
        [group:store]
        programs=db,cache
        [program:db]
        command=/bin/cat
        [program:cache]
        command=/bin/cat
        [eventlistener:listenerd]
        command=listenerd --log
        events=PROCESS_STATE

        """

    /// Lines, and what comes after the last `=`, `,` or `:` of each word that is offered.
    private static let choices: [(line: String, ends: [String])] = [
        ("listenerd plan --format ", ["dot", "json", "mermaid", "text"]),
        ("listenerd plan --format=", ["dot", "json", "mermaid", "text"]),
        ("listenerd plan --lo", ["--log"]),
        ("listenerd plan --format json --log-f", []),
        ("listenerd --log --log-o", ["--log-output", "--log-output-json"]),
        ("listenerd --log-o", ["--log-output", "--log-output-json"]),
        ("listenerd --log --log-format json --log-for", []),
        ("listenerd supervise -- --", []),
        ("listenerd plan --roles ", ["back", "front", "my role"]),
        ("listenerd plan --roles=", ["back", "front", "my role"]),
        ("listenerd plan --roles=front,", ["back", "my role"]),
        ("listenerd plan --roles-dir elsewhere/roles --roles ", ["other"]),
        ("listenerd plan --roles-dir='elsewhere/roles' --default-roles ", ["other"]),
        ("listenerd plan -c elsewhere/supervisord.conf --roles ", ["other"]),
        (
            "listenerd --fatal-exit --fatal-exit-programs ",
            ["*", "*", "ant", "apache", "cache", "db", "my job", "web", "worker_0", "worker_1"]
        ),
        ("listenerd --fatal-exit --fatal-exit-programs store:", ["*", "cache", "db"]),
        ("listenerd --fatal-exit --fatal-exit-programs=web,store:", ["*", "cache", "db"]),
        ("listenerd --fatal-exit --fatal-exit-on ", ["", "all-exited", "exit", "fatal", "unexpected-exit"]),
        ("listenerd supervise --roles front --fatal-exit-programs a", ["apache"]),
        ("listenerd supervise -c elsewhere/supervisord.conf --fatal-exit-programs ", ["far", "other"]),
        ("listenerd supervise -c missing.conf --fatal-exit-programs ", []),
        ("listenerd supervise -c broken.conf --fatal-exit-programs ", []),
        (
            "listenerd restart ",
            ["*", "*", "all", "ant", "apache", "cache", "db", "my job", "web", "worker_0", "worker_1"]
        ),
        ("listenerd restart web --par", ["--parallel"]),
        ("listenerd restart web -- worker:", ["*", "worker_0", "worker_1"]),
        ("listenerd check s", ["sub dir", "supervisord.conf"]),
        ("listenerd check supervisord.conf sub", ["sub dir"]),
        ("listenerd completion ", ["bash", "fish", "zsh"]),
        ("listenerd completion bash ", []),
        ("listenerd manual --li", ["--list"]),
    ]

    /// Lines, and what a single word becomes that is offered.
    private static let words: [(line: String, word: String)] = [
        ("listenerd pl", "plan"),
        ("listenerd manual supe", "supervise"),
        ("listenerd --ordered-startup --fatal-exit-p", "--fatal-exit-programs"),
        ("listenerd plan --format=j", "--format=json"),
        ("listenerd plan --roles my", "my role"),
        ("listenerd plan --roles 'my", "my role"),
        ("listenerd plan --roles \"my", "my role"),
        (#"listenerd plan --roles my\ r"#, "my role"),
        ("listenerd plan --roles=my", "--roles=my role"),
        ("listenerd plan --roles='my role',f", "--roles=my role,front"),
        (#"listenerd plan --roles=my\ role,"f"#, "--roles=my role,front"),
        ("listenerd --fatal-exit --fatal-exit-programs store:d", "store:db"),
        ("listenerd --fatal-exit --fatal-exit-programs=web,store:d", "--fatal-exit-programs=web,store:db"),
        ("listenerd --fatal-exit --fatal-exit-programs 'store:d", "store:db"),
        ("listenerd check sup", "supervisord.conf"),
        (#"listenerd check sub\ d"#, "sub dir"),
        ("listenerd check -- sup", "supervisord.conf"),
        ("listenerd plan -c sup", "supervisord.conf"),
        ("listenerd plan --config sup", "supervisord.conf"),
        ("listenerd plan --config=sup", "--config=supervisord.conf"),
        ("listenerd plan --roles-dir s", "sub dir"),
        ("listenerd plan --roles-dir=s", "--roles-dir=sub dir"),
        ("listenerd supervise --supervisord my-superv", "my-supervisord"),
    ]

    private static func makeFolder() throws -> TestFolder {
        let folder = try TestFolder()
        for name in ["bin", "roles", "elsewhere/roles", "sub dir"] {
            try FileManager.default.createDirectory(
                atPath: folder.path(of: name),
                withIntermediateDirectories: true
            )
        }
        try folder.write(configuration, to: "supervisord.conf")
        try folder.write("[supervisord]\n[program:far]\ncommand=/bin/cat\n", to: "elsewhere/supervisord.conf")
        try folder.write("no section\n", to: "broken.conf")
        try folder.write("[program:other]\ncommand=/bin/cat\n", to: "elsewhere/roles/other.conf")
        try folder.write("[program:apache]\ncommand=/bin/cat\n", to: "roles/front.conf")
        try folder.write("[program:ant]\ncommand=/bin/cat\n", to: "roles/back.conf")
        try folder.write("", to: "roles/my role.conf")
        try folder.write(program: "#!/bin/sh\n", to: "bin/my-supervisord")
        return folder
    }

    @Test(.enabled(if: CompletingShell.bash.path != nil, CompletingShell.hint))
    func bashOffersWhatIsDeclared() async throws {
        try await expectOffers(in: .bash)
    }

    @Test(.enabled(if: CompletingShell.zsh.path != nil, CompletingShell.hint))
    func zshOffersWhatIsDeclared() async throws {
        try await expectOffers(in: .zsh)
    }

    @Test(.enabled(if: CompletingShell.fish.path != nil, CompletingShell.hint))
    func fishOffersWhatIsDeclared() async throws {
        try await expectOffers(in: .fish)
    }

    private func expectOffers(in shell: CompletingShell) async throws {
        let folder = try Self.makeFolder()
        let (choices, words) = (Self.choices.map { $0.line }, Self.words.map { $0.line })
        let offers = try await shell.complete(choices: choices, words: words, in: folder)
        try #require(offers.count == choices.count + words.count)
        for (choice, offered) in zip(Self.choices, offers) {
            let ends = offered.map { word in
                String(word.split(omittingEmptySubsequences: false) { "=,:".contains($0) }.last ?? "")
            }
            #expect(ends.sorted() == choice.ends, "\(choice.line)")
        }
        for (completion, offered) in zip(Self.words, offers.dropFirst(Self.choices.count)) {
            #expect(offered == [completion.word], "\(completion.line)")
        }
    }

    @Test func nothingIsOfferedForALineThatCannotBeCompleted() async throws {
        for words in [["nonsense", "x"], ["plan", "--format=json", "x", "y"], ["supervise", "--", "x", ""]] {
            let outcome = try await Outcome(of: ["completion", "zsh", "--"] + words)
            #expect(outcome.ending == .status(0))
            #expect(outcome.errors == "")
        }
    }

    private static let wrongArguments: [([String], String)] = [
        ([], "Missing expected argument 'SHELL'"),
        (
            ["basj"],
            "The value 'basj' is invalid for 'SHELL'; it must be one of: bash, zsh, fish; did you mean 'bash'?"
        ),
        (["bash", "zsh"], "Unexpected argument 'zsh'"),
    ]

    @Test(arguments: wrongArguments)
    func aShellMustBeNamed(arguments: [String], message: String) async throws {
        let outcome = try await Outcome(of: ["completion"] + arguments)
        #expect(outcome.ending == .status(64))
        #expect(outcome.errors.hasPrefix("listenerd: Error: \(message)\n"), "\(outcome.errors)")
    }
}
