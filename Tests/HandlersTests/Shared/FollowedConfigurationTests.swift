import ListenerTesting
import Testing

@testable import Handlers
@testable import ListenerKit

/// When the configuration is read again, and what is said of one that is broken.
@Suite struct FollowedConfigurationTests {
    private static let section = "[supervisord]\n[program:a]\ncommand=a\n"
    private static let other = section + "[program:b]\ncommand=b\n"

    /// A handler's configuration, its context, and the supervisord whose file can be written anew.
    private final class World {
        let supervisor: FakeSupervisor
        let test: TestContext
        var followed: FollowedConfiguration

        /// Begins with the process of the configuration, or before anything is known of supervisord.
        init(knowsProcesses: Bool = true) throws {
            supervisor = try FakeSupervisor("a")
            test = try TestContext(
                for: OrderedStartup.self,
                supervisor: supervisor,
                configuration: FollowedConfigurationTests.section
            )
            followed = FollowedConfiguration(try test.context.configuration())
            if knowsProcesses {
                _ = see("a")
            }
        }

        /// Shows the names of all processes; tells the names of the programs if another configuration is followed.
        func see(
            _ names: String...,
            because reason: Snapshot.Reason = .request,
            hasReplacements: Bool = false
        ) -> [String]? {
            let processes = names.map { ProcessInformation(name: .of($0), state: .stopped) }
            return followed.follow(
                Snapshot(processes: processes, reason: reason),
                hasReplacements: hasReplacements,
                test.context
            )?.programs.map { $0.name }
        }

        /// Shows what `see` does of `a`, some time later.
        func look(after delay: Duration, needsChecks: Bool) -> [String]? {
            let processes = [ProcessInformation(name: .of("a"), state: .stopped)]
            let snapshot = Snapshot(processes: processes, reason: .request, time: .now + delay)
            return followed.follow(snapshot, needsChecks: needsChecks, test.context)?.programs.map { $0.name }
        }

        func isNews(_ name: String) -> Bool {
            followed.isNews(.of(name))
        }

        func write(_ text: String) throws {
            _ = try supervisor.writeConfiguration(text)
        }
    }

    @Test func withoutAReasonItIsNotReadAgain() throws {
        let world = try World()
        try world.write(Self.other)
        #expect(world.see("a") == nil)
        #expect(world.followed.current.programs.count == 1)
    }

    @Test func otherProcessesThanBeforeAreAReasonOnce() throws {
        let world = try World()
        try world.write(Self.other)
        #expect(world.see("a", "b") == ["a", "b"])
        // The file is ahead; that supervisord and it go on differing is no reason.
        try world.write(Self.other + "[program:c]\ncommand=c\n")
        #expect(world.see("a", "b") == nil)
        #expect(world.see("a", "b", "c") == ["a", "b", "c"])
    }

    @Test func otherProcessesAtFirstThanInTheFileAreAReason() throws {
        let world = try World(knowsProcesses: false)
        try world.write(Self.other)
        #expect(world.see("a", "b") == ["a", "b"])
    }

    @Test func fewerProcessesAtFirstThanInTheFileAreNone() throws {
        let world = try World(knowsProcesses: false)
        try world.write(Self.other)
        #expect(world.see() == nil)
    }

    @Test(arguments: [Snapshot.Reason.lostEvents(count: 3), .reload])
    func possiblyMissedEventsAreAReason(reason: Snapshot.Reason) throws {
        let world = try World()
        try world.write(Self.other)
        #expect(world.see("a", because: reason) == ["a", "b"])
    }

    @Test func otherProcessesOfTheSameNamesAreAReason() throws {
        let world = try World()
        try world.write(Self.other)
        #expect(world.see("a", hasReplacements: true) == ["a", "b"])
    }

    @Test func aGroupThatWasAddedIsAReasonForTheNextSnapshot() throws {
        let world = try World()
        try world.write(Self.other)
        let old = Snapshot(processes: [ProcessInformation(name: .of("a"), state: .stopped)], reason: .request)
        world.followed.mayHaveChanged(at: .now)
        // One that was on its way tells nothing of it.
        let early = world.followed.follow(old, world.test.context)
        #expect(early == nil)
        #expect(world.see("a") == ["a", "b"])
        #expect(world.see("a") == nil)
    }

    @Test func aFileThatHasNotChangedIsNotReadAgain() throws {
        let world = try World()
        #expect(world.see("a", "b") == nil)
        #expect(world.see("a", because: .reload) == nil)
        #expect(world.test.messages.isEmpty)
    }

