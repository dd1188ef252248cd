import ExecutableTesting
import Testing

/// The script of `make demo`.
@Suite struct DemoTests {
    @Test func demoShowsTheProgramsStartingInOrderAndEnds() async throws {
        let folder = try TestFolder()
        let demo = try RunningProgram(
            "\(TestedExecutable.package)/Tests/EndToEnd/demo",
            [TestedExecutable.listenerd, TestedExecutable.supervisord],
            output: folder.path(of: "output")
        )
        let ending = try await demo.waitForEnd(diagnostics: { folder.text(of: "output") })
        let output = folder.text(of: "output")
        #expect(ending == .status(0), "\(output)")
        #expect(
            output.inOrder(
                "command=listenerd --ordered-startup --log",
                " ping RUNNING → EXITED expected status=0",
                " sleep STARTING → RUNNING",
                " ping2 RUNNING → EXITED expected status=0",
                " ping3 STOPPED → STARTING",
                " ping3 RUNNING → EXITED expected"
            ),
            "\(output)"
        )
        #expect(output.contains("listenerd: info: started 4 processes in order"), "\(output)")
        #expect(!output.contains("CRIT"), "\(output)")
    }
}
