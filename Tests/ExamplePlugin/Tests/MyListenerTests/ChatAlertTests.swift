import ListenerKit
import ListenerTesting
import Testing

@testable import MyListener

@Suite struct ChatAlertTests {
    private func listen(to supervisor: FakeSupervisor, _ chat: FakeChat) throws -> SupervisedListener {
        try supervisor.listen(
            with: [ChatAlert.self],
            // An event is acknowledged when it is handled, however long that takes.
            arguments: [
                "--chat-alert", "--chat-alert-url=http://127.0.0.1:\(chat.port)/hook", "--acknowledge-within=60",
            ]
        )
    }

    @Test func postsTheReasonOfAFatalProgram() async throws {
        let chat = try FakeChat(statuses: [200])
        let supervisor = try FakeSupervisor("web")
        let listener = try listen(to: supervisor, chat)
        try supervisor.breakDown("web")
        try await listener.waitForAcknowledgements()

        let reason = "Exited too quickly (process log may have details)"
        #expect(chat.bodies == [#"{"text":"web is FATAL: \#(reason)"}"#])
        #expect(listener.messages.isEmpty)
    }

    @Test(arguments: [
        ([500, 200], []), ([500, 500, 500], ["listener: error: --chat-alert: the chat answered with HTTP status 500"]),
    ])
    func triesAgainBeforeItFails(statuses: [Int], messages: [String]) async throws {
        let chat = try FakeChat(statuses: statuses)
        let supervisor = try FakeSupervisor("web")
        let listener = try listen(to: supervisor, chat)
        try supervisor.breakDown("web")
        try await listener.waitForAcknowledgements()

        #expect(chat.bodies.count == statuses.count)
        #expect(listener.messages == messages)
    }
}
