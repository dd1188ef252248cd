import Foundation
import ListenerKit
import Testing

@testable import Handlers

/// What the program has to say for itself, as lines of the log's own form.
@Suite struct MessageRecordTests {
    /// The form that a command line leads to.
    private func form(_ arguments: String...) throws -> Reporter.Form? {
        guard case .listen(let request) = try CommandLineParser(handlers: builtInHandlers).parse(arguments) else {
            return nil
        }
        return request.messageForm
    }

    private func line(_ form: Reporter.Form, _ level: Reporter.Level, _ message: String) -> String {
        String(decoding: form(level, message), as: UTF8.self)
    }

    @Test func textIsForPeople() throws {
        #expect(try form("--log") == nil)
        #expect(try form("--log", "--log-format=text") == nil)
        #expect(try form("--ordered-startup") == nil)
    }

    @Test(arguments: [Reporter.Level.error, .warning, .info])
    func anObjectHasTheKeysOfTheLogInTheirOrder(level: Reporter.Level) throws {
        let form = try #require(try form("--ordered-startup", "--log", "--log-format", "json"))
        let message = "a \"quoted\"\nline \u{1B}[31m é \u{2028}"
        let line = line(form, level, message)
        #expect(line.hasSuffix("\"}\n"))
        #expect(line.dropLast().allSatisfy { !$0.isNewline })
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        #expect(object["event"] == "LISTENERD")
        #expect(object["level"] == level.rawValue)
        #expect(object["message"] == message)
        #expect(object["host"] == currentHostName())
        #expect(object["time"]?.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z/) != nil)
        #expect(
            line.matches(of: /[{,]"([a-z]+)":/).map { String($0.1) } == ["time", "level", "event", "host", "message"]
        )
    }

    @Test func aMessageIsAValueOfLogfmt() throws {
        let form = try #require(try form("--log", "--log-format=logfmt", "--fatal-exit"))
        let line = line(form, .warning, "worker \"a\" has failed")
        let pattern = #"time=\S+Z level=warning event=LISTENERD host=\S+ message="worker \\"a\\" has failed"\n"#
        #expect(line.wholeMatch(of: try Regex(pattern)) != nil, "\(line)")
    }
}
