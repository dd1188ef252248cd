import ListenerKit

@testable import listenerd

extension CheckedConfiguration {
    /// Reads a configuration from memory, on a machine with the user and group `www`, and the folders `/srv` and `/`.
    ///
    /// - Parameters:
    ///   - text: The main file, whose path is `s.conf`.
    ///   - isThisMachine: Whether supervisord is to run on that machine.
    ///   - change: Changes the machine.
    /// - Throws: ``ConfigurationError``.
    init(
        _ text: String,
        isThisMachine: Bool = false,
        change: (inout Machine) -> Void = { _ in }
    ) throws {
        var machine = Machine(
            knowsAllAccounts: true,
            userID: 0,
            idOfUser: { $0 == "www" || $0 == "33" ? 33 : nil },
            hasGroup: { $0 == "www" },
            isDirectory: { $0 == "/srv" || $0 == "/" },
            isPipe: { $0 == "/srv/pipe" },
            exists: { ["/srv", "/", "/bin/web", "/bin/x"].contains($0) },
            programFolders: ["/bin"],
            home: "/srv"
        )
        change(&machine)
        let configuration = try SupervisorConfiguration(path: "s.conf", .globbing(["s.conf": text]))
        let sources = SourceFiles(["s.conf"]) { _ in Array(text.utf8) }
        self.init(LoadedPlan(configuration), isThisMachine: isThisMachine, machine: machine, sources: sources)
    }

    /// Returns what some rules find, as `LINE: severity: message [rule]`.
    func findings(of rules: [CheckRule]) -> [String] {
        let problems = rules.flatMap { $0.problems(of: self) }.sorted(byPlaceIn: configuration.files)
        return problems.map { String($0.description.dropFirst("s.conf:".count)) }
    }
}
