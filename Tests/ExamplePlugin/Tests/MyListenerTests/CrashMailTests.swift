import Foundation
import ListenerKit
import ListenerTesting
import Testing

@testable import MyListener

@Suite struct CrashMailTests {
    @Test func mailsAnUnexpectedExit() async throws {
        let supervisor = try FakeSupervisor("web")
        let outbox = supervisor.folder + "/outbox"
        let listener = try supervisor.listen(
            with: [CrashMail.self],
            arguments: ["--crash-mail", "--crash-mail-to=root", "--crash-mail-command=cat >> \(outbox)"]
        )
        try supervisor.start("web")
        supervisor.advance(by: .seconds(2))
        try supervisor.exit("web", status: 3)
        try await listener.waitForAcknowledgements()

        let mail = try String(contentsOfFile: outbox, encoding: .utf8)
        #expect(mail.hasPrefix("To: root\nSubject: web has exited unexpectedly\n\nProcess "))
        #expect(listener.messages.isEmpty)
    }

    @Test func mailsNoExpectedExit() async throws {
        let supervisor = try FakeSupervisor("web")
        let listener = try supervisor.listen(
            with: [CrashMail.self],
            arguments: ["--crash-mail", "--crash-mail-to=root", "--crash-mail-command=false"]
        )
        try supervisor.start("web")
        supervisor.advance(by: .seconds(2))
        try supervisor.exit("web", status: 0)
        try await listener.waitForAcknowledgements()

        #expect(listener.messages.isEmpty)
    }

    @Test func throwsIfTheCommandFails() async throws {
        let test = try TestContext(
            for: CrashMail.self,
            arguments: ["--crash-mail-to=root", "--crash-mail-command=cat > /dev/null; false"]
        )
        let event = ProcessStateEvent(
            header: EventHeader(name: "PROCESS_STATE_EXITED"),
            process: ProcessName(group: "web", process: "web"),
            previous: .running,
            transition: .exited(expected: false, pid: 12)
        )
        await #expect(throws: MailError.self) {
            try await CrashMail(test.context).handle(event)
        }
    }

    @Test func needsARecipient() {
        #expect(throws: UsageError.missingOption(option: "--crash-mail-to <address>")) {
            try TestContext(for: CrashMail.self)
        }
    }
}
