import ListenerKit
import Synchronization

/// Asks how everything stands that `supervise` runs, as `listenerd status` does.
final class StatusQuestion: Sendable {
    private let mainFile: String
    private let supervisor: Supervisor
    private let source = Mutex<StatusSource?>(nil)

    /// Describes a supervisord.
    ///
    /// - Parameters:
    ///   - mainFile: Its configuration file.
    ///   - supervisor: Its RPC interface.
    init(mainFile: String, _ supervisor: Supervisor) {
        self.mainFile = mainFile
        self.supervisor = supervisor
    }

    /// Returns how everything stands now.
    ///
    /// - Throws: What ``StatusSource/read()`` throws.
    func ask() throws -> ServiceStatus {
        let source = try source.withLock { source in
            let known = try source ?? makeSource()
            source = known
            return known
        }
        return ServiceStatus(try source.read())
    }

    private func makeSource() throws(ConfigurationError) -> StatusSource {
        let configuration = try SupervisorConfiguration(path: mainFile)
        return StatusSource(SupervisordAccess(configuration: .success(configuration), supervisor: .success(supervisor)))
    }
}
