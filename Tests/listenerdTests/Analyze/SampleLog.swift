import ListenerKit
import Testing

@testable import Handlers
@testable import listenerd

/// A JSON log that a test writes, line by line.
struct SampleLog {
    /// The lines.
    private(set) var lines: [String] = []
    private var states: [String: ProcessState] = [:]
    /// supervisord's number of the next event.
    var serial = 0
    /// The number in the listener's pool of the next event.
    var poolSerial = 0

    /// Adds the first entry of a listener with ordered startup.
    ///
    /// - Parameters:
    ///   - configuration: The sections of the programs.
    ///   - time: When it begins, in seconds.
    ///   - pid: The pid of the listener.
    /// - Throws: ``ConfigurationError``.
    mutating func begin(_ configuration: String, at time: Double = 0, pid: Int = 7) throws {
        let inputs = ConfigurationInputs.globbing(["s.conf": "[supervisord]\n" + configuration])
        let plan = StartupPlan(try SupervisorConfiguration(path: "s.conf", inputs))
        var json = JSONText()
        json.object { json in
            json.key("handler")
            json.string("ordered-startup")
            json.key("pid")
            json.number(pid)
            json.key("plan")
            plan.write(to: &json)
        }
        add("LISTENERD_BEGIN", at: time, #","details":\#(String(decoding: json.bytes, as: UTF8.self))"#)
    }

    /// Adds a line.
    ///
    /// - Parameters:
    ///   - event: The name of its event.
    ///   - time: When it is, in seconds.
    ///   - members: What follows in the object.
    mutating func add(_ event: String, at time: Double, _ members: String = "") {
        let time = Timestamp(nanoseconds: 1_795_000_000_000_000_000 + Int64((time * 1000).rounded()) * 1_000_000)
        lines.append(#"{"time":"\#(time)","event":"\#(event)"\#(members)}"#)
    }

    /// Adds an event: a process enters a state.
    mutating func enter(_ state: ProcessState, _ process: String, at time: Double, _ members: String = "") {
        let name = ProcessName(process) ?? ProcessName(group: "?", process: "?")
        let previous = states[process] ?? .stopped
        states[process] = state
        add(
            "PROCESS_STATE_\(state.name)",
            at: time,
            #","server":"s","pool":"listenerd","serial":\#(serial),"poolserial":\#(poolSerial),"#
                + #""process":"\#(name.process)","group":"\#(name.group)","from":"\#(previous.name)"\#(members)"#
        )
        serial += 1
        poolSerial += 1
    }

    /// Adds a start: STARTING, and RUNNING if that is reached.
    mutating func start(_ process: String, at time: Double, runningAt running: Double? = nil) {
        enter(.starting, process, at: time, #","tries":0"#)
        if let running {
            enter(.running, process, at: running, #","pid":9"#)
        }
    }

    /// Adds an exit.
    mutating func exit(_ process: String, at time: Double, expected: Bool = true, status: Int = 0) {
        enter(.exited, process, at: time, #","pid":9,"expected":\#(expected),"exitstatus":\#(status)"#)
    }

    /// Adds that the gates of a process have passed.
    mutating func becomeReady(_ process: String, at time: Double) {
        let name = ProcessName(process) ?? ProcessName(group: "?", process: "?")
        add("LISTENERD_READY", at: time, #","process":"\#(name.process)","group":"\#(name.group)""#)
    }

    /// Adds a snapshot.
    mutating func snapshot(_ processes: [(name: String, state: ProcessState)], at time: Double) {
        let objects = processes.map { process in
            #"{"process":"\#(process.name)","group":"\#(process.name)","state":"\#(process.state.name)"}"#
        }
        add(
            "LISTENERD_SNAPSHOT",
            at: time,
            #","details":{"number":1,"processes":[\#(objects.joined(separator: ","))]}"#
        )
    }

    /// The runs that are found in it.
    var runs: [StartupRun] {
        var envelopes = LogEnvelopes()
        var runs = StartupRuns()
        for line in lines {
            if let logged = envelopes.object(in: Array(line.utf8)[...]).flatMap({ LoggedLine($0) }) {
                runs.add(logged)
            }
        }
        runs.finish()
        return runs.all
    }

    /// The last startup.
    var startup: MeasuredStartup {
        get throws { MeasuredStartup(try #require(runs.last)) }
    }

    /// The text.
    var text: String { lines.map { $0 + "\n" }.joined() }

    /// Returns the section of a program that ordered startup starts.
    static func program(_ name: String, after parents: String = "", _ keys: String...) -> String {
        """
        [program:\(name)]
        command=sleep
        autostart=false
        startafter=\(parents)
        \(keys.joined(separator: "\n"))

        """
    }
}
