/// The question that `listenerd status` asks the listener: how the gates of all processes stand.
///
/// A question is a connection to an abstract Unix socket, which needs no file. It begins with a line, and the answer is all that
/// comes until the end: a report, or a line that begins with ``refusal`` and says why there is none.
package struct GateQuestion: Sendable {
    /// The word before the version in the line with which a question begins.
    static let word = "status"
    /// The version of the question and of the report.
    static let version = 1
    /// The line with which a question begins.
    static let request = Array("\(word) \(version)\n".utf8)
    /// The beginning of an answer that is not a report.
    static let refusal = "refused: "
    /// An answer with more bytes is not one.
    private static let longestAnswer = 16 << 20

    /// The pid of the supervisord whose listener is asked.
    private let supervisord: Int32

    /// Why there is no answer.
    package enum Failure: Error, Equatable {
        /// No listener of that supervisord hears questions.
        case noListener
        /// The process that hears them is another user's, who could have made up the answer.
        case untrusted
        /// The listener does not answer this one, for that reason.
        case refused(String)
        /// There was no answer in time.
        case timedOut
        /// A system call failed.
        case system(SystemError)
    }

    /// Describes a question.
    ///
    /// - Parameter supervisord: The pid of the supervisord whose listener is asked.
    package init(supervisord: Int32) {
        self.supervisord = supervisord
    }

    /// The address of the listener's socket.
    ///
    /// Several containers can share a network, and with it the abstract names, and have the same pids; the pids of each have a
    /// namespace of their own.
    var address: SocketAddress? {
        let namespace = destination(ofLink: "/proc/self/ns/pid") ?? ""
        return SocketAddress(abstract: "listenerd/\(supervisord)/\(namespace)")
    }

    /// The users whose processes may ask, and whose answers count: this one, root, and supervisord's.
    var trustedUsers: Set<UInt32> {
        var users: Set = [0, currentUserID()]
        // The effective user id is the second one.
        if let user = RunningProcess.userIDs(of: supervisord)?.dropFirst().first.flatMap({ UInt32(exactly: $0) }) {
            users.insert(user)
        }
        return users
    }

    /// Asks, and waits for the answer.
    ///
    /// - Parameter timeout: How long that may take.
    /// - Returns: The report, as text.
    /// - Throws: ``Failure``.
    package func ask(within timeout: Duration) throws(Failure) -> [UInt8] {
        guard let address else {
            throw .noListener
        }
        let received: [UInt8]?
        do throws(Connection.Failure) {
            received = try exchange(at: address, by: Deadline(after: timeout))
        } catch {
            throw Failure(error)
        }
        guard let received else {
            throw .untrusted
        }
        guard !received.starts(with: Self.refusal.utf8) else {
            let reason = received.dropFirst(Self.refusal.utf8.count).prefix { $0 != UInt8(ascii: "\n") }
            throw .refused(String(decoding: reason, as: UTF8.self))
        }
        return received
    }

    /// Returns all that the listener sends; nil if its answer would not count.
    private func exchange(at address: SocketAddress, by deadline: Deadline) throws(Connection.Failure) -> [UInt8]? {
        let connection = try Connection.open(to: [address], by: deadline)
        guard let peer = connection.peer,
            trustedUsers.contains(peer.user) || RunningProcess.isDescendant(peer.pid, of: supervisord)
        else {
            return nil
        }
        // A listener that refuses may have closed the connection by now, and its reason is still to be read.
        try? connection.send(Self.request[...])
        return try connection.read { bytes throws(Connection.Failure) in
            guard bytes.count <= Self.longestAnswer else {
                throw .tooLarge
            }
            return bytes.starts(with: Self.refusal.utf8) && bytes.last == UInt8(ascii: "\n")
        }
    }
}

extension GateQuestion.Failure {
    fileprivate init(_ failure: Connection.Failure) {
        self =
            switch failure {
            case .timedOut: .timedOut
            case .tooLarge, .tooManyHeaders: .refused("its answer is too long")
            case .system(let error): error.isRefusedConnection ? .noListener : .system(error)
            }
    }
}

extension GateQuestion.Failure: CustomStringConvertible {
    /// What is wrong with the listener, in words that follow its name.
    package var description: String {
        switch self {
        case .noListener: "does not hear questions"
        case .untrusted: "is of a user that is not trusted"
        case .refused(let reason): "refuses to answer: \(reason)"
        case .timedOut: "does not answer in time"
        case .system(let error): "does not answer: \(error.reason)"
        }
    }
}
