import Glibc
import ExecutableTesting
import Testing

@testable import ListenerKit
@testable import ListenerTesting

@Suite struct NotificationSocketTests {
    typealias Assignment = ReceivedNotification.Assignment

    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/notify" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func send(_ text: String, to address: SocketAddress?) throws {
        try DatagramSender(to: try #require(address)).send(Array(text.utf8), "send")
    }

    @Test func aNotificationArrivesWithItsSender() throws {
        let socket = try NotificationSocket.open(at: path)
        #expect(socket.receive() == nil)
        try send("READY=1\nSTATUS=up", to: SocketAddress(path: path))
        let notification = socket.receive()
        #expect(notification?.assignments == [Assignment("READY", "1"), Assignment("STATUS", "up")])
        // The tests and this process are one and the same, which no origins go beyond.
        #expect(notification?.senders == [])
        #expect(socket.receive() == nil)
    }

    @Test func abstractNamesHaveNoFile() throws {
        let name = "\(folder.path)/abstract"
        let socket = try NotificationSocket.open(at: "@\(name)")
        try send("READY=1", to: SocketAddress(abstract: name))
        #expect(socket.receive()?.assignments == [Assignment("READY", "1")])
        #expect(access(name, F_OK) != 0)
        #expect(throws: NotificationSocketError.self) { _ = try NotificationSocket.open(at: "@\(name)") }
    }

    @Test func uselessDatagramsAreSkipped() throws {
        let socket = try NotificationSocket.open(at: path)
        for text in ["", "\n", "READY", "READY=1"] {
            try send(text, to: SocketAddress(path: path))
        }
        #expect(socket.receive()?.assignments == [Assignment("READY", "1")])
    }

    @Test func everyUserMaySend() throws {
        let socket = try NotificationSocket.open(at: path)
        var information = stat()
        #expect(stat(path, &information) == 0)
        #expect(information.st_mode & 0o777 == 0o666)
        withExtendedLifetime(socket) {}
    }

    @Test func theFileGoesAwayWithTheSocketUnlessItIsAnother() throws {
        do {
            let socket = try NotificationSocket.open(at: path)
            #expect(access(path, F_OK) == 0)
            withExtendedLifetime(socket) {}
        }
        #expect(access(path, F_OK) != 0)
        do {
            let socket = try NotificationSocket.open(at: path)
            #expect(rename(path, "\(path).old") == 0)
            _ = try folder.write("", to: "notify")
            withExtendedLifetime(socket) {}
        }
        #expect(access(path, F_OK) == 0)
    }

    @Test func aSocketAtWhichNothingReceivesIsReplaced() throws {
        let first = try NotificationSocket.open(at: path)
        // A process that exits leaves its file behind.
        #expect(link(path, "\(path).stale") == 0)
        _ = consume first
        let socket = try NotificationSocket.open(at: "\(path).stale")
        try send("READY=1", to: SocketAddress(path: "\(path).stale"))
        #expect(socket.receive()?.assignments == [Assignment("READY", "1")])
    }

    @Test func aSocketAtWhichAnotherReceivesStaysAsItIs() throws {
        let socket = try NotificationSocket.open(at: path)
        let error = #expect(throws: NotificationSocketError.self) { _ = try NotificationSocket.open(at: path) }
        #expect(
            error?.description == """
                cannot receive notifications at '\(path)': another process receives there; end it, or set another \
                NOTIFY_SOCKET
                """
        )
        try send("READY=1", to: SocketAddress(path: path))
        #expect(socket.receive()?.assignments == [Assignment("READY", "1")])
    }

    @Test(arguments: ["file", "folder", "link", "pipe"])
    func anyOtherFileStaysAsItIs(kind: String) throws {
        switch kind {
        case "file": _ = try folder.write("text", to: "notify")
        case "folder": mkdir(path, 0o700)
        case "link": symlink("/nowhere", path)
        default: mkfifo(path, 0o600)
        }
        let error = #expect(throws: NotificationSocketError.self) { _ = try NotificationSocket.open(at: path) }
        #expect(error?.reason == "another file is there")
        var information = stat()
        #expect(lstat(path, &information) == 0)
        #expect(information.st_mode & S_IFMT != S_IFSOCK)
    }

    @Test func errorsSayWhatToDo() {
        let long = "/" + String(repeating: "x", count: 200)
        let missing = "\(folder.path)/missing"
        let cases = [
            ("notify", "it is neither an absolute path nor a name that begins with @; correct NOTIFY_SOCKET"),
            ("", "it is neither an absolute path nor a name that begins with @; correct NOTIFY_SOCKET"),
            (
                "\(missing)/notify",
                "No such file or directory; create the directory '\(missing)' before supervisord starts"
            ),
            (long, "File name too long; NOTIFY_SOCKET may have 107 bytes at most"),
            ("@\(long)", "File name too long; NOTIFY_SOCKET may have 107 bytes at most"),
        ]
        for (address, expected) in cases {
            let error = #expect(throws: NotificationSocketError.self) { _ = try NotificationSocket.open(at: address) }
            #expect(error?.description == "cannot receive notifications at '\(address)': \(expected)")
        }
    }
}
