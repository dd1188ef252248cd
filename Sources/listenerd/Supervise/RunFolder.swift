import ListenerKit

/// The private folder of one run, with the files that `supervise` creates before supervisord starts.
///
/// It belongs to this user, so that no other user can add or remove anything. It has the composed configuration, the socket for
/// statuses, to which every user may write because the sender is checked, and the notice of the stop with the socket for
/// answers. If a log goes to standard
/// output, it has a pipe for that. If a program has a `notify` gate, it also has the sockets of notifications. supervisord creates
/// its own socket, as the user that it becomes, in a subfolder that only that user can open.
final class RunFolder: Sendable {
    /// supervisord's configuration.
    let configuration: SupervisorConfiguration
    /// The configuration file for supervisord.
    let mainFile: String
    /// The user that supervisord becomes; nil if it keeps its user, or if `/etc/passwd` does not have that user.
    let account: UserAccount?
    /// The socket to which listeners send a status.
    let statuses: StatusSocket
    /// The notice by which listeners learn that everything is being stopped.
    let stopNotice: StopNotice
    /// The socket to which listeners answer that they have handled everything before a mark.
    let marks: MarkSocket

    /// Receives the notifications of programs; nil if none has a `notify` gate that needs it.
    let notifications: NotificationRelay?

    /// Passes the log on that goes to standard output; nil if no listener has such a log.
    let logPipe: LogPipe?

    /// The path of ``logPipe``.
    let logFile: String

    /// The path of ``statuses``.
    let statusFile: String

    private let folder: PrivateDirectory

    /// The folder for supervisord's own socket.
    private static let socketFolder = "server"

    /// Creates the folder in the first directory in which it can be created with all its files.
    ///
    /// - Parameters:
    ///   - request: What to run.
    ///   - places: The directories that may hold it, the best one first.
    ///   - reporter: Reports what will not work.
    /// - Returns: The folder, which is removed with the last reference to it.
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
        // Only root can become another user. supervisord may know a user that is not in /etc/passwd.
        let user = currentUserID() == 0 ? request.user(composed.configuration) : nil
        let account = user.flatMap { UserAccount($0) }
        try folder.makeDirectory(Self.socketFolder, for: account?.userID ?? currentUserID())
        let mainFile = try Self.write(composed, into: folder, readBy: account, reporter)
        let statusFile = "\(folder.path)/status"
        let statuses = try StatusSocket(path: statusFile)
        let stopNotice = try StopNotice(beside: statusFile)
        let marks = try MarkSocket(beside: statusFile)
        let notifications = composed.configuration.needsNotifications ? try NotificationRelay(in: folder.path) : nil

        let logFile = "\(folder.path)/stdout"
        logPipe = composed.configuration.logsToStandardOutput ? try LogPipe(at: logFile, reporter) : nil
        self.logFile = logFile
        configuration = composed.configuration
        self.mainFile = mainFile
        self.account = account
        self.statuses = statuses
        self.stopNotice = stopNotice
        self.marks = marks
        self.notifications = notifications
        self.statusFile = statusFile
        self.folder = folder
    }

    /// Removes the folder, although another thread may still refer to it: one that waits for a supervisord that hangs.
    func remove() {
        removeDirectory(folder.path)
    }

    /// Writes the main file, if one was composed.
    ///
    /// - Returns: The file for supervisord to read.
    private static func write(
        _ composed: ComposedConfiguration,
        into folder: borrowing PrivateDirectory,
        readBy account: UserAccount?,
        _ reporter: Reporter
    ) throws -> String {
        guard let text = composed.text else {
            return composed.configuration.path
        }
        if let replacements = composed.replacements {
            let name = ComposedConfiguration.replacementsName
            _ = try folder.write(name, Array(replacements.utf8), permissions: 0o644)
        }
        // It holds the passwords of its sources. If all users may read those, listeners of other users must be able to read it.
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