    @Test(arguments: [
        ("[program:b]\ncommand=b\nstartsecs=x\n", "supervisord.conf:6: "),
        ("[program:b]\nnonsense\n", "supervisord.conf:5: "),
    ])
    func brokenConfigurationIsReportedOnceAndReadAgainUntilRepaired(text: String, place: String) throws {
        let world = try World()
        try world.write(Self.section + text)
        #expect(world.see("a", "b") == nil)
        #expect(world.see("a", "b") == nil)
        #expect(world.see("a", "b", "c") == nil)
        #expect(world.followed.current.programs.count == 1)
        #expect(world.test.messages.count == 1)
        let message = world.test.messages.first ?? ""
        #expect(message.hasPrefix("listener: error: /"), "\(message)")
        #expect(message.ranges(of: "error:").count == 1, "\(message)")
        #expect(message.contains(place), "\(message)")
        #expect(message.hasSuffix("using the previous configuration until this is repaired"), "\(message)")
        #expect(world.test.requestedSnapshots == [.seconds(1), .seconds(2), .seconds(4)])
        try world.write(Self.other)
        #expect(world.see("a", "b", "c") == ["a", "b"])
        #expect(world.test.messages.count == 2)
        #expect(world.test.messages.last?.hasSuffix("is valid again, and is used") == true)
        #expect(world.test.requestedSnapshots.count == 3)
    }

    @Test func anEventIsNewsOfAProcessThatOnlySupervisordHasAndOnlyOnce() throws {
        let world = try World()
        #expect(!world.isNews("a"))
        #expect(world.isNews("b"))
        #expect(!world.isNews("b"))
        _ = world.see("a", "b")
        #expect(!world.isNews("b"))
        // It is forgotten once supervisord has forgotten it.
        _ = world.see("a")
        #expect(world.isNews("b"))
    }

    @Test func withoutGroupEventsTheConfigurationIsReadAtIntervals() throws {
        let world = try World()
        #expect(world.look(after: .zero, needsChecks: true) == nil)
        try world.write(Self.other)
        #expect(world.look(after: .seconds(5), needsChecks: true) == nil)
        #expect(world.test.requestedSnapshots == [.seconds(10)])
        #expect(world.look(after: .seconds(11), needsChecks: true) == ["a", "b"])
        #expect(world.test.requestedSnapshots == [.seconds(10), .seconds(10)])
        // As soon as there is no need, nobody looks again.
        #expect(world.look(after: .seconds(22), needsChecks: false) == nil)
        #expect(world.test.requestedSnapshots.count == 2)
    }

    /// supervisord does not see that a key was mended which is not its own.
    @Test func planWithAnErrorIsReadAgainUntilRepaired() async throws {
        let supervisor = try FakeSupervisor("a", "b")
        let broken = "[program:a]\ncommand=a\nautostart=false\nstartafter=b\n"
        let test = try TestContext(
            for: OrderedStartup.self,
            supervisor: supervisor,
            configuration: Self.section.replacing("[program:a]\ncommand=a\n", with: broken)
        )
        let handler = try OrderedStartup(test.context)
        func look(after delay: Duration) async {
            let processes = [ProcessInformation(name: .of("a"), state: .stopped)]
            await handler.handle(Snapshot(processes: processes, reason: .request, time: .now + delay))
        }
        await look(after: .zero)
        #expect(test.messages.count == 1 && test.messages[0].contains("a never starts"), "\(test.messages)")
        #expect(test.requestedSnapshots == [.seconds(10)])
        let mended = broken.replacing("startafter=b", with: "startafter=")
        _ = try supervisor.writeConfiguration("[supervisord]\n" + mended)
        await look(after: .seconds(11))
        try await supervisor.waitForCall("startProcess")
        await look(after: .seconds(22))
        #expect(test.requestedSnapshots == [.seconds(10), .seconds(10)])
    }

    @Test func handlersOfOneListenerShareWhatWasRead() throws {
        let world = try World()
        var second = FollowedConfiguration(try world.test.context.configuration())
        try world.write(Self.other)
        #expect(world.see("a", "b") == ["a", "b"])
        let snapshot = Snapshot(processes: [], reason: .reload)
        let new = second.follow(snapshot, world.test.context)
        #expect(new?.isSame(as: world.followed.current) == true)
    }
}
