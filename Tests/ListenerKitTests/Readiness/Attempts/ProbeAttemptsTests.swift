import ExecutableTesting
import Foundation
import ListenerTesting
import Testing

@testable import ListenerKit

@Suite struct ProbeAttemptsTests {
    @Test func hundredsOfAttemptsAtOnceHaveTheirOutcomesAndLeaveNoDescriptor() async throws {
        let (before, after, outcomes) = try await onThreadWithOwnDescriptors {
            let server = try LoopbackServer(.four)
            server.serve("HTTP/1.1 503 No\r\n\r\n")
            let reserved = try LoopbackServer(.four, backlog: nil)
            let maker = try AttemptMaker()
            let probes: [ProgramProbe] = [
                .tcp(host: "localhost", port: server.port), .tcp(host: "127.0.0.1", port: reserved.port),
                .tcp(host: "127.1", port: reserved.port), .unix(path: "/nowhere"), .file(path: "/nowhere"),
                .http(host: "127.0.0.1", port: server.port, path: "/"),
                .command(ProbeCommand(arguments: ["false"], user: nil, directory: nil, environment: [:])),
            ]
            // The first ones open what stays open.
            let first = probes.count
            for (id, probe) in probes.enumerated() {
                maker.begin(id, probe)
            }
            maker.news.waitBlocking(forOutcomes: first)
            try Descriptors.waitUntilStable()
            let before = Descriptors.count
            for id in first..<(first + 200) {
                maker.begin(id, probes[id % probes.count])
            }
            maker.news.waitBlocking(forOutcomes: first + 200)
            try Descriptors.waitUntilStable()
            return (before, Descriptors.count, maker.news.outcomes.values.map { $0 })
        }
        #expect(before == after)
        #expect(outcomes.count == 207)
        let expected: Set<ProbeOutcome> = [
            .passed, .failed("connection refused"), .failed("no such file or directory"), .failed("no such file"),
            .failed("HTTP 503"), .failed("exited with status 1"),
        ]
        #expect(Set(outcomes) == expected)
    }

    @Test func anAttemptThatIsCanceledHasNoOutcomeAndEnds() async throws {
        let (before, after, outcomes) = try await onThreadWithOwnDescriptors {
            let server = try LoopbackServer(.four)
            let maker = try AttemptMaker()
            maker.begin(0, .file(path: "/"))
            maker.news.waitBlocking(forOutcomes: 1)
            let before = Descriptors.count
            let command = ProbeCommand(arguments: ["sleep", "1000"], user: nil, directory: nil, environment: [:])
            let probes: [ProgramProbe] = [
                .http(host: "127.0.0.1", port: server.port, path: "/"),
                .http(host: "127.1", port: server.port, path: "/"),
                .command(command),
            ]
            for id in 1...30 {
                maker.begin(id, probes[id % probes.count])
            }
            for id in 1...30 {
                maker.attempts.cancel(id)
                maker.attempts.cancel(id)
            }
            try Descriptors.wait(for: before)
            maker.begin(31, .file(path: "/"))
            maker.news.waitBlocking(forOutcomes: 2)
            return (before, Descriptors.count, maker.news.outcomes)
        }
        #expect(before == after)
        #expect(outcomes == [0: .passed, 31: .passed])
    }

    @Test func nothingOfAnAttemptIsKeptAfterItsOutcome() async throws {
        let server = try LoopbackServer(.four)
        server.serve("HTTP/1.1 503 No\r\n\r\n")
        let thread = try PollThread()
        defer { thread.finish() }
        let maker = try AttemptMaker()
        weak var connection: ConnectionAttempt?
        weak var command: CommandAttempt?
        do {
            let (outcomes, report) = AsyncStream.makeStream(of: ProbeOutcome.self)
            let request = PageRequest.text(path: "/", host: "127.0.0.1", port: server.port)
            let page = ConnectionAttempt(
                to: .port(host: "127.0.0.1", port: server.port),
                asking: request,
                timeout: AttemptMaker.noTimeout,
                NameLookups(thread),
                thread
            ) { report.yield($0) }
            let users = CommandUsers(ReadinessInbox {})
            let run = CommandAttempt(
                ProbeCommand(arguments: ["false"], user: nil, directory: nil, environment: [:]),
                of: ProcessName(group: "web", process: "web"),
                timeout: AttemptMaker.noTimeout,
                users,
                Turns(1),
                thread
            ) { report.yield($0) }
            connection = page
            command = run
            thread.perform {
                page.begin()
                run.begin()
            }
            var count = 0
            for await _ in outcomes {
                count += 1
                if count == 2 {
                    break
                }
            }
        }
        try await wait(for: "the attempts to go") { connection == nil && command == nil }
        withExtendedLifetime(maker) {}
    }
}
