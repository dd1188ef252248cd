import Testing

/// What the options of ordered startup make of the same configuration.
@Suite struct StartupOptionsTests {
    private static let forever = "/bin/sleep 600"
    private static let behind =
        Sections.native("b", forever, after: "a") + Sections.native("c", forever, after: "b")
    /// A program that fails for good, and two that wait.
    private static let failing = Sections.native("a", "/bin/false", after: "", "startsecs=3", "startretries=0") + behind
    /// A program that neither comes up nor fails, and two that wait.
    private static let hanging = Sections.native("a", forever, after: "", "startsecs=3600") + behind

    private static let wait = "--ordered-startup-on-failure wait"
    private static let goOn = "--ordered-startup-on-failure continue"

    @Test(arguments: ["", wait])
    func whoWaitsForAFailedProgramWaits(arguments: String) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup \(arguments)")
                + Self.failing + Sections.native("d", Self.forever, after: "a:fatal")
        ) { supervisord in
            try await supervisord.wait(
                forLine: "listenerd: error: a is FATAL: Exited too quickly (process log may have details); until it is "
                    + "started again, not started: b (waits for a), c (waits for b)"
            )
            try await supervisord.wait(forLog: "success: d entered RUNNING")
            #expect(supervisord.started == ["a", "d"], "\(supervisord.story)")
        }
    }

    @Test func whoWaitsForAFailedProgramGoesOn() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup \(Self.goOn)") + Self.failing
        ) { supervisord in
            try await supervisord.wait(forLine: "listenerd: error: started 2 of 3 processes in order")
            #expect(supervisord.started == ["a", "b", "c"], "\(supervisord.story)")
            #expect(
                supervisord.sayings.first
                    == "listenerd: error: a is FATAL: Exited too quickly (process log may have details); going on all the "
                    + "same: b (waits for a), c (waits for b)"
            )
            #expect(supervisord.log.inOrder("a entered FATAL state", "spawned: 'b'"), "\(supervisord.story)")
        }
    }

    @Test func aFailedProgramForWhichOthersWaitEndsSupervisord() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --fatal-exit --ordered-startup-on-failure exit") + Self.failing
        ) { supervisord in
            let ending = try await supervisord.end()
            #expect(ending == .status(0))
            #expect(supervisord.started == ["a"], "\(supervisord.story)")
            #expect(supervisord.sayings.contains { $0.contains("; shutting down supervisord") }, "\(supervisord.story)")
        }
    }

    @Test func pastTheTimeLimitWhatIsMissingIsNamed() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --ordered-startup-timeout 1 \(Self.wait)")
                + Self.hanging + Sections.native("d", Sections.waiting(for: "go"))
                + Sections.native("e", Self.forever, after: "d:exited")
        ) { supervisord in
            try await supervisord.wait(forLine: "listenerd: error: not everything is started after 1.")
            #expect(
                supervisord.sayings.first?.hasSuffix(
                    "; not started: b (waits for a), c (waits for b), e (waits for d)"
                ) == true,
                "\(supervisord.story)"
            )
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLog: "success: e entered RUNNING")
            #expect(supervisord.started == ["a", "d", "e"], "\(supervisord.story)")
        }
    }

    @Test func pastTheTimeLimitEverythingIsStarted() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --ordered-startup-timeout 1 \(Self.goOn)") + Self.hanging
        ) { supervisord in
            try await supervisord.wait(forLine: "started 3 processes in order")
            #expect(supervisord.started == ["a", "b", "c"], "\(supervisord.story)")
            #expect(supervisord.sayings.first?.contains("going on all the same: b (waits for a)") == true)
        }
    }

    @Test func pastTheTimeLimitSupervisordIsEnded() async throws {
        try await Supervisord.run(
            Sections.listener(
                "--ordered-startup --ordered-startup-timeout 1 --fatal-exit --ordered-startup-on-failure exit"
            )
                + Self.hanging
        ) { supervisord in
            let ending = try await supervisord.end()
            #expect(ending == .status(0))
            #expect(supervisord.started == ["a"], "\(supervisord.story)")
            #expect(
                supervisord.sayings.contains { $0.hasSuffix("c (waits for b); shutting down supervisord") },
                "\(supervisord.story)"
            )
        }
    }

    @Test func theListenerEndsOnceEverythingIsStartedWhereThatIsWanted() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --ordered-startup-exit")
                + Sections.native("a", Sections.waiting(for: "go"))
                + Sections.native("b", Self.forever, after: "a:exited")
        ) { supervisord in
            try await supervisord.wait(forStarts: 1)
            try await supervisord.wait(for: "listenerd", .running)
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLog: "exited: listenerd (exit status 0; expected)")
            #expect(supervisord.started == ["a", "b"], "\(supervisord.story)")
            #expect(supervisord.numbers(of: "listenerd").count == 1, "\(supervisord.story)")
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
                "\(supervisord.story)"
            )
            #expect(supervisord.started == ["a", "b"], "\(supervisord.story)")
        }
    }
}
