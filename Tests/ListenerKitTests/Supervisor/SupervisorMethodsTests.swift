import ListenerKit
import Testing

/// What each method sends, and how it reads the reply.
@Suite(.timeLimit(.minutes(10))) struct SupervisorMethodsTests {
    private typealias Call = @Sendable (Supervisor) async throws -> String

    /// Makes one call to a server that answers with this value.
    private func exchange(
        _ value: String,
        _ call: (Supervisor) async throws -> String
    ) async throws -> (request: MethodCall, result: String) {
        let server = try ScriptedServer { connection in
            connection.readRequest()
            connection.send(Replies.http(Replies.document(value)))
        }
        let result = try await call(Supervisor(endpoint: server.endpoint, timeout: .seconds(600)))
        return (try #require(server.requests.first.flatMap(MethodCall.init(request:))), result)
    }

    @Test(arguments: [
        (
            "state", "getState", "<struct><member><name>statecode</name><value><int>1</int></value></member></struct>",
            "running"
        ),
        ("pid", "getPID", "<int>7</int>", "7"),
        ("apiVersion", "getAPIVersion", "3.0", "3.0"),
        ("supervisorVersion", "getSupervisorVersion", "4.3.0", "4.3.0"),
        ("identification", "getIdentification", "supervisor", "supervisor"),
        (
            "reloadConfig", "reloadConfig",
            Replies.array([Replies.array(["a", "b", "c"].map { Replies.array([$0]) })]), "+a ~b -c"
        ),
        ("allProcessInfo", "getAllProcessInfo", Replies.array([Replies.process("a")]), "grp:a"),
    ])
    func questionsWithoutParameters(call: String, method: String, reply: String, expected: String) async throws {
        let (request, result) = try await exchange(reply) { supervisor in
            switch call {
            case "state": "\(try await supervisor.state())"
            case "pid": "\(try await supervisor.pid())"
            case "apiVersion": try await supervisor.apiVersion()
            case "supervisorVersion": try await supervisor.supervisorVersion()
            case "identification": try await supervisor.identification()
            case "allProcessInfo": try await supervisor.allProcessInfo().map(\.name.description).joined()
            default: try await supervisor.reloadConfig().text
            }
        }
        #expect(request == MethodCall("supervisor.\(method)"))
        #expect(result == expected)
    }

    @Test func ordersSendTheirParameters() async throws {
        let process = ProcessName(group: "grp", process: "a")
        let orders: [(String, [XMLRPCValue], Call)] = [
            ("startProcess", ["grp:a", true], { "\(try await $0.startProcess("grp:a"))" }),
            ("startProcess", ["grp:a", false], { "\(try await $0.startProcess(process, wait: false))" }),
            ("stopProcess", ["grp:*", false], { "\(try await $0.stopProcess("grp:*", wait: false))" }),
            ("stopProcess", ["grp:a", true], { "\(try await $0.stopProcess(process))" }),
            ("startProcessGroup", ["grp", true], { "\(try await $0.startProcessGroup("grp"))" }),
            ("stopProcessGroup", ["grp", false], { "\(try await $0.stopProcessGroup("grp", wait: false))" }),
            ("signalProcess", ["a", "1"], { "\(try await $0.signalProcess("a", .hangUp))" }),
            ("signalProcess", ["grp:a", "10"], { "\(try await $0.signalProcess(process, .user1))" }),
            ("sendProcessStdin", ["a", "x\r\n"], { "\(try await $0.sendProcessStdin("a", "x\r\n"))" }),
            ("sendProcessStdin", ["grp:a", "x"], { "\(try await $0.sendProcessStdin(process, "x"))" }),
            ("shutdown", [], { "\(try await $0.shutdown())" }),
            ("restart", [], { "\(try await $0.restart())" }),
            ("sendRemoteCommEvent", ["t", "d"], { "\(try await $0.sendRemoteCommEvent(type: "t", data: "d"))" }),
            ("addProcessGroup", ["grp"], { "\(try await $0.addProcessGroup("grp"))" }),
            ("removeProcessGroup", ["grp"], { "\(try await $0.removeProcessGroup("grp"))" }),
        ]
        for (method, parameters, call) in orders {
            let (request, result) = try await exchange("<boolean>1</boolean>", call)
            #expect(request == MethodCall("supervisor.\(method)", parameters))
            #expect(["()", "[]"].contains(result))
        }
    }

    @Test func aGroupIsAnsweredProcessByProcess() async throws {
        let one = Replies.result("a", 80, "OK")
        let other = Replies.result("b", 50, "SPAWN_ERROR: grp:b")
        let server = try ScriptedServer { connection in
            connection.readRequest()
            connection.send(Replies.http(Replies.document(Replies.array([one, other, "rubbish"]))))
        }
        let results = try await Supervisor(endpoint: server.endpoint).startProcess("grp:*", within: .seconds(600))
        let expected = [
            ProcessResult(name: ProcessName(group: "grp", process: "a")),
            ProcessResult(name: ProcessName(group: "grp", process: "b"), fault: Fault(.spawnError, "grp:b")),
        ]
        #expect(results == expected)
    }

    @Test func severalCallsAreAnsweredOneByOne() async throws {
        let fault = """
            <struct><member><name>faultCode</name><value><int>10</int></value></member>
            <member><name>faultString</name><value>BAD_NAME</value></member></struct>
            """
        let calls = [MethodCall("supervisor.getPID"), MethodCall("supervisor.startProcess", ["zz", false])]
        let reply = Replies.array(["<int>7</int>", fault])
        let (request, result) = try await exchange(reply) { supervisor in
            let results = try await supervisor.multicall(calls)
            #expect(results == [.success(7), .failure(Fault(.badName))])
            return ""
        }
        let parameters: XMLRPCValue = [
            ["methodName": "supervisor.getPID", "params": []],
            ["methodName": "supervisor.startProcess", "params": ["zz", false]],
        ]
        #expect(request == MethodCall("system.multicall", [parameters]))
        #expect(result.isEmpty)
    }

    @Test func anotherTypeOfValueIsNoReply() async {
        let calls: [Call] = [
            { "\(try await $0.pid())" }, { "\(try await $0.state())" }, { "\(try await $0.allProcessInfo())" },
            { "\(try await $0.processInfo(of: "a"))" }, { "\(try await $0.startProcess("a"))" },
            { "\(try await $0.reloadConfig())" }, { "\(try await $0.multicall([]))" },
        ]
        for call in calls {
            let error = await #expect(throws: SupervisorError.self) { try await exchange("text", call) }
            #expect(error.map { SupervisorError.Kind($0) } == .malformed)
        }
    }
}

extension ConfigurationChanges {
    fileprivate var text: String {
        "+\(added.joined()) ~\(changed.joined()) -\(removed.joined())"
    }
}

extension Replies {
    /// One process in the reply to a call about a group.
    fileprivate static func result(_ name: String, _ status: Int, _ description: String) -> String {
        """
        <struct><member><name>name</name><value>\(name)</value></member>
        <member><name>group</name><value>grp</value></member>
        <member><name>status</name><value><int>\(status)</int></value></member>
        <member><name>description</name><value>\(description)</value></member></struct>
        """
    }
}

extension MethodCall {
    /// Reads a call back from a request, by writing its parameters as a reply's array.
    fileprivate init?(request: String) {
        func text(_ start: String, _ end: String) -> String? {
            guard let from = request.firstRange(of: start), let to = request.firstRange(of: end) else {
                return nil
            }
            return String(request[from.upperBound..<to.lowerBound])
        }
        guard let method = text("<methodName>", "</methodName>"), let parameters = text("<params>", "</params>") else {
            return nil
        }
        let values = parameters.replacing("<param>\n", with: "").replacing("</param>\n", with: "")
        let document = Replies.document("<array><data>\(values)</data></array>")
        guard let value = try? readReply(Array(document.utf8)).get(), let array = value.array else {
            return nil
        }
        self.init(method, array)
    }
}
