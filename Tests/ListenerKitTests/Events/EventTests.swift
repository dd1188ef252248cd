import Testing

@testable import ListenerKit

/// Each event as a running supervisord sends it, and what becomes of it.
@Suite struct EventTests {
    private static func header(_ name: String) -> EventHeader {
        EventHeader(name: name, serial: 1, poolSerial: 1)
    }

    private static func read(_ name: String, _ payload: String) throws -> Event {
        try Event(Message(header: header(name), payload: Array(payload.utf8)[...]))
    }

    private static func state(
        _ name: String,
        _ process: String,
        _ group: String,
        from previous: ProcessState,
        _ transition: ProcessStateEvent.Transition
    ) -> Event {
        .processState(
            ProcessStateEvent(
                header: header("PROCESS_STATE_\(name)"),
                process: ProcessName(group: group, process: process),
                previous: previous,
                transition: transition
            )
        )
    }

    private static let changes: [(event: Event, payload: String)] = [
        (
            state("STARTING", "cat", "cat", from: .stopped, .starting(tries: 0)),
            "processname:cat groupname:cat from_state:STOPPED tries:0"
        ),
        (
            state("RUNNING", "quick0", "quick0", from: .starting, .running(pid: 9844)),
            "processname:quick0 groupname:quick0 from_state:STARTING pid:9844"
        ),
        (
            state("BACKOFF", "fatal", "fatal", from: .starting, .backoff(tries: 3)),
            "processname:fatal groupname:fatal from_state:STARTING tries:3"
        ),
        (
            state("FATAL", "nocmd", "nocmd", from: .backoff, .fatal),
            "processname:nocmd groupname:nocmd from_state:BACKOFF"
        ),
        (
            state("EXITED", "runexit", "runexit", from: .running, .exited(expected: false, pid: 9846)),
            "processname:runexit groupname:runexit from_state:RUNNING expected:0 pid:9846"
        ),
        (
            state("EXITED", "web_0", "web", from: .running, .exited(expected: true, pid: 1)),
            "processname:web_0 groupname:web from_state:RUNNING expected:1 pid:1"
        ),
        (
            state("STOPPING", "off", "off", from: .running, .stopping(pid: 10520)),
            "processname:off groupname:off from_state:RUNNING pid:10520"
        ),
        (
            state("STOPPED", "off", "off", from: .stopping, .stopped(pid: 10520)),
            "processname:off groupname:off from_state:STOPPING pid:10520"
        ),
        (
            state("STOPPED", "off", "off", from: .backoff, .stopped(pid: 0)),
            "processname:off groupname:off from_state:BACKOFF pid:0"
        ),
        (
            state("UNKNOWN", "off", "off", from: .stopping, .unknown),
            "processname:off groupname:off from_state:STOPPING"
        ),
        (
            state("FATAL", "a b:c d", "n", from: .backoff, .fatal),
            "processname:a b:c d groupname:n from_state:BACKOFF"
        ),
        (
            state("RUNNING", "x\ny\tz", "nl", from: .starting, .running(pid: 1)),
            "processname:x\ny\tz groupname:nl from_state:STARTING pid:1"
        ),
        (
            state("STARTING", "née", "née", from: .stopped, .starting(tries: 0)),
            "processname:née groupname:née from_state:STOPPED tries:0"
        ),
        (
            state("STARTING", "", "", from: .unknown, .starting(tries: 0)),
            "processname: groupname: from_state:ASLEEP tries:0"
        ),
        (
            state("EXITED", "a", "g", from: .running, .exited(expected: true, pid: 2)),
            "pid:2 groupname:g expected:1 from_state:RUNNING new:1 processname:a"
        ),
    ]

    @Test(arguments: changes)
    func changesOfStateHaveTheirOwnValues(event: Event, payload: String) throws {
        let read = try Self.read(event.header.name, payload)
        #expect(read == event)
        #expect(read.header == event.header)
        if case .processState(let change) = read {
            #expect(change.header.name == "PROCESS_STATE_\(change.state.name)")
        }
    }

    private static let output = [
        "a line\n",
        "",
        "\n",
        "no end",
        "two\nlines\n",
        "half é done\n",
        "\u{0}\t\r\u{1B}[31m",
        "Undecodable: b'caf\\xc3\\xa9 \\xff\\xfe bytes\\n'",
        "processname:x groupname:y pid:1 channel:stderr\nfake",
    ]

