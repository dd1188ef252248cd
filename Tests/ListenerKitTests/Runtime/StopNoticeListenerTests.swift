import ExecutableTesting
import Testing

@testable import ListenerKit
@testable import ListenerTesting

/// What a listener does, whatever its handlers, for the `supervise` that stops everything.
@Suite(.timeLimit(.minutes(5))) struct StopNoticeListenerTests {
    private let folder: TemporaryFolder
    private let statusFile: String

    init() throws {
        folder = try TemporaryFolder()
        statusFile = "\(folder.path)/status"
    }

    private func supervisor(_ programs: FakeProgram...) throws -> FakeSupervisor {
        let supervisor = try FakeSupervisor(programs)
        supervisor.stopNotice.withLock { $0 = StopNoticeReader(beside: statusFile) }
        return supervisor
    }

    @Test func aMarkIsAnsweredOnceAllBeforeItIsHandled() async throws {
        try await withDedicatedThread {
            let marks = try MarkSocket(beside: statusFile)
            let supervisor = try supervisor()
            let journal = Journal()
            let listener = try supervisor.listen((EventProbe.self, journal))
            for number in 0..<20 {
                supervisor.communicate(type: "a", "\(number)")
            }
            supervisor.communicate(type: MarkSocket.eventType, "another")
            supervisor.communicate(type: MarkSocket.eventType, "mark")
            #expect(marks.wait(for: "mark", from: ["listener"], until: .now + .seconds(60)) == [])
            #expect(journal.notes.prefix(20) == (0..<20).map { "a \($0)" }[...])
            try await listener.waitForAcknowledgements()
        }
    }

    @Test func answersOfOthersAndToOtherMarksDoNotCount() async throws {
        let marks = try MarkSocket(beside: statusFile)
        try MarkSocket.answer("old", from: "a", beside: statusFile)
        try MarkSocket.answer("new", from: "c", beside: statusFile)
        try MarkSocket.answer("new", from: "b", beside: statusFile)
        #expect(marks.wait(for: "new", from: ["a", "b"], until: .now) == ["a"])
        #expect(marks.wait(for: "new", from: [], until: .now + .seconds(600)) == [])
    }

    @Test func anAnswerThatNobodyWaitsForIsAnError() {
        #expect(throws: SystemError.self) { try MarkSocket.answer("new", from: "a", beside: statusFile) }
    }

    @Test func supervisordIsShutDownIfSuperviseIsGoneWhileItStopsEverything() async throws {
        let notice = try StopNotice(beside: statusFile)
        let socket = try StatusSocket(path: statusFile)
        let supervisor = try supervisor("web", "worker")
        let listener = try supervisor.listen((EventProbe.self, Journal()), events: [.processState])
        supervisor.autostart()
        supervisor.advance(by: .seconds(2))
        // What an operator stops is not the end of everything.
        try supervisor.stop("web")
        try await listener.waitForAcknowledgements()
        try notice.post(waitingFor: .zero)
        try supervisor.stop("worker")
        try await listener.waitForAcknowledgements()
        #expect(!supervisor.allCalls.contains(RPCCall("shutdown")))
        withExtendedLifetime(socket) {}
        _ = consume socket
        try await supervisor.waitForCall("shutdown")
    }

    @Test func aListenerThatIsRestartedWhileEverythingStopsLooksAtSuperviseToo() async throws {
        let notice = try StopNotice(beside: statusFile)
        try notice.post(waitingFor: .zero)
        let supervisor = try supervisor("web")
        _ = try supervisor.listen((EventProbe.self, Journal()))
        try await supervisor.waitForCall("shutdown")
    }

    @Test func superviseMayBeGoneIfNothingIsStopped() async throws {
        let notice = try StopNotice(beside: statusFile)
        let supervisor = try supervisor("web")
        let listener = try supervisor.listen((EventProbe.self, Journal()), events: [.processState])
        supervisor.autostart()
        supervisor.advance(by: .seconds(2))
        try supervisor.stop("web")
        try await listener.waitForAcknowledgements()
        #expect(!supervisor.allCalls.contains(RPCCall("shutdown")))
        withExtendedLifetime(notice) {}
    }
}
