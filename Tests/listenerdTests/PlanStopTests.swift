import ExecutableTesting
import Foundation
import Testing

/// What `listenerd plan --stop` prints.
@Suite struct PlanStopTests {
    private static let configuration = """
        [supervisord]
        [program:database]
        command=sleep
        stopwaitsecs=20
        [program:web]
        command=sleep
        autostart=false
        startafter=database
        stopwaitsecs=10
        numprocs=2
        process_name=%(program_name)s_%(process_num)d
        [program:worker]
        command=sleep
        autostart=false
        startafter=database
        stopwaitsecs=60
        [program:quick]
        command=sleep
        stopwaitsecs=0
        [eventlistener:order]
        command=listenerd --ordered-startup
        events=PROCESS_STATE
        stopwaitsecs=2

        """

    private func plan(
        _ configuration: String,
        _ arguments: String...,
        variables: [String: String] = [:]
    ) async throws
        -> Outcome
    {
        let folder = try TestFolder()
        try folder.write(configuration, to: "supervisord.conf")
        return try await Outcome(
            of: ["plan", "--stop", "-c", folder.path(of: "supervisord.conf")] + arguments,
            environment: ["LC_ALL": "C.UTF-8", "COLUMNS": "64"].merging(variables) { $1 }
        )
    }

    @Test func asTextEachProgramHasALineAndABar() async throws {
        let outcome = try await plan(Self.configuration)
        #expect(
            outcome.output == """
                wave  at most    program
                   1     60 s  * worker            ████████████████████
                   1     10 s    web               ███
                   1      0 s    quick
                   2     20 s  * database                              ███████
                   3      2 s  * order (listener)                             █

                at most 82 s with 'listenerd supervise --ordered-startup': worker 60 s, database 20 s and order 2 s
                at most 92 s by supervisord alone, one group after the other: worker 60 s, database 20 s, web 10 s and order 2 s

                """
        )
        #expect(outcome.ending == .status(0))
    }

    @Test func withoutUnicodeItIsAsGood() async throws {
        let outcome = try await plan(Self.configuration, variables: ["LC_ALL": "C", "COLUMNS": "10"])
        #expect(
            outcome.output.hasPrefix(
                """
                wave  at most    program
                   1     60 s  * worker    ###############
                   1     10 s    web       ##
                   1      0 s    quick
                   2     20 s  * database                 #####
                   3      2 s  * order (~                     #

                """
            ),
            "\(outcome.output)"
        )
    }

    @Test(arguments: [
        ("[supervisord]\n", "at most 0 s with", "at most 0 s by supervisord alone, one group after the other\n"),
        (
            "[supervisord]\n[program:a]\ncommand=x\nstopwaitsecs=0\n",
            "wave  at most    program\n   1      0 s  * a\n\nat most 0 s", "other\n"
        ),
    ])
    func nothingToStopIsNoTable(configuration: String, beginning: String, end: String) async throws {
        let outcome = try await plan(configuration)
        #expect(outcome.output.hasPrefix(beginning) && outcome.output.hasSuffix(end), "\(outcome.output)")
    }

    @Test func asJSONEachWaveHasALine() async throws {
        let outcome = try await plan(Self.configuration, "--format", "json")
        #expect(
            outcome.output == """
                {"waves":[
                [{"name":"worker","seconds":60},{"name":"web","seconds":10},{"name":"quick","seconds":0}],
                [{"name":"database","seconds":20}],
                [{"name":"order","seconds":2}]],
                "seconds":82,"supervisord_seconds":92}

                """
        )
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) }
        #expect(
            try await plan("[supervisord]\n", "--format=json").output
                == "{\"waves\":[],\n\"seconds\":0,\"supervisord_seconds\":0}\n"
        )
    }

    @Test func forMermaidTheLongestChainIsThick() async throws {
        let outcome = try await plan(Self.configuration, "--format", "mermaid")
        #expect(
            outcome.output == """
                ---
                title: "stop: at most 82 s in order, 92 s by supervisord alone"
                ---
                flowchart LR
                    n0["worker: 60 s"]:::longest
                    n1["web: 10 s"]
                    n2["database: 20 s"]:::longest
                    n3["quick: 0 s"]
                    n4((""))
                    n5(["order: 2 s"]):::longest
                    n0 --> n2
                    n1 --> n2
                    n2 --> n4
                    n3 --> n4
                    n4 --> n5
                    classDef longest stroke-width:4px

                """
        )
    }

    @Test func forGraphvizTheLongestChainIsThick() async throws {
        let outcome = try await plan(Self.configuration, "--format", "dot")
        #expect(
            outcome.output == """
                digraph stop {
                    rankdir=LR;
                    node [shape=box];
                    label="stop: at most 82 s in order, 92 s by supervisord alone";
                    "0" [label="worker: 60 s", penwidth=3];
                    "1" [label="web: 10 s"];
                    "2" [label="database: 20 s", penwidth=3];
                    "3" [label="quick: 0 s"];
                    "4" [label="", shape=point];
                    "5" [label="order: 2 s", shape=oval, penwidth=3];
                    "0" -> "2";
                    "1" -> "2";
                    "2" -> "4";
                    "3" -> "4";
                    "4" -> "5";
                }

                """
        )
    }

    @Test func anErrorIsReportedAndTheRestIsShown() async throws {
        let cycle = "[supervisord]\n[program:a]\ncommand=x\nstartafter=a\nautostart=false\n[program:b]\ncommand=x\n"
        let outcome = try await plan(cycle)
        #expect(outcome.output.contains("   1     10 s  * a  █"), "\(outcome.output)")
        #expect(outcome.errors.contains("[dependency-cycle]"))
        #expect(outcome.ending == .status(65))
    }

    @Test func aNameCannotForgeALine() async throws {
        let outcome = try await plan("[supervisord]\n[program:a\u{202E}b\u{7F}]\ncommand=x\n")
        #expect(!outcome.output.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{7F}" }, "\(outcome.output)")
        #expect(outcome.output.split(separator: "\n").count == 4)
    }

    @Test func aLogHasNoStop() async throws {
        let outcome = try await Outcome(of: ["plan", "--log", "/none", "--stop"])
        #expect(
            outcome.errors.hasPrefix("listenerd: Error: '--stop' cannot be combined with '--log'\n"),
            "\(outcome.errors)"
        )
        #expect(outcome.ending == .status(64))
    }

    @Test func manyProgramsAreCounted() async throws {
        let programs = (0..<12).map { index in
            let start = index > 0 ? "autostart=false\nstartafter=p\(index - 1)\n" : ""
            return "[program:p\(index)]\ncommand=x\nstopwaitsecs=1\n\(start)"
        }
        let outcome = try await plan("[supervisord]\n\(programs.joined())")
        #expect(outcome.output.contains("\n  10      1 s  * p2 "), "\(outcome.output)")
        #expect(outcome.output.contains("--ordered-startup': p11 1 s, p10 1 s, p9 1 s, p8 1 s, p7 1 s and 7 more\n"))
    }
}
