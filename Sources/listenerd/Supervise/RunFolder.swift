import ListenerKit

/// The private folder of one run, with what `supervise` puts there before supervisord starts.
///
/// It belongs to this user, so that no other can add or remove anything: the composed configuration, and the socket for
/// statuses, to which every user may write because the sender is checked. supervisord makes its own socket, as
/// whatever user it becomes, in a folder that only that user can look into.
final class RunFolder: Sendable {
    /// What supervisord is going to run.
    let configuration: SupervisorConfiguration
    /// The configuration file that supervisord is to read.
    let mainFile: String
    /// The user that supervisord becomes; nil if it stays who it is, or if `/etc/passwd` does not have that user.
    let account: UserAccount?
    /// Where listeners send a status.
    let statuses: StatusSocket

    /// What ``statuses`` is called.
    let statusFile: String

    private let folder: PrivateDirectory

    /// The folder for supervisord's own socket.
    private static let socketFolder = "server"

    /// Makes a folder in the first place where everything can be made that belongs there.
    ///
    /// - Parameters:
    ///   - request: What is to be run.
    ///   - places: Where the folder may be, the best place first.
    ///   - reporter: Says what will not work.
    /// - Returns: The folder, which is removed with its last user.
    /// - Throws: ``RunFolderError``; what ``SuperviseRequest/compose(into:socketFolder:)`` throws.
    static func make(
        for request: SuperviseRequest,
        in places: [String],
        _ reporter: Reporter
    ) throws -> RunFolder {
        var failures: [SystemError] = []
        for place in places {
            do {
                return try RunFolder(for: request, in: place, reporter)
            } catch let error as SystemError {
                failures.append(error)
            }
        }
        throw RunFolderError(failures: failures)
    }

    private init(for request: SuperviseRequest, in place: String, _ reporter: Reporter) throws {
        let folder = try PrivateDirectory("listenerd", in: place)
        let composed = try request.compose(into: folder.path, socketFolder: Self.socketFolder)
        // Only root can become another user; one that is not in /etc/passwd may still be known to supervisord.
        let user = currentUserID() == 0 ? request.user(composed.configuration) : nil
        let account = user.flatMap { UserAccount($0) }
        try folder.makeDirectory(Self.socketFolder, for: account?.userID ?? currentUserID())
        let mainFile = try Self.write(composed, into: folder, readBy: account, reporter)
        let statusFile = "\(folder.path)/status"
        let statuses = try StatusSocket(path: statusFile)

        configuration = composed.configuration
        self.mainFile = mainFile
        self.account = account
        self.statuses = statuses
        self.statusFile = statusFile
        self.folder = folder
    }

    /// Writes the main file, if there is one to write.
    ///
    /// - Returns: The file that supervisord is to read.
    private static func write(
        _ composed: ComposedConfiguration,
        into folder: borrowing PrivateDirectory,
        readBy account: UserAccount?,
        _ reporter: Reporter
    ) throws -> String {
        guard let text = composed.text else {
            return composed.configuration.path
        }
        // Passwords of the sources are in it; where those are open to all, so must it be to listeners of other users.
        let secret = composed.sources.first { !isReadableByAll($0) }
        let permissions: UInt32 = secret == nil ? 0o644 : 0o600
        let file = try folder.write(ComposedConfiguration.fileName, Array(text.utf8), permissions: permissions)
        if let secret, let account, account.userID != 0, !composed.configuration.eventListeners.isEmpty {
            reporter.reportOnce(
                .warning,
                """
                not every user can read '\(secret)', so listeners that run as user \(account.userID) cannot read the \
                configuration composed of it; make it, or its directories, readable
                """
            )
        }
        return file
    }
}
