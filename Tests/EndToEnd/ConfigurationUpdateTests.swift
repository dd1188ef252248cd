import Foundation
import ListenerKit
import Testing

/// `supervisorctl update` after the configuration was edited: added programs join the order.
@Suite struct ConfigurationUpdateTests {
    private static let forever = "/bin/sleep 600"
    private static let numbered = "process_name=%(program_name)s_%(process_num)d"
    /// With and without the event for added groups.
    private static let events = ["PROCESS_STATE,PROCESS_GROUP_ADDED", "PROCESS_STATE"]

    @Test(arguments: events)
    func moreProcessesOfAProgramAreStarted(events: String) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "events=\(events)")
                + Sections.native("db", Self.forever)
                + Sections.native("web", Self.forever, after: "db", "numprocs=2", Self.numbered)
        ) { supervisord in
            try await supervisord.wait(forLine: "started 3 processes in order")
            try supervisord.edit { $0.replacing("numprocs=2", with: "numprocs=4") }
            try await supervisord.update()
            try await supervisord.wait(forStarts: 7)
            #expect(supervisord.started.prefix(3) == ["db", "web_0", "web_1"])
            // One that is seen to be replaced only by the next snapshot starts after the others.
            #expect(supervisord.started.dropFirst(3).sorted() == ["web_0", "web_1", "web_2", "web_3"])
            // Programs that have not changed are left alone.
            try supervisord.edit { $0.replacing("numprocs=4", with: "numprocs=1") }
            try await supervisord.update()
            try await supervisord.wait(forStarts: 8)
            #expect(supervisord.started.suffix(1) == ["web_0"], "\(supervisord.logs)")
            // While supervisord stops the changed group, the file is ahead of it, which may be reported.
            let others = supervisord.messages.filter { !$0.contains("supervisord does not know web:web_") }
            #expect(others.count == 1, "\(supervisord.logs)")
        }
    }

    /// The dialects of startup order.
    enum Dialect: CaseIterable {
        case ordered, dependent, native

        /// Returns a line of programs, each of which starts once the one before is RUNNING.
        func sections(_ names: [String]) -> String {
            pairs(names).map { place, name, previous in
                switch self {
                case .ordered: Sections.ordered(name, ConfigurationUpdateTests.forever, priority: place, "startsecs=1")
                case .dependent:
                    Sections.dependent(name, ConfigurationUpdateTests.forever, after: previous, "startsecs=1")
                case .native:
                    Sections.native(name, ConfigurationUpdateTests.forever, after: previous ?? "", "startsecs=1")
                }
            }.joined()
        }

        /// Returns a line of programs that exit once a file exists, each of which starts once the one before has exited.
        func jobs(_ names: [String], until file: String) -> String {
            let command = Sections.command(waitingFor: file)
            return pairs(names).map { place, name, previous in
                let condition = previous.map { "\($0):exited" }
                return switch self {
                case .ordered: Sections.ordered(name, command, priority: place, "startnextafter=exited")
                case .dependent: Sections.dependent(name, command, after: condition)
                case .native: Sections.native(name, command, after: condition ?? "")
                }
            }.joined()
        }

        private func pairs(_ names: [String]) -> [(place: Int, name: String, previous: String?)] {
            names.enumerated().map { place, name in (place, name, place > 0 ? names[place - 1] : nil) }
        }
    }

    @Test(arguments: Dialect.allCases)
    func programsInANewFileJoinTheOrder(dialect: Dialect) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "events=PROCESS_STATE,PROCESS_GROUP")
                + dialect.sections(["a", "b"]) + "[include]\nfiles=conf.d/*.conf\n"
        ) { supervisord in
            try await supervisord.wait(forLine: "started 2 processes in order")
            try FileManager.default.createDirectory(
                atPath: supervisord.folder.path(of: "conf.d"),
                withIntermediateDirectories: false
            )
            try supervisord.folder.write(dialect.sections(["a", "b", "c", "d"]), to: "conf.d/new.conf")
            try await supervisord.update()
            try await supervisord.wait(forLog: "success: d entered RUNNING")
            #expect(supervisord.started == ["a", "b", "c", "d"], "\(supervisord.logs)")
            #expect(supervisord.log.inOrder("success: c entered RUNNING", "spawned: 'd'"), "\(supervisord.logs)")
        }
    }

    @Test(arguments: Dialect.allCases)
    func changesDuringTheStartupJoinTheOrder(dialect: Dialect) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "events=PROCESS_STATE,PROCESS_GROUP")
                + dialect.jobs(["a", "b", "c"], until: "go")
        ) { supervisord in
            try await supervisord.wait(forStarts: 1)
            // b is removed, and n is added after c. The startup cannot go on before a exits.
            try supervisord.edit { text in
                String(text[..<(text.firstRange(of: "[program:a]")?.lowerBound ?? text.endIndex)])
                    + dialect.jobs(["a", "c", "n"], until: "go")
            }
            try await supervisord.update()
            #expect(supervisord.started == ["a"], "\(supervisord.logs)")
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLine: "started 3 processes in order")
            #expect(supervisord.started == ["a", "c", "n"], "\(supervisord.logs)")
            #expect(
                supervisord.log.inOrder("exited: a", "spawned: 'c'", "exited: c", "spawned: 'n'"),
                "\(supervisord.logs)"
            )
        }
    }

    @Test func aProgramThatIsNewIsFoundByItsFirstEvent() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup") + Sections.native("a", Self.forever)
        ) { supervisord in
            try await supervisord.wait(forLine: "started 1 process in order")
            try supervisord.edit {
                $0 + Sections.program("up", Self.forever) + Sections.native("b", Self.forever, after: "up")
            }
            try await supervisord.update()
            try await supervisord.wait(forLog: "success: b entered RUNNING")
            #expect(supervisord.started == ["a", "up", "b"], "\(supervisord.logs)")
        }
    }

    @Test func aBrokenConfigurationIsReportedOnceAndNotFollowedUntilItIsRepaired() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "events=PROCESS_STATE,PROCESS_GROUP")
                + Sections.native("a", Self.forever)
                + Sections.native("b", Sections.command(waitingFor: "go"), after: "a")
                + Sections.native("c", Self.forever, after: "b:exited")
        ) { supervisord in
            try await supervisord.wait(forStarts: 2)
            // The listener must not read the file before it is broken.
            supervisord.send(SIGSTOP, to: "listenerd")
            try supervisord.edit { $0 + Sections.native("d", Self.forever, after: "c") }
            _ = try await supervisord.rpc.reloadConfig()
            try supervisord.edit { $0 + "startsecs=soon\n" }
            supervisord.send(SIGCONT, to: "listenerd")
            for _ in 1...2 {
                try await supervisord.rpc.addProcessGroup("d")
                try await supervisord.wait(forLine: "startsecs")
                try await supervisord.rpc.removeProcessGroup("d")
            }
            try await supervisord.rpc.addProcessGroup("d")
            #expect(supervisord.messages.count == 1, "\(supervisord.logs)")
            #expect(
                supervisord.messages[0].hasSuffix(
                    "; using the previous configuration until this is repaired"
                ),
                "\(supervisord.logs)"
            )
            #expect(supervisord.messages[0].contains("supervisord.conf:"), "\(supervisord.logs)")
            // The plan that was read before is followed.
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLog: "spawned: 'c'")
            #expect(supervisord.started == ["a", "b", "c"], "\(supervisord.logs)")
            try supervisord.edit { $0.replacing("startsecs=soon\n", with: "") }
            try await supervisord.wait(forLog: "spawned: 'd'")
            try await supervisord.wait(forLine: "is valid again, and is used")
            #expect(supervisord.started == ["a", "b", "c", "d"], "\(supervisord.logs)")
            #expect(supervisord.messages.count { $0.contains("startsecs") } == 1, "\(supervisord.logs)")
        }
    }

    @Test func aFileThatIsAheadIsReportedOnce() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "events=PROCESS_STATE,PROCESS_GROUP")
                // SIGTERM would be lost if it came before the command is executed.
                + Sections.native("a", Self.forever, "stopsignal=KILL")
        ) { supervisord in
            try await supervisord.wait(forLine: "started 1 process in order")
            try supervisord.edit { $0 + Sections.program("other", Self.forever, "autostart=false") }
            _ = try await supervisord.rpc.reloadConfig()
            // supervisord does not read this, but the listener does, once a group is added.
            try supervisord.edit { $0 + Sections.native("b", Self.forever, after: "a") }
            try await supervisord.rpc.addProcessGroup("other")
            try await supervisord.wait(forLine: "supervisord does not know b, which was added to its configuration")
            for _ in 1...3 {
                _ = try await supervisord.rpc.stopProcess("a")
                _ = try await supervisord.rpc.startProcess("a")
            }
            try await supervisord.update()
            try await supervisord.wait(forLog: "spawned: 'b'")
            #expect(supervisord.messages.count == 2, "\(supervisord.logs)")
        }
    }

    @Test func fatalExitTriggersFollowTheNewConfiguration() async throws {
        try await Supervisord.run(
            Sections.listener(
                "--ordered-startup --fatal-exit --fatal-exit-on all-exited",
                "events=PROCESS_STATE,PROCESS_GROUP"
            ) + Sections.native("a", Sections.command(waitingFor: "go"))
        ) { supervisord in
            try await supervisord.wait(forLine: "started 1 process in order")
            try supervisord.edit {
                $0 + Sections.native("b", "/bin/sh -c 'exit 3'", after: "a:exited", "exitcodes=3")
            }
            try await supervisord.update()
            try await supervisord.wait(for: "b", .stopped)
            try supervisord.folder.write("", to: "go")
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0))
            #expect(supervisord.started == ["a", "b"], "\(supervisord.logs)")
        }
    }
}
