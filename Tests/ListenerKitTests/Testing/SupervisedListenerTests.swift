import Foundation
import ListenerKit
import ListenerTesting
import Testing

/// What the test kit says of a listener is so by the time that it says it.
@Suite struct SupervisedListenerTests {
    /// More than a pipe holds.
    private static let large = String(repeating: "x", count: 1_000_000)

    @Test func anEventIsGivenOnceItsLastByteIsWritten() async throws {
        let supervisor = try FakeSupervisor()
        let script = "printf 'READY\\n'; read -r go <\(supervisor.folder)/go; exec cat >/dev/null"
        mkfifo(supervisor.folder + "/go", 0o600)
        let listener = try supervisor.listen(
            with: "/bin/sh",
            arguments: ["-c", script],
            events: [.remoteCommunication]
        )
        supervisor.communicate(type: "a", Self.large)
        try await listener.waitForState(.busy)
        #expect(listener.given.isEmpty)
        try "go\n".write(toFile: supervisor.folder + "/go", atomically: false, encoding: .utf8)
        try await listener.waitForEvents(1)
        #expect(listener.given == [0])
    }

    @Test(arguments: 1...50)
    func handledEventsWereGiven(round: Int) async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal()
        let listener = try supervisor.listen((EventProbe.self, journal))
        supervisor.communicate(type: "a", "\(round)")
        try await journal.notes(1)
        #expect(listener.given == [0])
    }

    @Test(arguments: 1...50)
    func eventsSentBeforeTheDisconnectRemainReadable(round: Int) async throws {
        let supervisor = try FakeSupervisor()
        let journal = Journal()
        let listener = try supervisor.listen((EventProbe.self, journal))
        try await listener.waitUntilReady()
        supervisor.communicate(type: "a", "\(round)")
        listener.disconnect()
        #expect(listener.given == [0])
        #expect(try await listener.waitForEnd() == .success)
        #expect(journal.notes == ["a \(round)"])
    }

    @Test func afterSupervisordsDeathNothingIsAcknowledged() async throws {
        let supervisor = try FakeSupervisor()
        let gate = Gate()
        let journal = Journal { _ in await gate.pass() }
        let listener = try supervisor.listen((EventProbe.self, journal), arguments: slow)
        supervisor.communicate(type: "a", "1")
        try await journal.notes(1)
        listener.disconnect()
        gate.open()
        #expect(try await listener.waitForEnd() == .success)
        #expect(listener.output == "READY\n")
        supervisor.communicate(type: "a", "2")
        #expect(listener.given == [0])
    }

    @Test func aListenerThatHasEndedCanBeDisconnected() async throws {
        let supervisor = try FakeSupervisor()
        let listener = try supervisor.listen((EventProbe.self, Journal()))
        try await listener.waitUntilReady()
        listener.stop()
        try await listener.waitForEnd()
        listener.disconnect()
        #expect(listener.end == .success)
    }
}
