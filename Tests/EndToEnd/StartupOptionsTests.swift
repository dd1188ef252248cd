import Testing

/// The options of ordered startup, with the same configuration.
@Suite struct StartupOptionsTests {
    private static let forever = "/bin/sleep 600"
    private static let behind =
        Sections.native("b", forever, after: "a") + Sections.native("c", forever, after: "b")
    /// A program that becomes FATAL, and two dependents.
    private static let failing = Sections.native("a", "/bin/false", after: "", "startsecs=3", "startretries=0") + behind
    /// A program that stays STARTING, and two dependents.
    private static let hanging = Sections.native("a", forever, after: "", "startsecs=3600") + behind

    private static let wait = "--ordered-startup-on-failure wait"
    private static let goOn = "--ordered-startup-on-failure continue"

    @Test(arguments: ["", wait])
    func dependentsOfAFailedProgramKeepWaiting(arguments: String) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup \(arguments)")
                + Self.failing + Sections.native("d", Self.forever, after: "a:fatal")
        ) { supervisord in
            try await supervisord.wait(
                forLine: "listenerd: error: a is FATAL: Exited too quickly (process log may have details); until it is "
                    + "started again, these do not start: b (waits for a), c (waits for b)"
            )
            try await supervisord.wait(forLog: "success: d entered RUNNING")
            #expect(supervisord.started == ["a", "d"], "\(supervisord.logs)")
        }
    }

    @Test func continuePolicyStartsDependentsOfAFailedProgram() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup \(Self.goOn)") + Self.failing
        ) { supervisord in
            try await supervisord.wait(forLine: "listenerd: error: started 2 of 3 processes in order")
            #expect(supervisord.started == ["a", "b", "c"], "\(supervisord.logs)")
            #expect(
                supervisord.messages.first
                    == "listenerd: error: a is FATAL: Exited too quickly (process log may have details); starting "
                    + "anyway: b (waits for a), c (waits for b)"
            )
            #expect(supervisord.log.inOrder("a entered FATAL state", "spawned: 'b'"), "\(supervisord.logs)")
        }
    }

    @Test func aFailedProgramForWhichOthersWaitEndsSupervisord() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --fatal-exit --ordered-startup-on-failure exit") + Self.failing
        ) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0))
            #expect(supervisord.started == ["a"], "\(supervisord.logs)")
            #expect(supervisord.messages.contains { $0.contains("; shutting down supervisord") }, "\(supervisord.logs)")
        }
    }

    @Test func pastTheTimeLimitWhatIsMissingIsNamed() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --ordered-startup-timeout 1 \(Self.wait)")
                + Self.hanging + Sections.native("d", Sections.command(waitingFor: "go"))
                + Sections.native("e", Self.forever, after: "d:exited")
        ) { supervisord in
            try await supervisord.wait(forLine: "listenerd: error: not everything has started after ")
            #expect(
                supervisord.messages.first?.hasSuffix(
                    "; not started: b (waits for a), c (waits for b), e (waits for d)"
                ) == true,
                "\(supervisord.logs)"
            )
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLog: "success: e entered RUNNING")
            #expect(supervisord.started == ["a", "d", "e"], "\(supervisord.logs)")
        }
    }

    @Test func pastTheTimeLimitEverythingIsStarted() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --ordered-startup-timeout 1 \(Self.goOn)") + Self.hanging
        ) { supervisord in
            try await supervisord.wait(forLine: "started 3 processes in order")
            #expect(supervisord.started == ["a", "b", "c"], "\(supervisord.logs)")
            #expect(supervisord.messages.first?.contains("starting anyway: b (waits for a)") == true)
        }
    }

    @Test func pastTheTimeLimitSupervisordIsEnded() async throws {
        try await Supervisord.run(
            Sections.listener(
                "--ordered-startup --ordered-startup-timeout 1 --fatal-exit --ordered-startup-on-failure exit"
            )
                + Self.hanging
        ) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0))
            #expect(supervisord.started == ["a"], "\(supervisord.logs)")
            #expect(
                supervisord.messages.contains { $0.hasSuffix("c (waits for b); shutting down supervisord") },
                "\(supervisord.logs)"
            )
        }
    }

    @Test func theListenerEndsOnceEverythingIsStartedWhereThatIsWanted() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --ordered-startup-exit")
                + Sections.native("a", Sections.command(waitingFor: "go"))
                + Sections.native("b", Self.forever, after: "a:exited")
        ) { supervisord in
            try await supervisord.wait(forStarts: 1)
            try await supervisord.wait(for: "listenerd", .running)
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLog: "exited: listenerd (exit status 0; expected)")
            #expect(supervisord.started == ["a", "b"], "\(supervisord.logs)")
            #expect(supervisord.pids(of: "listenerd").count == 1, "\(supervisord.logs)")
        }
    }

    @Test func theListenerDoesNotEndBeforeSupervisordTakesItForUp() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --ordered-startup-exit", "startretries=0", "exitcodes=0,3")
                + Sections.native("a", Self.forever) + Sections.native("b", Self.forever, after: "a")
        ) { supervisord in
            try await supervisord.wait(forLog: "listenerd (exit status 0")
            #expect(
                supervisord.log.inOrder("success: listenerd entered RUNNING", "(exit status 0; expected)"),
                "\(supervisord.logs)"
            )
            #expect(supervisord.started == ["a", "b"], "\(supervisord.logs)")
        }
    }
}
