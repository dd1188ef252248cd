import Testing

/// A listener expands supervisord's configuration with supervisord's environment, not with its own.
@Suite struct ListenerEnvironmentTests {
    private static let forever = "/bin/sleep 600"

    @Test(arguments: ["NUM=\"4\"", "NUM=\"4\",OTHER=\"1\""])
    func environmentOfTheListenerSectionExpandsNoOtherSection(environment: String) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "environment=\(environment)")
                + Sections.native(
                    "web",
                    Self.forever,
                    after: "",
                    "numprocs=%(ENV_NUM)s",
                    "process_name=%(program_name)s_%(process_num)d"
                ) + Sections.native("last", Self.forever, after: "web"),
            environment: ["NUM": "2"]
        ) { supervisord in
            try await supervisord.wait(forLine: "processes in order")
            #expect(supervisord.started == ["web_0", "web_1", "last"], "\(supervisord.logs)")
            #expect(supervisord.messages.count == 1, "\(supervisord.logs)")
        }
    }

    @Test func environmentOfTheSupervisordSectionExpandsOtherSections() async throws {
        try await Supervisord.run(
            "[supervisord]\nenvironment=NUM=\"1\"\n"
                + Sections.listener("--ordered-startup", "environment=NUM=\"3\"")
                + Sections.native(
                    "web",
                    Self.forever,
                    after: "",
                    "numprocs=%(ENV_NUM)s",
                    "process_name=%(program_name)s_%(process_num)d"
                )
        ) { supervisord in
            try await supervisord.wait(forLine: "started 1 process in order")
            #expect(supervisord.started == ["web_0"], "\(supervisord.logs)")
        }
    }
}
