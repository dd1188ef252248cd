import ExecutableTesting
import Foundation
import Testing

/// What `listenerd plan` prints.
@Suite struct PlanTests {
    private static let configuration = """
        [supervisord]
        [program:database]
        command=sleep
        [program:web]
        command=sleep
        autostart=false
        startafter=database migrate:completed,exited cache?
        numprocs=2
        process_name=%(program_name)s_%(process_num)d
        [program:migrate]
        command=sleep
        autostart=false
        startafter=database:started
        priority=5
        [program:cache]
        command=sleep
        autostart=false
        startafter=
        [program:tool]
        command=sleep
        autostart=false
        [program:last]
        command=sleep
        autostart=false
        startafter=g:* web:web_1
        [program:one]
        command=sleep
        [program:two]
        command=sleep
        [group:g]
        programs=one,two

        """
    private static let cycle = """
        [supervisord]
        [program:free]
        command=sleep
        autostart=false
        startafter=
        [program:a]
        command=sleep
        autostart=false
        startafter=b
        [program:b]
        command=sleep
        autostart=false
        startafter=a

        """

    private func plan(_ configuration: String, _ arguments: String...) async throws -> Outcome {
        let folder = try TestFolder()
        try folder.write(configuration, to: "supervisord.conf")
        let outcome = try await Outcome(of: ["plan", "-c", folder.path(of: "supervisord.conf")] + arguments)
        return outcome.replacing(folder.path + "/", with: "")
    }

    /// A `startinorder` line: its first and last program need no key, supervisord starts one of them, and one ends the line.
    private static let line = """
        [supervisord]
        [program:first]
        command=sleep
        priority=1
        autostart=false
        startinorder=true
        startnextafter=exited
        [program:auto]
        command=sleep
        priority=2
        [program:last]
        command=sleep
        autostart=false
        [program:behind]
        command=sleep
        autostart=false

        """