    @Test(arguments: [OutputChannel.stdout, .stderr], output)
    func outputIsKeptAsItCame(channel: OutputChannel, data: String) throws {
        let header = Self.header("PROCESS_LOG_\(channel.rawValue.uppercased())")
        let payload = "processname:a b:c groupname:g\nh pid:9842 channel:\(channel.rawValue)\n\(data)"
        let process = ProcessName(group: "g\nh", process: "a b:c")
        #expect(
            try Self.read(header.name, payload)
                == .processLog(
                    ProcessLogEvent(header: header, process: process, pid: 9842, channel: channel, data: data)
                )
        )
    }

    @Test(arguments: [OutputChannel.stdout, .stderr], output)
    func communicationBetweenTagsIsKeptUnchanged(channel: OutputChannel, data: String) throws {
        let header = Self.header("PROCESS_COMMUNICATION_\(channel.rawValue.uppercased())")
        let payload = "processname:a b:c groupname:g\nh pid:9842\n\(data)"
        let process = ProcessName(group: "g\nh", process: "a b:c")
        #expect(
            try Self.read(header.name, payload)
                == .processCommunication(
                    ProcessCommunicationEvent(header: header, process: process, pid: 9842, channel: channel, data: data)
                )
        )
    }

    @Test(arguments: [
        ("type:t\ndata", "t", "data"),
        ("type:t\nx:y\n", "t", "x:y\n"),
        ("type:\n", "", ""),
        ("type:1\n{'a': 2}", "1", "{'a': 2}"),
        ("type:a type: b:c\ttype\n\n\n", "a type: b:c\ttype", "\n\n"),
        ("type:é\n😀", "é", "😀"),
    ])
    func remoteMessagesHaveAnyTypeAndAnyData(payload: String, type: String, data: String) throws {
        let header = Self.header("REMOTE_COMMUNICATION")
        #expect(
            try Self.read(header.name, payload)
                == .remoteCommunication(RemoteCommunicationEvent(header: header, type: type, data: data))
        )
    }

    @Test(
        arguments: [
            ("SUPERVISOR_STATE_CHANGE_RUNNING", .running), ("SUPERVISOR_STATE_CHANGE_STOPPING", .stopping),
        ] as [(String, SupervisorStateEvent.State)]
    )
    func supervisordsOwnStateHasNoPayload(name: String, state: SupervisorStateEvent.State) throws {
        let event = Event.supervisorState(SupervisorStateEvent(header: Self.header(name), state: state))
        #expect(try Self.read(name, "") == event)
        #expect(try Self.read(name, "whatever") == event)
    }

    @Test(
        arguments: [
            ("TICK_5", .fiveSeconds, 1_795_237_445), ("TICK_60", .minute, 1_795_237_440), ("TICK_3600", .hour, 0),
        ] as [(String, TickEvent.Period, Int)]
    )
    func ticksSayWhen(name: String, period: TickEvent.Period, when: Int) throws {
        let event = TickEvent(header: Self.header(name), period: period, when: Timestamp(seconds: when))
        #expect(try Self.read(name, "when:\(when)") == .tick(event))
        #expect(name == "TICK_\(period.rawValue)")
    }

    @Test(arguments: ["cat", " sp", "a b:c", "x\ny", "née", ""])
    func groupsAreNamedWithANewlineAfterThem(group: String) throws {
        for (name, change) in [("ADDED", ProcessGroupEvent.Change.added), ("REMOVED", .removed)] {
            let header = Self.header("PROCESS_GROUP_\(name)")
            let event = Event.processGroup(ProcessGroupEvent(header: header, group: group, change: change))
            #expect(try Self.read(header.name, "groupname:\(group)\n") == event)
            #expect(try Self.read(header.name, "groupname:\(group)") == event)
        }
    }

    @Test(arguments: ["None", "PLUGIN_EVENT", "EVENT", "TICK", "PROCESS_STATE", "process_state_running", ""])
    func otherEventsKeepTheirPayload(name: String) throws {
        let header = Self.header(name)
        #expect(try Self.read(name, "any é\n") == .other(OtherEvent(header: header, payload: "any é\n")))
    }

    private static let damaged: [(name: String, payload: String, error: PayloadError)] = [
        ("PROCESS_STATE_RUNNING", "", .missing("groupname")),
        ("PROCESS_STATE_RUNNING", "groupname:a from_state:STARTING pid:1", .missing("processname")),
        ("PROCESS_STATE_RUNNING", "processname:a from_state:STARTING pid:1", .missing("groupname")),
        ("PROCESS_STATE_RUNNING", "processname:a groupname:a pid:1", .missing("from_state")),
        ("PROCESS_STATE_RUNNING", "processname:a groupname:a from_state:STARTING", .missing("pid")),
        ("PROCESS_STATE_RUNNING", "processname:a groupname:a from_state:STARTING pid:x", .notANumber("pid", "x")),
        ("PROCESS_STATE_STARTING", "processname:a groupname:a from_state:STOPPED", .missing("tries")),
        ("PROCESS_STATE_BACKOFF", "processname:a groupname:a from_state:STARTING tries:", .notANumber("tries", "")),
        ("PROCESS_STATE_EXITED", "processname:a groupname:a from_state:RUNNING pid:1", .missing("expected")),
        (
            "PROCESS_STATE_EXITED", "processname:a groupname:a from_state:RUNNING expected:no pid:1",
            .notANumber("expected", "no")
        ),
        ("PROCESS_STATE_FATAL", "processname", .missing("groupname")),
        ("PROCESS_LOG_STDOUT", "", .missing("newline")),
        ("PROCESS_LOG_STDOUT", "processname:a groupname:a pid:1 channel:stdout", .missing("newline")),
        ("PROCESS_LOG_STDERR", "processname:a groupname:a channel:stderr\nx", .missing("pid")),
        ("PROCESS_LOG_STDERR", "\n", .missing("groupname")),
        ("PROCESS_COMMUNICATION_STDOUT", "processname:a groupname:a\nx", .missing("pid")),
        (
            "PROCESS_COMMUNICATION_STDERR", "processname:a groupname:a pid:99999999999999999999\nx",
            .notANumber("pid", "99999999999999999999")
        ),
        ("REMOTE_COMMUNICATION", "", .missing("type")),
        ("REMOTE_COMMUNICATION", "kind:x\ny", .missing("type")),
        ("REMOTE_COMMUNICATION", "type:x", .missing("newline")),
        ("TICK_5", "", .missing("when")),
        ("TICK_60", "when:", .notANumber("when", "")),
        ("TICK_3600", "when:1.5", .notANumber("when", "1.5")),
        ("PROCESS_GROUP_ADDED", "", .missing("groupname")),
        ("PROCESS_GROUP_REMOVED", "cat\n", .missing("groupname")),
    ]

    @Test(arguments: damaged)
    func aDamagedPayloadIsAnErrorThatSaysWhatIsWrong(name: String, payload: String, error: PayloadError) {
        #expect(throws: error) {
            try Self.read(name, payload)
        }
    }

    /// Each piece is read as an event of its kind, or what it lacks is named truly.
    @Test(arguments: EventKind.allCases)
    func aPayloadMayBreakOffAnywhere(kind: EventKind) {
        // A newline in a name may be taken for the one before free text.
        let changes = Self.changes.map { $0.payload }.filter { !$0.contains("\n") }
        for payload in changes + ["type:a\nb", "when:5", "groupname:a\n"] {
            for index in payload.indices {
                expectEventOrTrueError(kind, String(payload[..<index]))
                expectEventOrTrueError(kind, String(payload[index...]))
            }
        }
    }

    private func expectEventOrTrueError(_ kind: EventKind, _ payload: String) {
        let message = Message(header: Self.header(kind.rawValue), payload: Array(payload.utf8)[...])
        switch Result(catching: { () throws(PayloadError) in try Event(message) }) {
        case .success(let event):
            #expect(event.header == message.header)
            #expect(Categories(of: .event(event)) == Self.categories(of: kind), "\(kind) \(payload)")
        case .failure(.missing("newline")):
            #expect(!payload.contains("\n"), "\(kind) \(payload)")
        case .failure(.missing(let key)):
            #expect(!" \(payload)".contains(" \(key):"), "\(kind) \(payload)")
        case .failure(.notANumber(let key, let word)):
            #expect(" \(payload)".contains(" \(key):\(word)"), "\(kind) \(payload)")
            #expect(Int(word) == nil, "\(kind) \(payload)")
        }
    }

    /// What an event of a kind is given to, where the name of a category is one of an event that supervisord does not have.
    private static func categories(of kind: EventKind) -> Categories {
        let members: [(EventKind, Categories)] = [
            (.processState, .processState), (.processLog, .processLog), (.tick, .tick),
            (.processCommunication, .processCommunication), (.processGroup, .processGroup),
            (.supervisorStateChange, .supervisorState),
        ]
        let category = members.first { $0.0 != kind && $0.0.includes(kind) }?.1 ?? []
        return category.union(.everyEvent).union(kind == .remoteCommunication ? .remoteCommunication : [])
    }
}
