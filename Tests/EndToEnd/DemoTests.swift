import ExecutableTesting
import Testing

/// The script of `make demo`.
@Suite struct DemoTests {
    @Test func demoShowsTheProgramsStartingInOrderAndEnds() async throws {
        let folder = try TestFolder()
        let demo = try RunningProgram(
            "\(TestedExecutable.package)/Tests/EndToEnd/demo",
            [TestedExecutable.listenerd, TestedExecutable.supervisord, folder.path(of: "startup.svg")],
            output: folder.path(of: "output")
        )
        let ending = try await demo.waitForEnd(diagnostics: { folder.text(of: "output") })
        let output = folder.text(of: "output")
        #expect(ending == .status(0), "\(output)")
        #expect(
            output.inOrder(
                "command=listenerd --ordered-startup --log",
                " ping RUNNING → EXITED expected",
                " sleep STARTING → RUNNING",
                " ping2 RUNNING → EXITED expected",
                " ping3 STOPPED → STARTING",
                " ping3 RUNNING → EXITED expected",
                "startafter=web worker metrics",
                "started 8 processes in order in ",
                " 8 processes from ",
                "* database ",
                "* proxy "
            ),
            "\(output)"
        )
        #expect(output.contains("listenerd: info: started 4 processes in order"), "\(output)")
        #expect(!output.contains("CRIT"), "\(output)")
        let picture = folder.text(of: "startup.svg")
        #expect(picture.hasPrefix("<svg ") && picture.hasSuffix("</svg>\n"), "\(picture)")
        for name in ["database", "cache", "migrate", "web:web_0", "web:web_1", "worker", "metrics", "proxy"] {
            #expect(picture.contains(">\(name)</text>"), "\(picture)")
        }
    }
}
