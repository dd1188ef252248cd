import ExecutableTesting
import Foundation
import Testing

@testable import ListenerKit

/// By whose variables `%(ENV_x)s` is expanded.
@Suite struct SupervisordEnvironmentTests {
    private static let supervisords: [String: String] = ["NUM": "2", "PATH": "/bin"]
    private static let listeners: [String: String] = [
        "NUM": "4", "OWN": "1", "PATH": "/bin", "SUPERVISOR_ENABLED": "1", "SUPERVISOR_GROUP_NAME": "listenerd",
        "SUPERVISOR_PROCESS_NAME": "listenerd", "SUPERVISOR_SERVER_URL": "unix:///s",
    ]
    private static let configuration = """
        [supervisord]
        [eventlistener:other]
        command=x
        events=TICK_5
        environment=PATH="x"
        [eventlistener:listenerd]
        command=x
        events=TICK_5
        environment=NUM="4",OWN="1"

        """

    private func search(
        _ environment: [String: String],
        parent arguments: [String] = ["/usr/bin/python3", "/usr/bin/supervisord", "-n"],
        isListener: Bool = true
    ) -> ConfigurationSearch {
        var search = ConfigurationSearch(
            environment: environment,
            parent: RunningProcess(pid: 7, arguments: arguments, workingDirectory: nil),
            workingDirectory: "/",
            exists: { _ in false }
        )
        search.isListener = isListener
        return search
    }

    /// The file with the configuration.
    private func file(in folder: TestFolder) throws -> String {
        try folder.write(Self.configuration, to: "s.conf")
        return folder.path(of: "s.conf")
    }

    @Test func aListenerTakesThoseOfItsSupervisord() {
        let variables = search(Self.listeners).supervisordEnvironment(forConfiguration: "/none") { number in
            number == 7 ? Self.supervisords : nil
        }
        #expect(variables == Self.supervisords)
    }

    @Test(arguments: [["sh", "-c", "exec listenerd"], ["/usr/bin/supervisord"]])
    func hiddenVariablesAreReplacedByTheOwnOnesWithoutAdditions(parent: [String]) throws {
        let folder = try TestFolder()
        let variables = search(Self.listeners, parent: parent).supervisordEnvironment(
            forConfiguration: try file(in: folder)
        ) { number in
            // What is no supervisord is not asked.
            parent.count > 1 && number == 7 ? Self.listeners : nil
        }
        #expect(variables == ["PATH": "/bin"])
    }

    @Test func withoutAConfigurationItLeavesOutWhatSupervisordAdds() {
        let variables = search(Self.listeners).supervisordEnvironment(forConfiguration: nil) { _ in nil }
        #expect(variables == ["NUM": "4", "OWN": "1", "PATH": "/bin"])
    }

    @Test func aListenerThatSupervisordHasNotStartedTakesItsOwn() {
        let own = ["NUM": "4"]
        #expect(search(own, parent: ["sh"]).supervisordEnvironment(forConfiguration: nil) { _ in nil } == own)
    }

    @Test func otherProcessesUseTheirOwnVariablesUnlessASuperviseRunsTheFile() {
        var search = search(Self.listeners, isListener: false)
        #expect(search.supervisordEnvironment(forConfiguration: "/f") { _ in Self.supervisords } == Self.listeners)
        search.supervisords = ["/f": 9]
        let variables = search.supervisordEnvironment(forConfiguration: "/f") { $0 == 9 ? Self.supervisords : nil }
        #expect(variables == Self.supervisords)
        #expect(search.supervisordEnvironment(forConfiguration: "/g") { _ in Self.supervisords } == Self.listeners)
        #expect(search.supervisordEnvironment(forConfiguration: "/f") { _ in nil } == Self.listeners)
    }

    @Test func thoseOfAProcessAreReadAsItWasStarted() {
        // This process's own, which tests may have changed since.
        let own = RunningProcess.environment(of: getpid())
        #expect(own?["PATH"] == currentEnvironment()["PATH"])
        #expect(RunningProcess.environment(of: -1) == nil)
    }
}
