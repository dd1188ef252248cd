import ListenerKit
import ListenerTesting
import Testing

/// Programs under the fake supervisord, written in shell with all the faults that listeners have.
@Suite struct ExecutableTests {
    private func listen(_ supervisor: FakeSupervisor, _ script: String) throws -> SupervisedListener {
        try supervisor.listen(with: "/bin/sh", arguments: ["-c", script], events: [.remoteCommunication])
    }

    @Test func aProgramIsGivenEventsAndItsWordsAndItsEndAreKnown() async throws {
        let supervisor = try FakeSupervisor()
        let listener = try listen(
            supervisor,
            """
            printf 'READY\\n'; read -r header; echo "$header" >&2; echo "$SUPERVISOR_SERVER_URL" >&2
            dd bs=1 count=8 2>/dev/null >/dev/null; printf 'RESULT 2\\nOK'; exit 3
            """
        )
        supervisor.communicate(type: "a", "1")
        #expect(try await listener.waitForEnd() == ListenerEnd(status: 3))
        #expect(listener.acknowledged == [0])
        #expect(
            listener.messages == [
                "ver:3.0 server:supervisor serial:0 pool:listener poolserial:0 eventname:REMOTE_COMMUNICATION len:8",
                supervisor.endpoint.description,
            ]
        )
        #expect(supervisor.state(of: "listener") == .exited)
    }

    @Test(arguments: [
        "echo hello world; cat", "printf 'READY\\nREADY\\n'; cat", "printf 'READY\\n'; read -r header; echo READY; cat",
    ])
    func aProgramThatBreaksTheProtocolGetsNoMoreEvents(script: String) async throws {
        let supervisor = try FakeSupervisor()
        let listener = try listen(supervisor, script)
        supervisor.communicate(type: "a", "1")
        supervisor.communicate(type: "b", "2")
        try await listener.waitForState(.unknown)
        #expect(listener.acknowledged.isEmpty)
        listener.closeInput()
        #expect(try await listener.waitForEnd() == .success)
    }

    @Test func rejectedAndAbandonedEventsAreRedelivered() async throws {
        let supervisor = try FakeSupervisor()
        let first = try listen(
            supervisor,
            """
            printf 'READY\\n'; read -r header; dd bs=1 count=8 2>/dev/null >/dev/null
            printf 'RESULT 4\\nFAILREADY\\n'; read -r header; kill -9 $$
            """
        )
        supervisor.communicate(type: "a", "1")
        #expect(try await first.waitForEnd() == ListenerEnd(signal: 9))
        #expect(first.given == [0, 0])
        #expect(first.rejected == [0])
        let journal = Journal()
        let second = try supervisor.listen((EventProbe.self, journal))
        try await second.waitForAcknowledgements()
        #expect(second.acknowledged == [0])
        #expect(journal.notes == ["a 1"])
    }

    @Test func aProgramIsStoppedWithTheSupervisor() async throws {
        let supervisor = try FakeSupervisor("web")
        let listener = try listen(supervisor, "printf 'READY\\n'; exec sleep 1000")
        try await listener.waitUntilReady()
        supervisor.shutDown()
        #expect(try await listener.waitForEnd() == ListenerEnd(signal: 15))
    }
}
