import ListenerKit
import ListenerTesting
import Testing

@Suite struct ProtocolTests {
    @Test func readyAndResultsAreTheWholeOutput() async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal()
        let listener = try supervisor.listen((EventProbe.self, journal))
        try await listener.isReady()
        #expect(listener.output == "READY\n")
        supervisor.communicate(type: "a", "1")
        try await listener.acknowledgedAll()
        #expect(listener.output == "READY\nRESULT 2\nOKREADY\n")
        supervisor.communicate(type: "b", "2")
        supervisor.communicate(type: "c", "3")
        try await listener.acknowledgedAll()
        #expect(listener.output == "READY\n" + String(repeating: "RESULT 2\nOKREADY\n", count: 3))
        #expect(journal.notes == ["a 1", "b 2", "c 3"])
        #expect(listener.messages.isEmpty)
    }
}
