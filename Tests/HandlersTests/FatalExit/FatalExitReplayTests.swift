import ListenerKit
import ListenerTesting
import Synchronization
import Testing

@testable import Handlers

/// A run that was recorded leads to the same decisions when it is replayed.
@Suite struct FatalExitReplayTests {
    @Test func replaysOfRandomHistoriesDecideAsTheHandlerHasDecided() async throws {
        var kinds: Set<String> = []
        for seed in 0..<70 {
            let history = try FatalExitHistory(seed)
            try await history.run(40)
            try await history.end()
            let run = try history.replay()
            #expect(run.steps.filter { !$0.isSame } == [], "seed \(seed)")
            #expect(run.steps.map { $0.recorded } == (try history.recordedDecisions()), "seed \(seed)")
            kinds.formUnion(
                run.steps.flatMap { $0.replayed }.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
            )
        }
        // All that can be decided has been.
        #expect(
            kinds.isSuperset(of: [
                "ask about", "ask whether", "clear the", "nudge supervisord", "request a", "set the", "shut down",
            ]),
            "\(kinds)"
        )
    }

    @Test func theRecordHasAllThatDecides() async throws {
        let configuration = """
            [program:web]
            command=web
            startretries=1
            autorestart=false
            [eventlistener:listener]
            command=listener
            events=PROCESS_STATE
            """
        let test = try TestContext(
            for: FatalExit.self,
            arguments: ["--fatal-exit-on=fatal,exit", "--fatal-exit-programs=!job", "--fatal-exit-status=9"],
            supervisor: FakeSupervisor("web"),
            configuration: "[supervisord]\n" + configuration
        )
        let lines = Mutex<[String]>([])
        test.context.journal.follow(wantsDetails: true) { entry in
            lines.withLock { $0.append("\(entry.kind) \(String(decoding: entry.details, as: UTF8.self))") }
        }
        let handler = FatalExit(test.context)
        for (serial, transition) in [.running(pid: 1), .backoff(tries: 1)].enumerated()
            as EnumeratedSequence<[ProcessStateEvent.Transition]>
        {
            let header = EventHeader(name: "PROCESS_STATE_\(transition.state)", serial: serial)
            await handler.handle(
                ProcessStateEvent(header: header, process: .of("web"), previous: .starting, transition: transition)
            )
            test.advance(by: .seconds(2))
        }
        await handler.handle(AlarmEvent(time: test.now))
        test.advance(by: .seconds(2))
        await handler.handle(SupervisorStateEvent(header: EventHeader(name: "STOPPING", serial: 2), state: .stopping))
        let options = #""options":{"on":"fatal,exit","programs":"!job","status":9},"rpc":true,"updates":true"#
        let program =
            #"{"process":"web","group":"web","autostart":true,"autorestart":"false","exitcodes":[0],"startretries":1}"#
        let listener = #"{"process":"listener","group":"listener","listener":true}"#
        #expect(
            lines.withLock { $0 } == [
                #"begin {"handler":"fatal-exit","pid":\#(currentProcessID()),\#(options),"programs":[\#(listener),\#(program)]}"#,
                #"decision {"handler":"fatal-exit","at":2,"events":[0,0,1,2],"#
                    + #""decisions":["set the alarm at 3.01 s"]}"#,
                // The alarm has led to nothing but a nudge and the next alarm.
                #"decision {"handler":"fatal-exit","at":6,"events":[null,4,2,6],"decisions":["clear the alarm"]}"#,
            ]
        )
    }

    @Test func nothingIsRecordedThatNobodyWants() async throws {
        let test = try TestContext(
            for: FatalExit.self,
            supervisor: FakeSupervisor("web"),
            configuration: "[supervisord]\n[program:web]\ncommand=web\n"
        )
        let count = Mutex(0)
        test.context.journal.follow(wantsDetails: false) { _ in count.withLock { $0 += 1 } }
        let handler = FatalExit(test.context)
        let header = EventHeader(name: "PROCESS_STATE_BACKOFF")
        await handler.handle(
            ProcessStateEvent(header: header, process: .of("web"), previous: .starting, transition: .backoff(tries: 1))
        )
        #expect(test.alarm != nil)
        #expect(count.withLock { $0 } == 0)
    }

    @Test(
        arguments: [
            ("{}", "the options of --fatal-exit are missing"),
            (#"{"options":{"on":"never","programs":"","status":null}}"#, "on is not a word that is known here"),
            (#"{"options":{"on":"fatal","programs":""}}"#, "programs is not an array"),
            (
                #"{"options":{"on":"fatal","programs":""},"programs":[{"group":"a","process":"a"}]}"#,
                "autostart is not true or false"
            ),
            (#"{"options":{"on":"fatal","programs":""},"programs":[]}"#, "rpc is not true or false"),
            (
                #"{"options":{"on":"fatal","programs":""},"programs":[],"startup":{}}"#, "the plan is missing"
            ),
        ]
    )
    func aRecordThatLacksSomethingSaysWhat(details: String, reason: String) throws {
        let details = try JSONValue(Array(details.utf8)[...])
        #expect(throws: MalformedRecord(reason)) { try FatalExitReplay(details, ReplayClock()) }
    }
}
