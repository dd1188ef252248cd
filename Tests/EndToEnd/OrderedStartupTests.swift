import Foundation
import ListenerKit
import Testing

/// A chain of programs, as `startinorder=true` and `priority=` describe it.
@Suite struct OrderedStartupTests {
    @Test(arguments: [0, 1])
    func membersStartOneAfterTheOther(startSecondsOfListener: Int) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "startsecs=\(startSecondsOfListener)")
                + Sections.member("c", "/bin/sleep 600", priority: 3)
                + Sections.member("a", "/bin/sleep 600", priority: 1, "startsecs=1")
                + Sections.member("b", "/bin/true", priority: 2, "startnextafter=exited")
        ) { supervisord in
            try await supervisord.wait(forLine: "listenerd: info: started 3 processes in order, in ")
            #expect(supervisord.started == ["a", "b", "c"], "\(supervisord.story)")
            #expect(supervisord.log.inOrder("success: a entered RUNNING", "spawned: 'b'", "exited: b", "spawned: 'c'"))
            #expect(supervisord.sayings.count == 1, "\(supervisord.story)")
        }
    }

    @Test func allProcessesOfAProgramAndMembersOfGroupsAreStarted() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.member(
                    "many",
                    "/bin/sleep 600",
                    priority: 1,
                    "numprocs=3",
                    "process_name=%(program_name)s_%(process_num)d",
                    "startsecs=1"
                )
                + Sections.member("grouped", "/bin/sleep 600", priority: 2)
                + Sections.member("last", "/bin/sleep 600", priority: 3)
                + "[group:team]\nprograms=grouped,last\n"
        ) { supervisord in
            try await supervisord.wait(forLine: "started 5 processes in order")
            #expect(supervisord.started == ["many_0", "many_1", "many_2", "grouped", "last"], "\(supervisord.story)")
            for number in 0...2 {
                #expect(supervisord.log.inOrder("success: many_\(number) entered RUNNING", "spawned: 'grouped'"))
            }
        }
    }

    @Test func aListenerThatHearsNothingYetLooksForItself() async throws {
        // supervisord sends no event before the listener has been up for its startsecs.
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "startsecs=3600")
                + Sections.member("a", "/bin/sleep 0.2", priority: 1, "startnextafter=exited")
                + Sections.member("b", "/bin/sleep 600", priority: 2, "startsecs=1")
                + Sections.member("c", "/bin/true", priority: 3, "startnextafter=exited")
                + Sections.member("d", "/bin/sleep 600", priority: 4)
        ) { supervisord in
            try await supervisord.wait(forLine: "started 4 processes in order")
            #expect(supervisord.started == ["a", "b", "c", "d"], "\(supervisord.story)")
        }
    }

    @Test func aMemberThatSupervisordStartsItselfIsNamedAndHasTheNextOneStartedAtOnce() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --log")
                + Sections.member("a", Sections.waiting(for: "go"), priority: 1, "startnextafter=exited")
                + Sections.member("early", "/bin/sleep 600", priority: 2, "autostart=true", "startsecs=2")
                + Sections.member("b", "/bin/sleep 600", priority: 3)
        ) { supervisord in
            try await supervisord.wait(forLine: "started 2 processes in order")
            #expect(supervisord.started.sorted() == ["a", "b", "early"], "\(supervisord.story)")
            #expect(supervisord.log.inOrder("success: early entered RUNNING", "spawned: 'b'"), "\(supervisord.story)")
            #expect(!supervisord.log.contains("exited: a"), "\(supervisord.story)")
            #expect(
                supervisord.sayings.first?.hasSuffix(
                    "early has startinorder=true but not autostart=false: supervisord starts it itself, at once"
                ) == true,
                "\(supervisord.story)"
            )
        }
    }

    @Test func neitherTheFirstNorTheLastNeedsTheKeyAndOneInTheMiddleEndsTheLine() async throws {
        let (first, plain) = ("startinorder=false", "startinorder=no")
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.member("a", "/bin/sleep 0.2", priority: 1, "startnextafter=exited")
                + Sections.member("b", "/bin/sleep 600", priority: 2, "startsecs=1")
                + Sections.member("z", "/bin/sleep 600", priority: 3, plain)
                + Sections.member("never", "/bin/sleep 600", priority: 4)
                + Sections.program("auto", "/bin/sleep 600", "priority=2")
                + Sections.native("own", "/bin/sleep 600", after: "z", "priority=2")
                + Sections.member("behind", "/bin/sleep 600", priority: 5, first)
        ) { supervisord in
            try await supervisord.wait(forLine: "started 4 processes in order")
            #expect(supervisord.started.filter { $0 != "auto" } == ["a", "b", "z", "own"], "\(supervisord.story)")
            #expect(
                supervisord.log.inOrder("exited: a", "spawned: 'b'", "success: b entered RUNNING", "spawned: 'z'"),
                "\(supervisord.story)"
            )
            #expect(
                supervisord.sayings.first?.hasSuffix(
                    "z has no startinorder=true, so the line ends with it; not started: never, behind"
                ) == true,
                "\(supervisord.story)"
            )
        }
    }

    @Test func aPlainProgramAtTheBeginningIsStarted() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.member("first", "/bin/true", priority: 1, "startinorder=false")
                + Sections.member("up", "/bin/sleep 600", priority: 2, "autostart=true")
                + Sections.member("last", "/bin/sleep 600", priority: 3, "startinorder=false")
        ) { supervisord in
            try await supervisord.wait(forLine: "started 2 processes in order")
            #expect(supervisord.started.sorted() == ["first", "last", "up"], "\(supervisord.story)")
            #expect(supervisord.log.inOrder("success: up entered RUNNING", "spawned: 'last'"), "\(supervisord.story)")
        }
    }

    @Test func aFailedMemberIsNamedAndTheChainGoesOnWhenSomebodyHasRepairedIt() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.member(
                    "a",
                    "/bin/sh -c 'test -e %(here)s/repaired && exec sleep 600'",
                    priority: 1,
                    "startsecs=3",
                    "startretries=0"
                )
                + Sections.member("b", "/bin/true", priority: 2, "startnextafter=exited")
                + Sections.member("c", "/bin/sleep 600", priority: 3)
        ) { supervisord in
            try await supervisord.wait(
                forLine: "listenerd: error: a is FATAL: Exited too quickly (process log may have details); until it is "
                    + "started again, not started: b (waits for a), c (waits for b)"
            )
            #expect(supervisord.started == ["a"], "\(supervisord.story)")
            try supervisord.folder.write("", to: "repaired")
            try await supervisord.rpc.startProcess("a")
            try await supervisord.wait(forLine: "started 3 processes in order")
            #expect(supervisord.started == ["a", "a", "b", "c"], "\(supervisord.story)")
        }
    }

    @Test func aMemberWithoutItsCommandIsNamedAndTheChainGoesOnWhenSomebodyHasRepairedIt() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.member("a", "%(here)s/missing", priority: 1)
                + Sections.member("b", "/bin/sleep 600", priority: 2)
        ) { supervisord in
            try await supervisord.wait(forLine: "listenerd: error: a cannot be started: ")
            #expect(supervisord.sayings.count == 1, "\(supervisord.story)")
            #expect(supervisord.sayings[0].hasSuffix("until it is started, not started: b (waits for a)"))
            #expect(supervisord.started == [], "\(supervisord.story)")
            try FileManager.default.createSymbolicLink(
                atPath: supervisord.folder.path(of: "missing"),
                withDestinationPath: "/bin/cat"
            )
            try await supervisord.rpc.startProcess("a")
            try await supervisord.wait(forStarts: 2)
            #expect(supervisord.started == ["a", "b"], "\(supervisord.story)")
        }
    }

    @Test func aMemberThatIsStartedAgainDoesNotStartTheChainAgain() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --log")
                + Sections.member("a", "/bin/sleep 600", priority: 1, "autorestart=true")
                + Sections.member("b", "/bin/true", priority: 2, "startnextafter=exited")
                + Sections.member("c", "/bin/true", priority: 3, "startnextafter=exited")
        ) { supervisord in
            try await supervisord.wait(forLine: "c RUNNING → EXITED")
            for count in 2...3 {
                supervisord.send(SIGKILL, to: "a")
                // Once the next event is logged, all handlers are done with the one before.
                try await supervisord.wait(forLine: " a STARTING → RUNNING", times: count)
            }
            try await supervisord.rpc.startProcess("c", wait: false)
            try await supervisord.wait(forLine: "c RUNNING → EXITED", times: 2)
            #expect(supervisord.started == ["a", "b", "c", "a", "a", "c"], "\(supervisord.story)")
        }
    }
}