    @Test func ofALineItIsShownWhereItEnds() async throws {
        let outcome = try await plan(Self.line)
        #expect(
            outcome.output == """
                0  auto    by supervisord
                1  first   at once
                2  last    after first (exited)
                -  behind  by hand: autostart=false, and the startinorder line ends before it, at last

                """
        )
        #expect(
            outcome.errors.split(separator: "\n", maxSplits: 1).last.map { String($0) }
                == "supervisord.conf:11: warning: last has no startinorder=true, so the line ends with it; never started: behind [end-of-line]\n"
        )
        #expect(outcome.ending == .status(0))
        let json = try await plan(Self.line, "--format", "json")
        #expect(
            json.output.contains(
                #""dialect":"ordered","managed":true,"level":2,"priority":null,"after":[{"parent":"first","conditions":["exited"]"#
            ),
            "\(json.output)"
        )
        #expect(json.output.contains(#""dialect":null,"managed":false,"level":0,"priority":null,"after":[]"#))
        #expect(json.output.contains(#""order":["first","last"]"#))
        let mermaid = try await plan(Self.line, "--format", "mermaid")
        #expect(mermaid.output.contains(#"n0 -->|"exited"| n2"#), "\(mermaid.output)")
    }

    @Test func asTextEachProgramHasALine() async throws {
        let outcome = try await plan(Self.configuration)
        #expect(
            outcome.output == """
                0  database  by supervisord
                0  one       by supervisord
                0  two       by supervisord
                1  migrate   after database (started)
                1  cache     at once
                2  web       after database (running), migrate (completed or exited), cache (running, optional)
                3  last      after g:* (running), web:web_1 (running)
                -  tool      by hand: autostart=false, and no key that says when to start it

                """
        )
        #expect(outcome.errors.hasSuffix("set startsecs=0 for migrate [quick-end]\n"))
        #expect(outcome.ending == .status(0))
    }

    @Test func anErrorIsReportedAndTheRestIsShown() async throws {
        let outcome = try await plan(Self.cycle)
        #expect(
            outcome.output == """
                1  free  at once
                -  a     never: an error keeps it from starting; after b (running)
                -  b     never: an error keeps it from starting; after a (running)

                """
        )
        let message = "a dependency cycle, so none of these ever starts: a waits for b, b waits for a"
        #expect(outcome.errors == "supervisord.conf:9: error: \(message) [dependency-cycle]\n")
        #expect(outcome.ending == .status(65))
    }

    @Test func forMermaidEveryProgramIsANode() async throws {
        let outcome = try await plan(Self.configuration, "--format", "mermaid")
        #expect(
            outcome.output == """
                flowchart LR
                    n0["database"]
                    n1["web"]
                    n2["migrate"]
                    n3["cache"]
                    n4["tool"]
                    n5["last"]
                    n6["one"]
                    n7["two"]
                    n8(["g:*"])
                    n6 --- n8
                    n7 --- n8
                    n0 -->|"running"| n1
                    n2 -->|"completed or exited"| n1
                    n3 -.->|"running, optional"| n1
                    n0 -->|"started"| n2
                    n8 -->|"running"| n5
                    n1 -->|"web:web_1 running"| n5

                """
        )
    }

    @Test func forGraphvizEveryProgramIsANode() async throws {
        let outcome = try await plan(Self.cycle, "--format=dot")
        #expect(
            outcome.output == """
                digraph startup {
                    rankdir=LR;
                    node [shape=box];
                    "free" [label="free"];
                    "a" [label="a", color=red];
                    "b" [label="b", color=red];
                    "b" -> "a" [label="running"];
                    "a" -> "b" [label="running"];
                }

                """
        )
        #expect(outcome.ending == .status(65))
    }

    @Test func namesCannotBreakOutOfAPicture() async throws {
        let configuration = """
            [supervisord]
            [program:a"]#;&<b>`\\]
            command=sleep

            """
        let mermaid = try await plan(configuration, "--format", "mermaid")
        #expect(
            mermaid.output == """
                flowchart LR
                    n0["a#34;]#35;#59;#38;#60;b#62;#96;#92;"]

                """
        )
        let dot = try await plan(configuration, "--format", "dot")
        #expect(dot.output.contains(#"    "a\"]#;&<b>`\\" [label="a\"]#;&amp;<b>`\\"];"#), "\(dot.output)")
        let json = try await plan(configuration, "--format", "json")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: [[String: Any]]]
        )
        #expect(object["programs"]?.first?["name"] as? String == "a\"]#;&<b>`\\")
    }

    @Test func asJSONEveryKeyIsThereInItsOrder() async throws {
        let outcome = try await plan(Self.cycle, "--format", "json")
        let message = "a dependency cycle, so none of these ever starts: a waits for b, b waits for a"
        #expect(
            outcome.output.filter { $0 != "\n" }
                == #"{"programs":["#
                + Self.program("free", line: 2, level: "1", after: "") + ","
                + Self.program("a", line: 6, level: "null", after: Self.running("b")) + ","
                + Self.program("b", line: 10, level: "null", after: Self.running("a"))
                + #"],"order":["free"],"problems":["#
                + #"{"file":"supervisord.conf","line":9,"severity":"error","message":"\#(message)"}]}"#
        )
    }

    private static func program(_ name: String, line: Int, level: String, after: String) -> String {
        #"{"name":"\#(name)","group":"\#(name)","processes":["\#(name)"],"file":"supervisord.conf","line":\#(line),"#
            + #""dialect":"listenerd","managed":true,"level":\#(level),"priority":null,"after":[\#(after)],"gates":[],"#
            + #""ready_timeout":null}"#
    }

    private static func running(_ name: String) -> String {
        #"{"parent":"\#(name)","conditions":["running"],"optional":false}"#
    }

    private static let gates = """
        [supervisord]
        [program:db]
        command=sleep
        ready=tcp://127.0.0.1:5432
          exec:pg_isready -h "a<b"
        ready_timeout=30
        [program:web]
        command=sleep
        autostart=false
        startafter=db
        ready=notify
        ready_timeout=2.5
        [program:hand]
        command=sleep
        autostart=false
        ready=log:up
        [program:worker]
        command=sleep
        numprocs=2
        process_name=%(process_num)d
        ready=tcp://127.0.0.1:80%(process_num)02d
          notify
        [program:wrong]
        command=sleep
        ready=tpc://x:1

        """

    @Test func asTextItIsSaidWhenAProgramIsReady() async throws {
        let outcome = try await plan(Self.gates)
        let byHand = "by hand: autostart=false, and no key that says when to start it"
        #expect(
            outcome.output == """
                0  db      by supervisord; ready when tcp://127.0.0.1:5432 and exec:pg_isready -h "a<b", within 30 s
                0  worker  by supervisord; ready when tcp://127.0.0.1:8000 and notify (each process has its own)
                0  wrong   by supervisord; ready when tpc://x:1 (cannot be read)
                1  web     after db (running); ready when notify, within 2.5 s
                -  hand    \(byHand); ready when log:up

                """
        )
        #expect(outcome.ending == .status(65))
    }

    @Test func inPicturesItStandsAtTheName() async throws {
        let mermaid = try await plan(Self.gates, "--format", "mermaid")
        let command = "exec:pg_isready -h #34;a#60;b#34;"
        #expect(
            mermaid.output.contains(#"n0["db: ready when tcp://127.0.0.1:5432 and \#(command), within 30 s"]"#),
            "\(mermaid.output)"
        )
        let dot = try await plan(Self.gates, "--format", "dot")
        #expect(dot.output.contains(#"    "web" [label="web: ready when notify, within 2.5 s"];"#), "\(dot.output)")
        #expect(dot.output.contains(#"    "db" -> "web" [label="running"];"#))
    }

    @Test func asJSONGatesAreListed() async throws {
        let output = try await plan(Self.gates, "--format", "json").output
        let lines = [
            #""gates":["tcp://127.0.0.1:5432","exec:pg_isready -h \"a<b\""],"ready_timeout":30}"#,
            #""gates":["notify"],"ready_timeout":2.5}"#, #""gates":["log:up"],"ready_timeout":null}"#,
            #""gates":["tcp://127.0.0.1:8000","notify","tcp://127.0.0.1:8001"],"ready_timeout":null}"#,
            #""gates":["tpc://x:1"],"ready_timeout":null}"#,
        ]
        for line in lines {
            #expect(output.contains(line), "\(output)")
        }
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(output.utf8)) }
    }

    @Test func asJSONEverythingIsNamedAsSupervisorctlDoes() async throws {
        let outcome = try await plan(Self.configuration, "--format", "json")
        #expect(outcome.output.contains(#""processes":["web:web_0","web:web_1"]"#))
        #expect(outcome.output.contains(#"{"parent":"cache","conditions":["running"],"optional":true}"#))
        #expect(outcome.output.contains(#""dialect":null,"managed":false,"level":0,"priority":null"#))
        #expect(outcome.output.contains(#""order":["migrate","cache","web","last"]"#))
    }
}
