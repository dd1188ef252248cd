import Foundation
import ListenerKit
import Testing

/// Programs in a line, by `startinorder=true` and `priority=`.
@Suite struct OrderedStartupTests {
    @Test(arguments: [0, 1])
    func membersStartOneAfterTheOther(startSecondsOfListener: Int) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "startsecs=\(startSecondsOfListener)")
                + Sections.ordered("c", "/bin/sleep 600", priority: 3)
                + Sections.ordered("a", "/bin/sleep 600", priority: 1, "startsecs=1")
                + Sections.ordered("b", "/bin/true", priority: 2, "startnextafter=exited")
        ) { supervisord in
            try await supervisord.wait(forLine: "listenerd: info: started 3 processes in order in ")
            #expect(supervisord.started == ["a", "b", "c"], "\(supervisord.logs)")
            #expect(supervisord.log.inOrder("success: a entered RUNNING", "spawned: 'b'", "exited: b", "spawned: 'c'"))
            #expect(supervisord.messages.count == 1, "\(supervisord.logs)")
        }
    }

    @Test func allProcessesOfAProgramAndMembersOfGroupsAreStarted() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.ordered(
                    "many",
                    "/bin/sleep 600",
                    priority: 1,
                    "numprocs=3",
                    "process_name=%(program_name)s_%(process_num)d",
                    "startsecs=1"
                )
                + Sections.ordered("grouped", "/bin/sleep 600", priority: 2)
                + Sections.ordered("last", "/bin/sleep 600", priority: 3)
                + "[group:team]\nprograms=grouped,last\n"
        ) { supervisord in
            try await supervisord.wait(forLine: "started 5 processes in order")
            #expect(supervisord.started == ["many_0", "many_1", "many_2", "grouped", "last"], "\(supervisord.logs)")
            for number in 0...2 {
                #expect(supervisord.log.inOrder("success: many_\(number) entered RUNNING", "spawned: 'grouped'"))
            }
        }
    }

    @Test func aListenerThatHearsNothingYetLooksForItself() async throws {
        // supervisord sends no events before the listener has run for its startsecs.
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "startsecs=3600")
                + Sections.ordered("a", "/bin/sleep 0.2", priority: 1, "startnextafter=exited")
                + Sections.ordered("b", "/bin/sleep 600", priority: 2, "startsecs=1")
                + Sections.ordered("c", "/bin/true", priority: 3, "startnextafter=exited")
                + Sections.ordered("d", "/bin/sleep 600", priority: 4)
        ) { supervisord in
            try await supervisord.wait(forLine: "started 4 processes in order")
            #expect(supervisord.started == ["a", "b", "c", "d"], "\(supervisord.logs)")
        }
    }

    @Test func aMemberThatSupervisordStartsItselfIsNamedAndHasTheNextOneStartedAtOnce() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --log")
                + Sections.ordered("a", Sections.command(waitingFor: "go"), priority: 1, "startnextafter=exited")
                + Sections.ordered("early", "/bin/sleep 600", priority: 2, "autostart=true", "startsecs=2")
                + Sections.ordered("b", "/bin/sleep 600", priority: 3)
        ) { supervisord in
            try await supervisord.wait(forLine: "started 2 processes in order")
            #expect(supervisord.started.sorted() == ["a", "b", "early"], "\(supervisord.logs)")
            #expect(supervisord.log.inOrder("success: early entered RUNNING", "spawned: 'b'"), "\(supervisord.logs)")
            #expect(!supervisord.log.contains("exited: a"), "\(supervisord.logs)")
            #expect(
                supervisord.messages.first?.hasSuffix(
                    "early has startinorder=true but not autostart=false, so supervisord starts it at once; set autostart=false"
                ) == true,
                "\(supervisord.logs)"
            )
        }
    }

    @Test func neitherTheFirstNorTheLastNeedsTheKeyAndOneInTheMiddleEndsTheLine() async throws {
        let (first, plain) = ("startinorder=false", "startinorder=no")
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.ordered("a", "/bin/sleep 0.2", priority: 1, "startnextafter=exited")
                + Sections.ordered("b", "/bin/sleep 600", priority: 2, "startsecs=1")
                + Sections.ordered("z", "/bin/sleep 600", priority: 3, plain)
                + Sections.ordered("never", "/bin/sleep 600", priority: 4)
                + Sections.program("auto", "/bin/sleep 600", "priority=2")
                + Sections.native("own", "/bin/sleep 600", after: "z", "priority=2")
                + Sections.ordered("behind", "/bin/sleep 600", priority: 5, first)
        ) { supervisord in
            try await supervisord.wait(forLine: "started 4 processes in order")
            #expect(supervisord.started.filter { $0 != "auto" } == ["a", "b", "z", "own"], "\(supervisord.logs)")
            #expect(
                supervisord.log.inOrder("exited: a", "spawned: 'b'", "success: b entered RUNNING", "spawned: 'z'"),
                "\(supervisord.logs)"
            )
            #expect(
                supervisord.messages.first?.hasSuffix(
                    "z has no startinorder=true, so the line ends with it; never started: never, behind"
                ) == true,
                "\(supervisord.logs)"
            )
        }
    }

    @Test func aPlainProgramAtTheBeginningIsStarted() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.ordered("first", "/bin/true", priority: 1, "startinorder=false")
                + Sections.ordered("up", "/bin/sleep 600", priority: 2, "autostart=true")
                + Sections.ordered("last", "/bin/sleep 600", priority: 3, "startinorder=false")
        ) { supervisord in
            try await supervisord.wait(forLine: "started 2 processes in order")
            #expect(supervisord.started.sorted() == ["first", "last", "up"], "\(supervisord.logs)")
            #expect(supervisord.log.inOrder("success: up entered RUNNING", "spawned: 'last'"), "\(supervisord.logs)")
        }
    }

    @Test func aFailedMemberIsNamedAndTheChainGoesOnWhenSomebodyHasRepairedIt() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.ordered(
                    "a",
                    "/bin/sh -c 'test -e %(here)s/repaired && exec sleep 600'",
                    priority: 1,
                    "startsecs=3",
                    "startretries=0"
                )
                + Sections.ordered("b", "/bin/true", priority: 2, "startnextafter=exited")
                + Sections.ordered("c", "/bin/sleep 600", priority: 3)
        ) { supervisord in
            try await supervisord.wait(
                forLine: "listenerd: error: a is FATAL: Exited too quickly (process log may have details); until it is "
                    + "started again, these do not start: b (waits for a), c (waits for b)"
            )
            #expect(supervisord.started == ["a"], "\(supervisord.logs)")
            try supervisord.folder.write("", to: "repaired")
            try await supervisord.rpc.startProcess("a")
            try await supervisord.wait(forLine: "started 3 processes in order")
            #expect(supervisord.started == ["a", "a", "b", "c"], "\(supervisord.logs)")
        }
    }

    @Test func aMemberWithoutItsCommandIsNamedAndTheChainGoesOnWhenSomebodyHasRepairedIt() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.ordered("a", "%(here)s/missing", priority: 1)
                + Sections.ordered("b", "/bin/sleep 600", priority: 2)
        ) { supervisord in
            try await supervisord.wait(forLine: "listenerd: error: a cannot be started: ")
            #expect(supervisord.messages.count == 1, "\(supervisord.logs)")
            #expect(supervisord.messages[0].hasSuffix("until it is started, these do not start: b (waits for a)"))
            #expect(supervisord.started == [], "\(supervisord.logs)")
            try FileManager.default.createSymbolicLink(
                atPath: supervisord.folder.path(of: "missing"),
                withDestinationPath: "/bin/cat"
            )
            try await supervisord.rpc.startProcess("a")
            try await supervisord.wait(forStarts: 2)
            #expect(supervisord.started == ["a", "b"], "\(supervisord.logs)")
        }
    }

    @Test func aMemberThatIsStartedAgainDoesNotStartTheChainAgain() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --log")
                + Sections.ordered("a", "/bin/sleep 600", priority: 1, "autorestart=true")
                + Sections.ordered("b", "/bin/true", priority: 2, "startnextafter=exited")
                + Sections.ordered("c", "/bin/true", priority: 3, "startnextafter=exited")
        ) { supervisord in
            try await supervisord.wait(forLine: "c RUNNING → EXITED")
            for count in 2...3 {
                supervisord.send(SIGKILL, to: "a")
                // Once an event is logged, all handlers are done with the one before.
                try await supervisord.wait(forLine: " a STARTING → RUNNING", times: count)
            }
            try await supervisord.rpc.startProcess("c", wait: false)
            try await supervisord.wait(forLine: "c RUNNING → EXITED", times: 2)
            #expect(supervisord.started == ["a", "b", "c", "a", "a", "c"], "\(supervisord.logs)")
        }
    }
}
