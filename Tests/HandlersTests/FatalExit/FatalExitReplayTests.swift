import ListenerKit
import ListenerTesting
import Synchronization
import Testing

@testable import Handlers

/// A run that was recorded leads to the same decisions when it is replayed.
@Suite struct FatalExitReplayTests {
    @Test func replaysOfRandomHistoriesDecideAsTheHandlerHasDecided() async throws {
        var kinds: Set<String> = []
        for seed in 0..<24 {
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
        let supervisor = try FakeSupervisor("web")
        let test = try TestContext(
            for: FatalExit.self,
            arguments: ["--fatal-exit-on=fatal,exit", "--fatal-exit-programs=!job", "--fatal-exit-status=9"],
            supervisor: supervisor,
            configuration: "[supervisord]\n" + configuration
        )
        let lines = Mutex<[String]>([])
        test.context.journal.follow(wantsDetails: true) { entry in
            lines.withLock { $0.append("\(entry.kind) \(String(decoding: entry.details, as: UTF8.self))") }
        }
        let handler = FatalExit(
            test.context,
            SupervisordShutdown(test.context, SupervisordProcess(pid: 0), statusPath: nil)
        )
        func handle(_ serial: Int, _ transition: ProcessStateEvent.Transition) async {
            let header = EventHeader(name: "PROCESS_STATE_\(transition.state)", serial: serial)
            await handler.handle(
                ProcessStateEvent(header: header, process: .of("web"), previous: .starting, transition: transition)
            )
            test.advance(by: .seconds(2))
        }
        await handle(0, .running(pid: 1))
        await handle(1, .backoff(tries: 1))
        await handler.handle(AlarmEvent(time: test.now))
        await handle(2, .fatal)
        #expect(supervisor.allCalls.map { $0.method } == ["getState", "getProcessInfo"])
        let options = #""options":{"on":"fatal,exit","programs":"!job","status":9},"rpc":true,"updates":true"#
        let program =
            #"{"process":"web","group":"web","autostart":true,"autorestart":"false","exitcodes":[0],"startretries":1}"#
        let information = #"{"process":"web","group":"web","state":"STOPPED","now":1800000001,"exitstatus":0}"#
        let listener = #"{"process":"listener","group":"listener","listener":true}"#
        #expect(
            lines.withLock { $0 } == [
                #"begin {"handler":"fatal-exit","pid":\#(currentProcessID()),\#(options),"programs":[\#(listener),\#(program)]}"#,
                #"decision {"handler":"fatal-exit","at":2,"events":[0,0,1,2],"#
                    + #""decisions":["set the alarm at 3.01 s"]}"#,
                // An alarm that leads to a nudge and the next one has its time, but no serial.
                #"decision {"handler":"fatal-exit","at":4,"events":[null,4,2,4],"decisions":["ask about web"]}"#,
                #"input {"handler":"fatal-exit","at":4,"kind":"process","information":\#(information)}"#,
                #"decision {"handler":"fatal-exit","at":4,"decisions":["clear the alarm"]}"#,
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
