import ListenerKit
import Testing

@Suite struct ProcessInformationTests {
    private let complete: [String: XMLRPCValue] = [
        "name": "web_0", "group": "web", "start": 10, "stop": 9, "now": 20, "state": 20, "statename": "RUNNING",
        "spawnerr": "no such file", "exitstatus": 3, "logfile": "/out", "stdout_logfile": "/out",
        "stderr_logfile": "/err", "pid": 12, "description": "pid 12, uptime 0:00:10",
    ]

    @Test func everyMemberIsRead() {
        let expected = ProcessInformation(
            name: ProcessName(group: "web", process: "web_0"),
            state: .running,
            startTime: Timestamp(seconds: 10),
            stopTime: Timestamp(seconds: 9),
            now: Timestamp(seconds: 20),
            exitStatus: 3,
            spawnError: "no such file",
            pid: 12,
            description: "pid 12, uptime 0:00:10",
            standardOutputLog: "/out",
            standardErrorLog: "/err"
        )
        #expect(ProcessInformation(.struct(complete)) == expected)
    }

    @Test func zeroAndNothingCountAsUnknown() throws {
        let empty = complete.mapValues { $0.int == nil ? XMLRPCValue.string("") : 0 }
        let absent = empty.merging(["name": "a", "state": 0]) { $1 }
        let expected = ProcessInformation(name: ProcessName(group: "a", process: "a"), state: .stopped)
        #expect(ProcessInformation(.struct(absent)) == expected)
    }

    @Test func onlyTheNameIsNeeded() {
        let unknown = ProcessInformation(name: ProcessName(group: "a", process: "a"), state: .unknown)
        #expect(ProcessInformation(["name": "a"]) == unknown)
        let wrong = Dictionary(uniqueKeysWithValues: complete.keys.map { ($0, XMLRPCValue.array([])) })
        #expect(ProcessInformation(.struct(wrong.merging(["name": "a"]) { $1 })) == unknown)
        #expect(ProcessInformation([:]) == nil)
        #expect(ProcessInformation(["name": 1]) == nil)
        #expect(ProcessInformation("a") == nil)
    }

    @Test(arguments: [
        (XMLRPCValue.int(200), XMLRPCValue.string("RUNNING"), ProcessState.fatal), (12, "BACKOFF", .backoff),
        ("x", "EXITED", .exited), (12, "x", .unknown), (-1, 3, .unknown),
    ])
    func theStateIsReadFromItsCodeOrElseFromItsName(code: XMLRPCValue, name: XMLRPCValue, state: ProcessState) {
        #expect(ProcessInformation(["name": "a", "state": code, "statename": name])?.state == state)
    }
}
